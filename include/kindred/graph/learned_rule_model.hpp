// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/graph/evidence_pool.hpp>
#include <kindred/graph/path_rule.hpp>
#include <kindred/graph/rule_features.hpp>
#include <kindred/graph/rule_model.hpp>
#include <kindred/graph/rule_set.hpp>
#include <kindred/graph/triple.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Rules whose evidence is weighed as was learned: for every head a weight for each of the rule_features, and for every path rule of
// one or two steps and number of paths how much more or less than its confidence it says. Beside that stand the log odds of what
// the rules say as they were counted, with a weight of their own: `trust`. Learned weights know what few lessons show, counts know
// all facts and the rules of three and four steps as well, of which lessons can tell nothing. rule_query asks it, as it asks a
// rule_model.
template <class Smoothing>
class learned_rule_model {
public:
  using counted_type = rule_model<Smoothing, noisy_or_by_family<3, 2, 5>>;

  // weights: a row a head; extra: by path rule and bucket. Throws error{setting} for a trust below zero.
  learned_rule_model(counted_type counted, std::vector<rule_features::row> weights, std::vector<float> extra,
                     double trust = 0)
      : counted_(std::move(counted)), weights_(std::move(weights)), extra_(std::move(extra)) {
    this->trust(trust);
  }

  static constexpr stored_format format{"learned_rule_model", 3, 3};
  learned_rule_model(blank b) : counted_(b) {}
  static void fields(auto& self, auto& visit) {
    visit("counted", self.counted_);
    visit("weights", self.weights_);
    visit("extra", self.extra_);
    visit("trust", self.trust_);
  }
  void restore() const {
    check_stored(extra_.size() == rules().paths().size() * rule_counts::buckets,
                 "learned_rule_model: something on top of every rule and number of paths");
    check_stored_numbers(extra_, "learned_rule_model");
    check_not_negative("learned_rule_model: trust", trust_);
    for (auto const& row : weights_) check_stored_numbers(row, "learned_rule_model");
  }

  [[nodiscard]] counted_type const& counted() const noexcept { return counted_; }
  [[nodiscard]] rule_set const& rules() const noexcept { return counted_.rules(); }
  [[nodiscard]] rule_limits const& limits() const noexcept { return counted_.limits(); }
  [[nodiscard]] linked_pairs linked() const noexcept { return counted_.linked(); }
  void linked(linked_pairs how) noexcept { counted_.linked(how); }
  // How much the log odds of the counted rules weigh, zero or more (else error{setting}); choose_trust() finds out on validation
  // facts.
  [[nodiscard]] double trust() const noexcept { return trust_; }
  void trust(double weight) {
    check_not_negative("learned_rule_model: trust", weight);
    trust_ = weight;
  }

  [[nodiscard]] rule_features::row const& weights(step_id head) const noexcept { return weights_[to_index(head)]; }
  // What was learned about a path rule, on top of its confidence.
  [[nodiscard]] float extra(std::size_t rule, std::uint32_t paths) const noexcept {
    return extra_[rule * rule_counts::buckets + rule_counts::bucket_of(paths)];
  }

  // For rule_query.
  struct state {
    rule_evidence learned;
    typename counted_type::state counted;
  };
  void hear_path(state& s, std::size_t rule, std::uint32_t paths) const noexcept {
    counted_.hear_path(s.counted, rule, paths);
    if (rules().paths()[rule].is_long()) return;
    s.learned.add(counted_.family(rule), counted_.confidence(rule, paths));
    s.learned.learned += extra(rule, paths);
  }
  void hear_constant(state& s, std::uint32_t shared, std::uint32_t length, rule_family from) const noexcept {
    counted_.hear_constant(s.counted, shared, length, from);
    s.learned.add(from, counted_.constant_confidence(shared, length));
  }
  [[nodiscard]] double value(step_id head, state const& s, std::size_t times, std::size_t degree) const noexcept {
    if (to_index(head) >= weights_.size()) return 0;
    auto const f = features_(s.learned, rule_features::prior_feature(times), rule_features::degree_feature(degree));
    auto const& w = weights_[to_index(head)];
    float sum = s.learned.learned;
    for (std::size_t k = 0; k != rule_features::count; ++k) sum += w[k] * f[k];
    if (trust_ == 0) return static_cast<double>(sum);
    return static_cast<double>(sum) + trust_ * log_odds(counted_.value(head, s.counted, times, degree));
  }
  [[nodiscard]] double silent_value(step_id head, std::size_t times, std::size_t degree) const noexcept {
    return value(head, {}, times, degree);
  }

private:
  // Of a probability; those of what nothing speaks for and of what is all but certain stay within bounds.
  [[nodiscard]] static double log_odds(double p) noexcept { return std::log((p + 1e-4) / (1 - p + 1e-3)); }

  counted_type counted_;
  std::vector<rule_features::row> weights_;
  std::vector<float> extra_;
  double trust_ = 0;
  rule_features features_;
};

KINDRED_END
