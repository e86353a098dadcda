// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/evaluate/estimate.hpp>
#include <kindred/evaluate/normal_law.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/random.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

enum class interval_kind : std::uint8_t {
  percentile,  // from one percentile of the resampled figures to another (Efron and Tibshirani, 1993, section 13.3)
  bca          // the same, corrected for bias and skew (Efron, "Better bootstrap confidence intervals", 1987)
};

// How sure a figure is, from the data alone (Efron, "Bootstrap methods: another look at the jackknife", 1979): as many users as
// there are get drawn with repetition, many times over, and the figure is taken of each draw. What is drawn are users, not
// ratings: ratings of one user go together.
//
// Resample b is drawn from the stream (seed, b), so intervals are the same bits on any number of threads, and figures of the
// same users that are resampled with the same seed are so from the same draws.
struct bootstrap {
  std::uint32_t resamples = 2000;  // 20 to 1 000 000
  double level = 0.95;             // of confidence, between 0 and 1
  std::uint64_t seed = 0;
  interval_kind kind = interval_kind::bca;

  void check() const {
    if (resamples < 20 || resamples > 1'000'000)
      raise(error(error_kind::setting) << "bootstrap: resamples = " << resamples << "; there are 20 to 1000000");
    if (!(level > 0 && level < 1))
      raise(error(error_kind::setting) << "bootstrap: level = " << level << "; it lies between 0 and 1");
  }
};

namespace detail {

inline void check_finite_values(char const* who, std::span<double const> values) {
  for (std::size_t k = 0; k != values.size(); ++k)
    if (!is_finite(values[k]))
      raise(error(error_kind::data).at(k) << who << ": value " << k << " is not a finite number");
}

// figure[f][b] of every resample, from figures(times, out): how often each user was drawn, and a place for every figure.
template <executor E, class Figures>
[[nodiscard]] std::vector<std::vector<double>> resampled(std::size_t users, std::size_t count, bootstrap const& how,
                                                         E& ex, Figures const& figures) {
  std::vector<std::vector<double>> out(count, std::vector<double>(how.resamples));
  for_chunks(ex, how.resamples, 16, [&](std::size_t first, std::size_t last) {
    std::vector<std::uint32_t> times(users);
    std::vector<double> figure(count);
    for (std::size_t b = first; b != last; ++b) {
      std::fill(times.begin(), times.end(), 0u);
      random_stream random(how.seed, b);
      for (std::size_t k = 0; k != users; ++k) ++times[below(random, static_cast<std::uint32_t>(users))];
      figures(std::span<std::uint32_t const>(times), std::span<double>(figure));
      for (std::size_t f = 0; f != count; ++f) out[f][b] = figure[f];
    }
  });
  return out;
}

// The p-quantile of ascending numbers, between neighbors by proportion (the seventh of Hyndman and Fan, 1996; NumPy's).
[[nodiscard]] inline double quantile(std::span<double const> sorted, double p) noexcept {
  double const at = p * static_cast<double>(sorted.size() - 1);
  auto const k = static_cast<std::size_t>(at);
  return k + 1 < sorted.size() ? sorted[k] + (at - static_cast<double>(k)) * (sorted[k + 1] - sorted[k])
                               : sorted.back();
}

// How much the spread of a figure changes with its value, from the figure without each of the users in turn (Efron and Tibshirani,
// 1993, equation 14.15).
[[nodiscard]] inline double acceleration(std::span<double const> without) noexcept {
  double mean = 0, squares = 0, cubes = 0;
  for (double const x : without) mean += x / static_cast<double>(without.size());
  for (double const x : without) {
    double const d = mean - x;
    squares += d * d;
    cubes += d * d * d;
  }
  double const spread = squares * std::sqrt(squares);
  return spread > 0 ? cubes / (6 * spread) : 0;
}

// The interval of a figure from its resamples, which get sorted; `without` as for acceleration, empty for percentiles.
[[nodiscard]] inline estimate interval_of(double value, std::vector<double>& figure, std::span<double const> without,
                                          std::size_t users, bootstrap const& how) {
  double mean = 0, squares = 0;  // of what is apart from the value, so that figures that do not vary have no spread
  auto const n = static_cast<double>(figure.size());
  for (double const x : figure) mean += (x - value) / n;
  for (double const x : figure) squares += (x - value - mean) * (x - value - mean);
  std::sort(figure.begin(), figure.end());
  double low = (1 - how.level) / 2, high = 1 - low;
  if (how.kind == interval_kind::bca && figure.front() < figure.back()) {
    auto const [first, last] = std::equal_range(figure.begin(), figure.end(), value);
    double const below = (static_cast<double>(first - figure.begin()) + static_cast<double>(last - figure.begin())) / 2;
    double const bias = normal_quantile(std::clamp(below / n, 0.5 / n, 1 - 0.5 / n));
    double const a = acceleration(without);
    // Equation 14.10 of Efron and Tibshirani; a figure so skewed that the correction turns over keeps its percentiles.
    auto const corrected = [&](double p) {
      double const z = bias + normal_quantile(p);
      return 1 - a * z > 0 ? normal_below(bias + z / (1 - a * z)) : p;
    };
    low = corrected(low);
    high = corrected(high);
  }
  return {value, quantile(figure, low), quantile(figure, high), std::sqrt(squares / (n - 1)), how.level, users};
}

}  // namespace detail

// The means of columns - of what measure_lists gave, mostly - with their intervals. One number a user and column; all columns are
// resampled by the same draws. Zero with no users. O(resamples x (users x columns)). Throws error{setting} as how.check(), shape
// when columns differ in length, data for what is not finite.
template <executor E = sequential>
[[nodiscard]] std::vector<estimate> bootstrap_means(std::span<std::vector<double> const> columns, bootstrap how = {},
                                                    E&& ex = {}) {
  how.check();
  std::size_t const users = columns.empty() ? 0 : columns[0].size();
  std::vector<double> sum(columns.size(), 0);
  for (std::size_t c = 0; c != columns.size(); ++c) {
    if (columns[c].size() != users)
      raise(error(error_kind::shape) << "bootstrap_means: column " << c << " has " << columns[c].size()
                                     << " values, the first " << users);
    detail::check_finite_values("bootstrap_means", columns[c]);
    for (double const x : columns[c]) sum[c] += x;
  }
  std::vector<estimate> out(columns.size(), estimate{.level = how.level});
  if (users == 0) return out;
  auto const n = static_cast<double>(users);
  auto figures = detail::resampled(users, columns.size(), how, ex, [&](auto times, auto figure) {
    for (std::size_t c = 0; c != columns.size(); ++c) {
      double drawn = 0;
      for (std::size_t k = 0; k != users; ++k) drawn += times[k] * columns[c][k];
      figure[c] = drawn / n;
    }
  });
  std::vector<double> without(users);
  for (std::size_t c = 0; c != columns.size(); ++c) {
    for (std::size_t k = 0; k != users; ++k) without[k] = users > 1 ? (sum[c] - columns[c][k]) / (n - 1) : 0;
    out[c] = detail::interval_of(sum[c] / n, figures[c], without, users, how);
  }
  return out;
}

// The same of one column.
template <executor E = sequential>
[[nodiscard]] estimate bootstrap_mean(std::vector<double> const& values, bootstrap how = {}, E&& ex = {}) {
  return bootstrap_means(std::span<std::vector<double> const>(&values, 1), how, ex)[0];
}

KINDRED_END
