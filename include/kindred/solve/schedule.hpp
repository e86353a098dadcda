// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/settings.hpp>

#include <concepts>
#include <cstdint>

KINDRED_BEGIN

// The learning rate of an epoch, counted from zero: a pure function, so that a resumed fit goes on as the unbroken one.
template <class S>
concept schedule = std::copyable<S> && requires(S const& s, std::uint32_t epoch) {
  { s(epoch) } noexcept -> std::same_as<double>;
};

// The same rate throughout.
struct constant_rate {
  double rate = 0.01;
  [[nodiscard]] constexpr double operator()(std::uint32_t) const noexcept { return rate; }
  void check() const { check_not_negative("constant_rate: rate", rate); }
};

// rate / (1 + decay epoch): large steps first, then ever smaller ones (Robbins and Monro, 1951).
struct inverse_rate {
  double rate = 0.02;
  double decay = 0.1;
  [[nodiscard]] constexpr double operator()(std::uint32_t epoch) const noexcept { return rate / (1 + decay * epoch); }
  void check() const {
    check_not_negative("inverse_rate: rate", rate);
    check_not_negative("inverse_rate: decay", decay);
  }
};

// A schedule that also looks at how training goes: rate(0) is where it begins, and next() tells what follows a rate after an
// epoch before which the objective was `before` and after which it is `now`. Pure functions, too: a rate and an objective are all
// that a resumed fit has to know.
template <class S>
concept adaptive_schedule = schedule<S> && requires(S const& s, double rate, double before, double now) {
  { s.next(rate, before, now) } noexcept -> std::same_as<double>;
};

// Bold driver: a little faster while the objective falls, and much slower when it has risen (Battiti, 1989; for factorization
// Gemulla et al., 2011).
struct bold_driver {
  double rate = 0.01;
  double faster = 1.05;
  double slower = 0.5;

  [[nodiscard]] constexpr double operator()(std::uint32_t) const noexcept { return rate; }
  [[nodiscard]] constexpr double next(double current, double before, double now) const noexcept {
    return current * (now <= before ? faster : slower);
  }
  void check() const {
    check_not_negative("bold_driver: rate", rate);
    check_not_negative("bold_driver: faster", faster);
    check_not_negative("bold_driver: slower", slower);
  }
};

namespace detail {

// The rate of the epoch that follows one with `current`, in which the objective went from `before` to `now`; epoch counts from zero.
template <schedule S>
[[nodiscard]] double rate_after(S const& how, std::uint32_t epoch, double current, double before, double now) noexcept {
  if constexpr (adaptive_schedule<S>) return epoch < 2 ? current : how.next(current, before, now);
  else return how(epoch);
}

}  // namespace detail

KINDRED_END
