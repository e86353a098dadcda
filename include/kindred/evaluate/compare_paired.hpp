// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/evaluate/bootstrap.hpp>
#include <kindred/evaluate/estimate.hpp>
#include <kindred/evaluate/paired_test.hpp>
#include <kindred/run/executor.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

KINDRED_BEGIN

// Two recommenders judged by the same users: how much better the second is, and whether that is more than luck.
struct paired_comparison {
  estimate difference = {};  // the mean of b - a, by the paired bootstrap
  std::size_t better = 0;    // users who fare better with b
  std::size_t worse = 0;
  std::size_t equal = 0;
  test_outcome sign = {};
  test_outcome signed_rank = {};
  test_outcome permutation = {};

  // Whether the permutation test says that it is not luck.
  [[nodiscard]] bool differs(double at = 0.05) const noexcept { return permutation.p_value <= at; }
};

struct paired_settings {
  bootstrap interval = {};
  permutation_settings permutation = {};
};

// Compares columns of one measure for two recommenders, user by user. Throws error: shape when they differ in length, data for
// what is not finite, setting as the settings' check().
template <executor E = sequential>
[[nodiscard]] paired_comparison compare_paired(std::vector<double> const& a, std::vector<double> const& b,
                                               paired_settings const& how = {}, E&& ex = {}) {
  paired_comparison out;
  auto const d = detail::differences("compare_paired", a, b);
  for (double const x : d) ++(x > 0 ? out.better : x < 0 ? out.worse : out.equal);
  out.difference = bootstrap_mean(d, how.interval, ex);
  out.sign = sign_test(a, b);
  out.signed_rank = signed_rank_test(a, b);
  out.permutation = permutation_test(a, b, how.permutation, ex);
  return out;
}

// Chances of many tests, each made larger so that any one of those at or below 0.05 is luck with a chance of 0.05 and no more (Holm, "A
// simple sequentially rejective multiple test procedure", 1979). In the order given.
[[nodiscard]] inline std::vector<double> holm(std::vector<double> const& p_values) {
  std::vector<std::size_t> order(p_values.size());
  for (std::size_t k = 0; k != order.size(); ++k) order[k] = k;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p_values[a] < p_values[b]; });
  std::vector<double> out(p_values.size());
  double largest = 0;
  for (std::size_t k = 0; k != order.size(); ++k) {
    largest = (std::max)(largest, static_cast<double>(order.size() - k) * p_values[order[k]]);
    out[order[k]] = (std::min)(1.0, largest);
  }
  return out;
}

KINDRED_END
