// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/graph/knowledge_graph.hpp>
#include <kindred/graph/triple.hpp>

#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>

KINDRED_BEGIN

// A fact as it is walked: from `source` to `target`, one of `choices` that the step has there.
struct walked_fact {
  knowledge_graph const* graph;
  step_id step;
  index_t source;
  index_t target;
  std::size_t choices;
  float weight;
  std::int64_t time;

  // From how many nodes the step arrives at the target. O(log steps of the target).
  [[nodiscard]] std::size_t arrivals() const noexcept { return graph->row(target).of(reversed(step)).size(); }
};

// What one step of a walk is worth, in [0, 1]; a path is worth the product of its steps. `depth` counts the steps before it.
// Yours is any copyable struct with this operator, and check() if it has settings.
template <class W>
concept step_weight = std::copyable<W> && requires(W const& w, walked_fact const& f, std::size_t depth) {
  { w(f, depth) } noexcept -> std::same_as<double>;
};

// A step_weight that is the same for all choices of a step says so by `static constexpr bool same_for_all_choices = true;`: it
// is then asked once for all of them.
template <class W>
concept weighs_choices_alike = step_weight<W> && requires { requires W::same_for_all_choices; };

// Every path counts alike.
struct uniform_steps {
  static constexpr stored_format format{"uniform_steps", 1};
  static constexpr void fields(auto&, auto&) noexcept {}

  static constexpr bool same_for_all_choices = true;

  [[nodiscard]] double operator()(walked_fact const&, std::size_t) const noexcept { return 1; }
};

// choices^-power: with power 1 the chance that a random walker takes this step (Lao and Cohen, 2010: path ranking; P3 of
// Cooper et al., 2014, which is this over user, item, user, item).
struct random_steps {
  static constexpr bool same_for_all_choices = true;

  double power = 1;

  [[nodiscard]] double operator()(walked_fact const& f, std::size_t) const noexcept {
    auto const n = static_cast<double>(f.choices);
    return power == 1 ? 1 / n : std::pow(n, -power);
  }
  void check() const { check_not_negative("random_steps: power", power); }

  static constexpr stored_format format{"random_steps", 1};
  static void fields(auto& self, auto& visit) { visit("power", self.power); }
  void restore() const { check(); }
};

// arrivals^-power: what everybody leads to says little.
struct inverse_frequency_steps {
  double power = 1;

  [[nodiscard]] double operator()(walked_fact const& f, std::size_t) const noexcept {
    auto const n = static_cast<double>(f.arrivals());
    return power == 1 ? 1 / n : std::pow(n, -power);
  }
  void check() const { check_not_negative("inverse_frequency_steps: power", power); }

  static constexpr stored_format format{"inverse_frequency_steps", 1};
  static void fields(auto& self, auto& visit) { visit("power", self.power); }
  void restore() const { check(); }
};

// The weight of the fact, at most 1: how sure it is.
struct confident_steps {
  static constexpr stored_format format{"confident_steps", 1};
  static constexpr void fields(auto&, auto&) noexcept {}

  [[nodiscard]] double operator()(walked_fact const& f, std::size_t) const noexcept {
    return f.weight < 1 ? static_cast<double>(f.weight) : 1.0;
  }
};

// Halved with every `half_life` that the fact is older than `now`; facts that are newer or have no time count in full.
struct fading_steps {
  std::int64_t now = 0;
  double half_life = 1;

  [[nodiscard]] double operator()(walked_fact const& f, std::size_t) const noexcept {
    if (f.time == no_time || f.time >= now) return 1;
    return std::exp2((static_cast<double>(f.time) - static_cast<double>(now)) / half_life);
  }
  static constexpr stored_format format{"fading_steps", 1};
  static void fields(auto& self, auto& visit) {
    visit("now", self.now);
    visit("half_life", self.half_life);
  }
  void restore() const { check(); }

  void check() const {
    if (!is_finite(half_life) || half_life <= 0)
      raise(error(error_kind::setting) << "fading_steps: half_life = " << half_life
                                       << "; it has to be a positive number");
  }
};

// Both: the product of two step weights.
template <step_weight A, step_weight B>
struct both_steps {
  A first{};
  B second{};

  [[nodiscard]] double operator()(walked_fact const& f, std::size_t depth) const noexcept {
    return first(f, depth) * second(f, depth);
  }
  void check() const { check_settings(first, second); }

  static constexpr stored_format format{"both_steps", 1};
  static void fields(auto& self, auto& visit) {
    visit("first", self.first);
    visit("second", self.second);
  }
};

KINDRED_END
