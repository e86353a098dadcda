// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/graph/confidence.hpp>
#include <kindred/graph/evidence_pool.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/mine_rules.hpp>
#include <kindred/graph/path_rule.hpp>
#include <kindred/graph/rule_features.hpp>
#include <kindred/graph/rule_limits.hpp>
#include <kindred/graph/rule_set.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Whether a node can be an answer that is related to the asked one already, in some other way. It can in most graphs (who wrote
// a film may well have directed it); in graphs that were thinned out until no two relations join the same pair, it never
// is. choose_linked() finds out on validation facts.
enum class linked_pairs : std::uint8_t { ranked, dropped };

// Rules with their confidences, ready to answer what a node is related to by a step: rule_query asks.
//
// Holds the rules and no facts: those of a graph it is asked about are read at that time, so that a new fact is seen at once and
// a new node can be asked about. Counts and confidences stay those of the graph that was mined.
template <class Smoothing, evidence_pool Pool>
class rule_model {
public:
  using pool_type = Pool;

  rule_model(knowledge_graph const& graph, rule_set rules, rule_limits const& limits, Smoothing smoothing,
             double back_off, double prior, Pool pool)
      : rules_(std::move(rules)),
        limits_(limits),
        smoothing_(smoothing),
        back_off_(back_off),
        prior_(prior),
        pool_(std::move(pool)) {
    rate();
    facts_.resize(graph.relation_count());
    for (index_t r = 0; r != graph.relation_count(); ++r)
      facts_[r] = static_cast<double>(graph.statistics(relation_id{r}).facts);
  }

  static constexpr stored_format format{"rule_model", 3, 3};
  rule_model(blank) {}
  static void fields(auto& self, auto& visit) {
    visit("rules", self.rules_);
    visit("limits", self.limits_);
    visit("smoothing", self.smoothing_);
    visit("back_off", self.back_off_);
    visit("prior", self.prior_);
    visit("pool", self.pool_);
    visit("linked", self.linked_);
    visit("facts", self.facts_);
  }
  void restore() {
    limits_.check();
    check_not_negative("rule_model: back_off", back_off_);
    check_not_negative("rule_model: prior", prior_);
    check_stored(linked_ <= linked_pairs::dropped, "rule_model: a way with linked pairs that there is");
    for (double const n : facts_) check_stored(is_finite(n) && n >= 0, "rule_model: counts of facts");
    rate();
  }

  [[nodiscard]] rule_set const& rules() const noexcept { return rules_; }
  [[nodiscard]] rule_limits const& limits() const noexcept { return limits_; }
  [[nodiscard]] Pool const& pool() const noexcept { return pool_; }

  [[nodiscard]] rule_family family(std::size_t rule) const noexcept {
    return rules_.paths()[rule].is_long() ? rule_family::long_path : rule_family::path;
  }
  // How sure path rule number `rule` is of a pair that so many paths join.
  [[nodiscard]] float confidence(std::size_t rule, std::uint32_t paths) const noexcept {
    return path_[rule][rule_counts::bucket_of(paths)];
  }
  // The same if one of the facts that support it were none: for learning from that fact.
  [[nodiscard]] float confidence_without_one(std::size_t rule, std::uint32_t paths) const noexcept {
    rule_counts const& c = rules_.paths()[rule].counts;
    std::size_t const b = rule_counts::bucket_of(paths);
    double const overall = smoothing_(static_cast<double>(c.all_support()) - 1, static_cast<double>(c.all_predicted()));
    double const all = c.predicted[b] + back_off_;
    return certain(all > 0 ? (c.support[b] - 1.0 + back_off_ * overall) / all : overall);
  }
  // How sure a rule with constants is that holds for `shared` of `length` nodes.
  [[nodiscard]] float constant_confidence(std::uint32_t shared, std::uint32_t length) const noexcept {
    return certain(smoothing_(shared, length));
  }
  // For rule_query: what is heard for an answer, and what it comes to for one that is the answer to `times` such questions and
  // in `degree` facts.
  using state = typename Pool::state;
  void hear_path(state& s, std::size_t rule, std::uint32_t paths) const noexcept {
    pool_.add(s, confidence(rule, paths), family(rule));
  }
  void hear_constant(state& s, std::uint32_t shared, std::uint32_t length, rule_family from) const noexcept {
    pool_.add(s, constant_confidence(shared, length), from);
  }
  [[nodiscard]] double value(step_id head, state const& s, std::size_t times, std::size_t degree) const noexcept {
    return 1 - (1 - pool_.value(s)) * (1 - silent_value(head, times, degree));
  }
  // The same for one about which no rule says anything.
  [[nodiscard]] double silent_value(step_id head, std::size_t times, std::size_t) const noexcept {
    index_t const r = to_index(relation_of(head));
    return r < facts_.size() ? prior_ * static_cast<double>(times) / (facts_[r] + 5) : 0;
  }

  [[nodiscard]] linked_pairs linked() const noexcept { return linked_; }
  void linked(linked_pairs how) noexcept { linked_ = how; }

private:
  // How sure every rule is.
  void rate() {
    for (path_rule const& r : rules_.paths()) {
      auto& sure = path_.emplace_back();
      double const overall =
          smoothing_(static_cast<double>(r.counts.all_support()), static_cast<double>(r.counts.all_predicted()));
      for (std::size_t b = 0; b != rule_counts::buckets; ++b) {
        double const all = r.counts.predicted[b] + back_off_;
        sure[b] = certain(all > 0 ? (r.counts.support[b] + back_off_ * overall) / all : overall);
      }
    }
  }

  [[nodiscard]] static float certain(double c) noexcept {
    return static_cast<float>(c < 0 ? 0 : c < 0.999 ? c : 0.999);
  }

  rule_set rules_;
  rule_limits limits_;
  Smoothing smoothing_ = {};
  double back_off_ = 0;
  double prior_ = 0;
  Pool pool_ = {};
  linked_pairs linked_ = linked_pairs::ranked;
  std::vector<std::array<float, rule_counts::buckets>> path_;
  std::vector<double> facts_;  // by relation
};

// Rules as they were counted: mined from a graph, their confidences smoothed, nothing learned.
//
//   auto const model = kindred::fit(kindred::counted_rules<>{}, graph, pool).model;
//   kindred::rule_query ask(graph, model);
//   ask(node, kindred::along(likes));       // ask.score(y) for every y; ask.reached() are those that a rule speaks for
//
// The confidence of a path rule depends on how many paths join the pair: conf_b = (support_b + m conf) / (predicted_b + m) for
// bucket b, where m is `back_off` and conf the smoothed confidence over all buckets. Throws what mine_rules throws, and
// error{setting} for settings out of their range.
template <class Smoothing = laplace, evidence_pool Pool = noisy_or_by_family<3, 2, 5>>
struct counted_rules {
  rule_limits limits{};
  Smoothing smoothing = detail::usually<Smoothing>(laplace{.unseen = 3});
  double back_off = 10;
  double prior = 0.01;
  Pool pool{};

  template <executor E, observer O>
  [[nodiscard]] fitted<rule_model<Smoothing, Pool>> fit(knowledge_graph const& graph, E& ex, O& watch) const {
    check_settings(smoothing, pool);
    check_not_negative("counted_rules: back_off", back_off);
    check_not_negative("counted_rules: prior", prior);
    rule_set rules = mine_rules(graph, limits, ex);
    fit_report const report{.epochs = 1, .objective = static_cast<double>(rules.paths().size())};
    static_cast<void>(watch(progress{report.epochs, report.objective}));
    return {{graph, std::move(rules), limits, smoothing, back_off, prior, pool}, report};
  }
};

KINDRED_END
