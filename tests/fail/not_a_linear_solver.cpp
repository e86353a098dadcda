// expect: linear_solver
// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/example_table.hpp>
#include <kindred/linear/generalized_linear.hpp>
#include <kindred/run/fit.hpp>

#include <span>

// Does not say how it ended.
struct idle {
#ifdef KINDRED_FAIL_FIXED
  kindred::fit_report minimize(auto&, std::span<double>, auto&, auto&) const { return {}; }
#else
  void minimize(auto&, std::span<double>, auto&, auto&) const {}
#endif
};

auto train(kindred::example_table<float> const& table) {
  return kindred::fit(kindred::logistic_regression<idle>{}, table.view()).model;
}
