// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/config.hpp>
#include <kindred/linear/least_subgradient.hpp>
#include <kindred/run/executor.hpp>

#include <span>

KINDRED_BEGIN

namespace detail {

// The norm of the least subgradient of a linear objective at zero parameters, against which solvers measure the end, so that
// a fit that begins close to it does not have to do better: `here`, the norm at w, where w is zero.
template <class Objective, executor E>
[[nodiscard]] double norm_at_zero(Objective& f, E& ex, std::span<double const> w, double here) {
  bool zero = true;
  for (double const x : w) zero = zero && x == 0;
  if (zero) return here;
  buffer<double> const none(f.size(), 0.0);
  buffer<double> gradient(f.size());
  f.gradient_of(ex, none.span(), gradient.span());
  return least_subgradient_norm(none.span(), gradient.span(), f.columns(), f.penalty().l1);
}

}  // namespace detail

KINDRED_END
