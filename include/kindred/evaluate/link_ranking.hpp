// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/rule_model.hpp>
#include <kindred/graph/rule_query.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// How well held-out facts were found again: the mean reciprocal rank of the right answer, and how often it was among the best
// 1, 3 and 10. Two questions a fact: (head, relation, ?) and (?, relation, tail).
struct link_accuracy {
  double mrr = 0;
  double hits_at_1 = 0;
  double hits_at_3 = 0;
  double hits_at_10 = 0;
  std::size_t questions = 0;

  friend link_accuracy operator+(link_accuracy const& a, link_accuracy const& b) noexcept {
    return {a.mrr + b.mrr, a.hits_at_1 + b.hits_at_1, a.hits_at_3 + b.hits_at_3, a.hits_at_10 + b.hits_at_10,
            a.questions + b.questions};
  }
};

namespace detail {

struct link_question {
  std::uint64_t asked;  // step and node: questions about the same stand together
  index_t answer;
};

[[nodiscard]] inline std::vector<link_question> link_questions(std::span<triple const> facts) {
  std::vector<link_question> all;
  all.reserve(2 * facts.size());
  for (triple const& t : facts) {
    all.push_back({std::uint64_t{to_index(along(t.relation))} << 32 | to_index(t.head), to_index(t.tail)});
    all.push_back({std::uint64_t{to_index(against(t.relation))} << 32 | to_index(t.tail), to_index(t.head)});
  }
  std::sort(all.begin(), all.end(), [](link_question const& a, link_question const& b) {
    return a.asked != b.asked ? a.asked < b.asked : a.answer < b.answer;
  });
  return all;
}

// Ranks the right answers of questions about one node and step, given the scores of all nodes.
inline void rank_answers(std::span<double const> score, node_list known, double ruled_out,
                         std::span<link_question const> questions, std::vector<double>& rivals, link_accuracy& sum) {
  rivals.clear();
  std::size_t k = 0;
  for (index_t y = 0; y != score.size(); ++y) {
    while (k != known.size() && known.node[k] < y) ++k;
    if (k != known.size() && known.node[k] == y) continue;
    if (score[y] != ruled_out) rivals.push_back(score[y]);
  }
  bool const sorted = questions.size() > 16;
  if (sorted) std::sort(rivals.begin(), rivals.end());
  for (link_question const& q : questions) {
    double const own = q.answer < score.size() ? score[q.answer] : 0;
    std::size_t above = 0, equal = 0;
    if (sorted) {
      auto const [low, high] = std::equal_range(rivals.begin(), rivals.end(), own);
      above = static_cast<std::size_t>(rivals.end() - high);
      equal = static_cast<std::size_t>(high - low);
    } else {
      for (double const r : rivals) {
        above += r > own;
        equal += r == own;
      }
    }
    double const rank = 1 + static_cast<double>(above) + static_cast<double>(equal) / 2;
    sum.mrr += 1 / rank;
    sum.hits_at_1 += rank <= 1;
    sum.hits_at_3 += rank <= 3;
    sum.hits_at_10 += rank <= 10;
    ++sum.questions;
  }
}

}  // namespace detail

// Filtered ranking (Bordes et al., 2013): of all nodes, those that `known` relates to the asked one in the same way are left out,
// except the answer itself; pass a graph of everything known, `tests` included. Equal scores share the mean of their ranks, so
// that a scorer gains nothing by not deciding.
//
// Questions about the same node and step are answered at once. The same numbers on any number of threads; scratch is some
// 60 bytes a node and thread.
template <class Model, executor E = sequential>
[[nodiscard]] link_accuracy judge_links(Model const& model, knowledge_graph const& graph, knowledge_graph const& known,
                                        std::span<triple const> tests, E&& ex = {}) {
  auto const all = detail::link_questions(tests);
  constexpr std::size_t grain = 4096;
  auto sum = reduce_chunks<link_accuracy>(ex, all.size(), grain, [&](std::size_t from, std::size_t to) {
    // A group belongs to the chunk that its first question lies in.
    while (from != 0 && from != to && all[from].asked == all[from - 1].asked) ++from;
    rule_query ask(graph, model);
    std::vector<double> score, rivals;
    link_accuracy part;
    while (from < to) {
      std::size_t last = from;
      while (last != all.size() && all[last].asked == all[from].asked) ++last;
      node_id const x{static_cast<index_t>(all[from].asked)};
      step_id const step{static_cast<index_t>(all[from].asked >> 32)};
      ask(x, step);
      ask.scores(score);
      detail::rank_answers(score, known.of(x, step), rule_query<Model>::ruled_out,
                           std::span(all).subspan(from, last - from), rivals, part);
      from = last;
    }
    return part;
  });
  double const count = sum.questions == 0 ? 1 : static_cast<double>(sum.questions);
  sum.mrr /= count;
  sum.hits_at_1 /= count;
  sum.hits_at_3 /= count;
  sum.hits_at_10 /= count;
  return sum;
}

namespace detail {

// Acts when it goes, however it goes: what must not throw.
template <class Act>
struct at_end {
  Act act;
  explicit at_end(Act what) : act(what) {}
  at_end(at_end const&) = delete;
  at_end& operator=(at_end const&) = delete;
  ~at_end() { act(); }
};

}  // namespace detail

// Decides by validation facts, which the model has not seen, whether nodes that are related to the asked one already are
// worth ranking, and sets the model so: dropped when that finds more of the facts again. Returns the better accuracy. After any
// error the model is as it was.
template <class Model, executor E = sequential>
link_accuracy choose_linked(Model& model, knowledge_graph const& graph, knowledge_graph const& known,
                            std::span<triple const> validation, E&& ex = {}) {
  auto chosen = model.linked();
  detail::at_end const settle{[&] { model.linked(chosen); }};
  model.linked(linked_pairs::dropped);
  link_accuracy const dropped = judge_links(model, graph, known, validation, ex);
  model.linked(linked_pairs::ranked);
  link_accuracy const ranked = judge_links(model, graph, known, validation, ex);
  chosen = dropped.mrr <= ranked.mrr ? linked_pairs::ranked : linked_pairs::dropped;
  return dropped.mrr <= ranked.mrr ? ranked : dropped;
}

// What choose_trust tries unless told otherwise; with the last, learned weights decide between equals alone.
inline constexpr std::array<double, 4> trust_weights{0.5, 0, 1, 1000};

// Decides by validation facts, which the model has not seen, how much a learned_rule_model trusts its counted rules, and sets the
// model so: of the weights given, the one that finds most of the facts again; of equals the first. Returns its accuracy.
// Throws error{setting} for a weight below zero; after any error the model trusts as it did.
template <class Model, executor E = sequential>
link_accuracy choose_trust(Model& model, knowledge_graph const& graph, knowledge_graph const& known,
                           std::span<triple const> validation, std::span<double const> weights = trust_weights,
                           E&& ex = {}) {
  link_accuracy best;
  double settled = model.trust(), chosen = settled;
  detail::at_end const settle{[&] { model.trust(settled); }};
  for (double const weight : weights) {
    model.trust(weight);
    link_accuracy const found = judge_links(model, graph, known, validation, ex);
    if (found.mrr <= best.mrr) continue;
    best = found;
    chosen = weight;
  }
  settled = chosen;
  return best;
}

KINDRED_END
