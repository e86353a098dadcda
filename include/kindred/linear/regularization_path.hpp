// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/examples.hpp>
#include <kindred/linear/generalized_linear.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Fits one model a strength, each beginning where the one before ended, which takes a fraction of the work: for choosing an
// l1 or l2 on held-out examples.
//
//   using lasso = kindred::logistic_regression<kindred::proximal_newton>;
//   double const strengths[] = {10, 3, 1, 0.3};
//   auto const fits = kindred::regularization_path(lasso{.l2 = 0}, &lasso::l1, strengths, train);
//
// `strength` is the member of the recipe that varies. Strong penalties first: their models are close to zero, where the first
// fit begins. Throws as the recipe's fit.
template <class Loss, class Solver, feature_rows Rows, executor E = sequential>
[[nodiscard]] std::vector<fitted<linear_model<value_t<Rows>, Loss>>> regularization_path(
    generalized_linear<Loss, Solver> how, double generalized_linear<Loss, Solver>::* strength,
    std::span<double const> values, examples<Rows> const& data, E&& ex = {}) {
  std::vector<fitted<linear_model<value_t<Rows>, Loss>>> out;
  silent watch;
  for (double const value : values) {
    how.*strength = value;
    out.push_back(out.empty() ? how.fit(data, ex, watch) : how.fit_from(out.back().model, data, ex, watch));
  }
  return out;
}

KINDRED_END
