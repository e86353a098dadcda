// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/met_nodes.hpp>
#include <kindred/graph/node_row.hpp>
#include <kindred/graph/path_rule.hpp>
#include <kindred/graph/rule_features.hpp>
#include <kindred/graph/rule_lessons.hpp>
#include <kindred/graph/rule_model.hpp>
#include <kindred/graph/rule_reach.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/run/random.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// How many wrong answers stand beside a right one: those that look best, some of the others that rules speak for, and some of
// which no rule knows.
struct lesson_size {
  std::uint32_t hard = 40;
  std::uint32_t reached = 30;
  std::uint32_t silent = 10;
};

// Makes lessons of facts. The fact itself is hidden, and all counts are what they would be without it. Rules of three and four steps
// are not heard: they were found between the nodes of facts such as these, and would seem to know their answers.
template <class Counted>
class lesson_maker {
public:
  lesson_maker(knowledge_graph const& graph, Counted const& counted, lesson_size size)
      : graph_(graph),
        counted_(counted),
        size_(size),
        reach_(graph, counted.rules(), counted.limits()),
        place_(graph.node_count()) {}

  // Appends the lesson that x is related to y by `head`; false when there is none: y is ruled out, being related to x otherwise.
  bool make(index_t x, step_id head, index_t y, rule_features::row const& weights, std::uint64_t seed,
            rule_lessons& out) {
    seen_.start(graph_.node_count());
    node_row const from = graph_.row(x);
    bool ruled_out = false;
    for (std::size_t k = 0; k != from.size(); ++k) {
      bool const asked = from.step(k) == to_index(head);
      if (!asked && counted_.linked() == linked_pairs::ranked) continue;
      for (index_t const z : from.nodes(k)) {
        if (!asked && z == y) ruled_out = true;
        seen_.add(z);
      }
    }
    if (ruled_out) return false;
    hear(x, head, y);
    seen_.add(y);
    seen_.add(x);

    rivals_.clear();
    for (index_t const z : reached_)
      if (!seen_.has(z)) rivals_.push_back({score(z, head, weights), z});
    std::size_t const hard = (std::min)(rivals_.size(), std::size_t{size_.hard});
    auto const before = [](rival const& a, rival const& b) {
      return a.score != b.score ? a.score > b.score : a.node < b.node;
    };
    std::partial_sort(rivals_.begin(), rivals_.begin() + static_cast<std::ptrdiff_t>(hard), rivals_.end(), before);
    chosen_.assign(1, {y, 0});
    for (std::size_t k = 0; k != hard; ++k) chosen_.push_back({rivals_[k].node, 0});
    random_stream random(seed, std::uint64_t{to_index(head)} << 32 | y);
    std::size_t const others = rivals_.size() - hard, some = (std::min)(others, std::size_t{size_.reached});
    for (std::size_t k = 0; k != some; ++k) {
      std::swap(rivals_[hard + k], rivals_[hard + k + below(random, static_cast<std::uint32_t>(others - k))]);
      chosen_.push_back({rivals_[hard + k].node,
                         some == others ? 0 : std::log(static_cast<float>(others) / static_cast<float>(some))});
    }
    std::size_t const known = reached_.size();
    std::size_t const unknown = graph_.node_count() > known ? graph_.node_count() - known : 0;
    std::size_t silent = 0;
    for (std::uint32_t k = 0; k != size_.silent; ++k) {
      index_t const z = below(random, graph_.node_count());
      if (place_[z] != 0 || !seen_.add(z)) continue;
      ++silent;
      chosen_.push_back({z, 0});
    }
    for (std::size_t k = chosen_.size() - silent; k != chosen_.size(); ++k)
      chosen_[k].second = std::log((std::max)(1.0f, static_cast<float>(unknown) / static_cast<float>(silent)));
    write(head, out);
    for (index_t const z : reached_) place_[z] = 0;
    reached_.clear();
    return true;
  }

private:
  struct rival {
    double score;
    index_t node;
  };
  struct firing {
    index_t node;
    std::uint32_t rule;
  };

  void hear(index_t x, step_id head, index_t y) {
    for (index_t const z : reached_) place_[z] = 0;
    reached_.clear();
    evidence_.clear();
    firing_.clear();
    std::uint32_t const least = counted_.limits().min_overlap;
    reach_.hide(y);
    reach_.each_short_path(x, head, [&](std::size_t rule, index_t z, std::uint32_t paths) {
      firing_.push_back({z, static_cast<std::uint32_t>(rule * rule_counts::buckets + rule_counts::bucket_of(paths))});
      of(z).add(counted_.family(rule),
                z == y ? counted_.confidence_without_one(rule, paths) : counted_.confidence(rule, paths));
    });
    reach_.each_constant(x, head, [&](index_t z, std::uint32_t shared, std::uint32_t length, rule_family from) {
      if (z == y && from == rule_family::own_facts) --shared;
      if (shared >= least) of(z).add(from, counted_.constant_confidence(shared, length));
    });
  }
  [[nodiscard]] rule_evidence& of(index_t z) {
    if (place_[z] == 0) {
      reached_.push_back(z);
      evidence_.push_back({});
      place_[z] = static_cast<std::uint32_t>(reached_.size());
    }
    return evidence_[place_[z] - 1];
  }

  [[nodiscard]] rule_features::row features_of(index_t z, step_id head) const {
    node_row const row = graph_.row(z);
    std::size_t times = row.of(reversed(head)).size();
    std::size_t degree = row.degree();
    if (z == chosen_right_) {
      --times;
      --degree;
    }
    return features_(place_[z] == 0 ? rule_evidence{} : evidence_[place_[z] - 1], rule_features::prior_feature(times),
                     rule_features::degree_feature(degree));
  }
  [[nodiscard]] double score(index_t z, step_id head, rule_features::row const& w) const {
    auto const f = features_of(z, head);
    float sum = 0;
    for (std::size_t k = 0; k != rule_features::count; ++k) sum += w[k] * f[k];
    return static_cast<double>(sum);
  }

  void write(step_id head, rule_lessons& out) {
    chosen_right_ = chosen_[0].first;
    // The firings of those chosen, by candidate.
    slot_.assign(chosen_.size() + 1, 0);
    for (std::size_t k = 0; k != chosen_.size(); ++k)
      chosen_place_.push_back({chosen_[k].first, static_cast<std::uint32_t>(k)});
    std::sort(chosen_place_.begin(), chosen_place_.end());
    auto const number_of = [&](index_t z) {
      auto const at =
          std::lower_bound(chosen_place_.begin(), chosen_place_.end(), std::pair<index_t, std::uint32_t>{z, 0});
      return at != chosen_place_.end() && at->first == z ? at->second : index_limit;
    };
    kept_.clear();
    for (firing const& f : firing_)
      if (std::uint32_t const k = number_of(f.node); k != index_limit) {
        kept_.push_back({k, f.rule});
        ++slot_[k + 1];
      }
    for (std::size_t k = 1; k != slot_.size(); ++k) slot_[k] += slot_[k - 1];
    auto const base = static_cast<std::uint32_t>(out.fired.size());
    for (std::size_t k = 0; k != chosen_.size(); ++k)
      out.candidates.push_back({features_of(chosen_[k].first, head), chosen_[k].second, base + slot_[k]});
    out.fired.resize(out.fired.size() + kept_.size());
    for (firing const& f : kept_) out.fired[base + slot_[f.node]++] = f.rule;
    out.begin.push_back(static_cast<std::uint32_t>(out.candidates.size()));
    chosen_place_.clear();
    chosen_right_ = index_limit;
  }

  knowledge_graph const& graph_;
  Counted const& counted_;
  lesson_size size_;
  rule_reach reach_;
  rule_features features_;
  met_nodes seen_;                    // ruled out of this lesson
  std::vector<std::uint32_t> place_;  // by node, one more than its place in reached_
  std::vector<index_t> reached_;
  std::vector<rule_evidence> evidence_;
  std::vector<firing> firing_, kept_;
  std::vector<rival> rivals_;
  std::vector<std::pair<index_t, float>> chosen_;  // and log weight
  std::vector<std::pair<index_t, std::uint32_t>> chosen_place_;
  std::vector<std::uint32_t> slot_;
  index_t chosen_right_ = index_limit;
};

}  // namespace detail

KINDRED_END
