// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/evaluate/bootstrap.hpp>
#include <kindred/evaluate/estimate.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// Any figure of a whole set of users, from figure(times): how often each of them was drawn, which is once for the figure
// itself. With bca it is also taken without each user in turn: `users` more figures. Throws error{data} when one of them is not
// finite.
//
//   // how sure the Gini coefficient of what is offered is
//   auto const sure = bootstrap_figure(lists.size(), [&](auto times) { return gini(exposure_of(lists, times)); });
template <class Figure, executor E = sequential>
[[nodiscard]] estimate bootstrap_figure(std::size_t users, Figure const& figure, bootstrap how = {}, E&& ex = {}) {
  how.check();
  if (users == 0) return {.level = how.level};
  std::vector<std::uint32_t> const once(users, 1);
  double const value = figure(std::span<std::uint32_t const>(once));
  auto figures = detail::resampled(users, 1, how, ex, [&](auto times, auto out) { out[0] = figure(times); });
  std::vector<double> without(how.kind == interval_kind::bca && users > 1 ? users : 0);
  for_chunks(ex, without.size(), 16, [&](std::size_t first, std::size_t last) {
    auto times = once;
    for (std::size_t k = first; k != last; ++k) {
      times[k] = 0;
      without[k] = figure(std::span<std::uint32_t const>(times));
      times[k] = 1;
    }
  });
  detail::check_finite_values("bootstrap_figure", figures[0]);
  detail::check_finite_values("bootstrap_figure", without);
  if (!is_finite(value)) raise(error(error_kind::data) << "bootstrap_figure: the figure is not a finite number");
  return detail::interval_of(value, figures[0], without, users, how);
}

// The ratio of two sums over users: squared errors over ratings, say, whose root is the RMSE. Zero where nothing is divided
// by. Throws as bootstrap_means, and error{data} for a divisor below zero.
template <executor E = sequential>
[[nodiscard]] estimate bootstrap_ratio(std::vector<double> const& sum, std::vector<double> const& divisor,
                                       bootstrap how = {}, E&& ex = {}) {
  how.check();
  if (sum.size() != divisor.size())
    raise(error(error_kind::shape) << "bootstrap_ratio: " << sum.size() << " sums for " << divisor.size()
                                   << " divisors");
  detail::check_finite_values("bootstrap_ratio", sum);
  detail::check_finite_values("bootstrap_ratio", divisor);
  std::size_t const users = sum.size();
  if (users == 0) return {.level = how.level};
  double above = 0, beneath = 0;
  for (std::size_t k = 0; k != users; ++k) {
    if (divisor[k] < 0)
      raise(error(error_kind::data).at(k) << "bootstrap_ratio: the divisor " << divisor[k] << " is below zero");
    above += sum[k];
    beneath += divisor[k];
  }
  auto const over = [](double a, double b) { return b > 0 ? a / b : 0; };
  auto figures = detail::resampled(users, 1, how, ex, [&](auto times, auto figure) {
    double a = 0, b = 0;
    for (std::size_t k = 0; k != users; ++k) {
      a += times[k] * sum[k];
      b += times[k] * divisor[k];
    }
    figure[0] = over(a, b);
  });
  std::vector<double> without(users);
  for (std::size_t k = 0; k != users; ++k) without[k] = over(above - sum[k], beneath - divisor[k]);
  return detail::interval_of(over(above, beneath), figures[0], without, users, how);
}

KINDRED_END
