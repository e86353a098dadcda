// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/graph/confidence.hpp>
#include <kindred/graph/evidence_pool.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/learned_rule_model.hpp>
#include <kindred/graph/lesson_maker.hpp>
#include <kindred/graph/path_rule.hpp>
#include <kindred/graph/rule_features.hpp>
#include <kindred/graph/rule_lessons.hpp>
#include <kindred/graph/rule_model.hpp>
#include <kindred/graph/softmax_descent.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/random.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Learns how far to trust which rules: a softmax ranking model of the facts themselves, each asked for as if it were not known.
//
//   loss = - sum over facts (x, head, y) of  log( exp s(y) / sum over y and wrong answers z of  n_z exp s(z) )
//   s(z) = w_head . rule_features(z) + sum over the path rules that lead from x to z of  extra(rule, bucket of its paths)
//
// Answers are ranked by s(z) + trust . log odds of z by the rules as they were counted: two opinions that err in different places,
// the second of which has the rules of three and four steps as well.
//
// Wrong answers are those that look best, and a sample of the others, each standing for n_z of its kind: hard ones alone would
// teach that what looks good is wrong. Weights are learned for all heads together first, then for every head on its own,
// pulled to the common ones (Lao and Cohen's path ranking, 2010, with the counts of rules as features).
//
// What applies to new facts should be learned from facts like them. Where `linked` is dropped, facts that join two nodes which
// are also joined otherwise are no lessons; see linked_pairs and choose_linked.
//
// Work is that of the lessons, some 0.3 ms each on a graph of 300 000 facts. Deterministic: every head is learned by one
// task, from samples drawn by its number and the seed. Throws what counted_rules throws.
template <class Smoothing = laplace>
struct learned_rules {
  rule_limits limits{};
  Smoothing smoothing{};
  double back_off = 10;
  linked_pairs linked = linked_pairs::ranked;
  std::uint32_t lessons = 300;  // facts of a head with 1000 to learn from; of others more or less by the square root
  std::uint32_t epochs = 5;
  double rate = 0.1;
  double l2 = 0.01;
  double l2_extra = 0.01;
  double trust = 0.5;  // in the rules as they were counted, beside what was learned
  std::uint64_t seed = 0;

  template <executor E, observer O>
  [[nodiscard]] fitted<learned_rule_model<Smoothing>> fit(knowledge_graph const& graph, E& ex, O& watch) const {
    check();
    auto counted = counted_rules<Smoothing>{.limits = limits, .smoothing = smoothing, .back_off = back_off}
                       .fit(graph, ex, watch)
                       .model;
    counted.linked(linked);
    return learn(graph, std::move(counted), ex, watch);
  }

  // The same from rules that were counted before; takes their setting of linked_pairs.
  template <executor E = sequential, observer O = silent>
  [[nodiscard]] fitted<learned_rule_model<Smoothing>> learn(knowledge_graph const& graph,
                                                            rule_model<Smoothing, noisy_or_by_family<3, 2, 5>> counted,
                                                            E&& ex = {}, O&& watch = {}) const {
    check();
    std::size_t const heads = graph.step_count();
    auto const facts = facts_by_head(graph);
    detail::descent_settings const how{epochs, rate, l2, l2_extra};

    // All heads together, from a few lessons of each.
    detail::head_weights common;
    for (std::size_t k = 0; k != rule_features::count; ++k) common.features[k] = starting_weight(k);
    std::size_t const all_facts = 2 * graph.size();
    auto const few = [&](std::size_t h) {
      return (facts[h].size() * 8000 + all_facts - 1) / (all_facts + 1);
    };  // as often as asked
    std::vector<detail::rule_lessons> part((heads + 31) / 32);
    ex.bulk(part.size(), [&](std::size_t t) {
      detail::lesson_maker maker(graph, counted, {});
      for (std::size_t h = 32 * t; h != heads && h != 32 * t + 32; ++h)
        make(maker, facts[h], h, few(h), common.features, part[t]);
    });
    for (int sweep = 0; sweep != 4; ++sweep)
      for (auto const& p : part) static_cast<void>(detail::descend(p, {1, rate / (1 + sweep), 0, 0}, false, common));
    part.clear();

    std::vector<rule_features::row> weights(heads, common.features);
    std::vector<float> extra(counted.rules().paths().size() * rule_counts::buckets);
    std::vector<double> loss(heads);
    ex.bulk((heads + 7) / 8, [&](std::size_t t) {
      detail::lesson_maker maker(graph, counted, {});
      for (std::size_t h = 8 * t; h != heads && h != 8 * t + 8; ++h) {
        detail::rule_lessons own;
        make(maker, facts[h], h, lessons_of(facts[h].size()), common.features, own);
        step_id const head{static_cast<index_t>(h)};
        std::size_t const first = counted.rules().first(head) * rule_counts::buckets;
        detail::head_weights w{common.features,
                               std::vector<float>(counted.rules().paths(head).size() * rule_counts::buckets),
                               static_cast<std::uint32_t>(first)};
        loss[h] = detail::descend(own, how, true, w) * static_cast<double>(own.size());
        weights[h] = w.features;
        for (std::size_t k = 0; k != w.extra.size(); ++k) extra[first + k] = w.extra[k];
      }
    });
    double sum = 0;
    for (double const l : loss) sum += l;
    static_cast<void>(watch(progress{epochs, sum}));
    return {{std::move(counted), std::move(weights), std::move(extra), trust}, {.epochs = epochs, .objective = sum}};
  }

  void check() const {
    check_not_negative("learned_rules: l2", l2);
    check_not_negative("learned_rules: l2_extra", l2_extra);
    check_not_negative("learned_rules: trust", trust);
    if (!is_finite(rate) || !(rate > 0))
      raise(error(error_kind::setting) << "learned_rules: rate = " << rate << "; it has to be a positive number");
  }

private:
  using pairs = std::vector<std::pair<index_t, index_t>>;

  // The first weights: those that make the features a noisy-or.
  [[nodiscard]] static float starting_weight(std::size_t k) noexcept {
    return k < 15 && k % 5 < 3 ? 1 : k == 15 ? 1 : k == rule_features::prior_at ? 0.1f : 0;
  }

  [[nodiscard]] static std::vector<pairs> facts_by_head(knowledge_graph const& graph) {
    std::vector<pairs> all(graph.step_count());
    for (index_t x = 0; x != graph.node_count(); ++x) {
      auto const row = graph.row(x);
      for (std::size_t k = 0; k != row.size(); ++k)
        for (index_t const y : row.nodes(k))
          if (y != x) all[row.step(k)].push_back({x, y});
    }
    return all;
  }

  // More for who is asked about more often, yet not in proportion: the first lessons teach most.
  [[nodiscard]] std::size_t lessons_of(std::size_t facts) const noexcept {
    return static_cast<std::size_t>(lessons * std::sqrt(static_cast<double>(facts) / 1000));
  }

  // Lessons of up to `most` facts of a head, drawn at random.
  template <class Maker>
  void make(Maker& maker, pairs const& from, std::size_t head, std::size_t most, rule_features::row const& weights,
            detail::rule_lessons& out) const {
    std::vector<std::uint32_t> order(from.size());
    for (std::uint32_t k = 0; k != order.size(); ++k) order[k] = k;
    random_stream random(seed, head);
    shuffle(random, std::span<std::uint32_t>(order));
    std::size_t made = 0;
    for (std::size_t k = 0; k != order.size() && made != most && k != 20 * most; ++k)
      made += maker.make(from[order[k]].first, step_id{static_cast<index_t>(head)}, from[order[k]].second, weights,
                         seed, out);
  }
};

KINDRED_END
