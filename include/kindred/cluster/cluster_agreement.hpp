// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// How far two clusterings of the same rows agree, whatever their clusters are called. Labels are any numbers.

namespace detail {

// How many rows each pair of labels has in common, and how many each label has on its own.
struct label_table {
  std::vector<double> both;
  std::vector<double> first;
  std::vector<double> second;
  double rows = 0;

  label_table(std::span<index_t const> a, std::span<index_t const> b) {
    if (a.size() != b.size())
      raise(error(error_kind::shape) << "clusterings of " << a.size() << " and of " << b.size() << " rows");
    rows = static_cast<double>(a.size());
    std::vector<std::uint64_t> pair(a.size());
    for (std::size_t k = 0; k != a.size(); ++k) pair[k] = std::uint64_t{a[k]} << 32 | b[k];
    both = runs_of(pair);
    for (std::size_t k = 0; k != a.size(); ++k) pair[k] = a[k];
    first = runs_of(pair);
    for (std::size_t k = 0; k != a.size(); ++k) pair[k] = b[k];
    second = runs_of(pair);
  }

private:
  [[nodiscard]] static std::vector<double> runs_of(std::vector<std::uint64_t> values) {
    std::sort(values.begin(), values.end());
    std::vector<double> out;
    for (std::size_t k = 0; k != values.size(); ++k) {
      if (k == 0 || values[k] != values[k - 1]) out.push_back(0);
      ++out.back();
    }
    return out;
  }
};

[[nodiscard]] inline double pairs_of(std::vector<double> const& counts) noexcept {
  double sum = 0;
  for (double const n : counts) sum += n * (n - 1) / 2;
  return sum;
}

[[nodiscard]] inline double entropy_of(std::vector<double> const& counts, double rows) noexcept {
  double sum = 0;
  for (double const n : counts) sum -= n / rows * std::log(n / rows);
  return sum;
}

}  // namespace detail

// Of the pairs of rows, how many both put together or both keep apart, corrected for chance: 1 for the same clusters, about 0
// for clusters that have nothing to do with each other, at least -1/2. Hubert and Arabie (1985). O(rows log rows).
[[nodiscard]] inline double adjusted_rand(std::span<index_t const> a, std::span<index_t const> b) {
  detail::label_table const table(a, b);
  double const all = table.rows * (table.rows - 1) / 2;
  if (!(all > 0)) return 1;
  double const first = detail::pairs_of(table.first);
  double const second = detail::pairs_of(table.second);
  double const chance = first * second / all;
  double const most = (first + second) / 2;
  return most == chance ? 1 : (detail::pairs_of(table.both) - chance) / (most - chance);
}

// How much one clustering tells of the other: their normalized mutual information, that is, the information they share over the
// mean of their entropies, from 0 (nothing) to 1 (the same clusters; also when both have but one). Not corrected for chance: many
// small clusters score high by themselves. O(rows log rows).
[[nodiscard]] inline double label_information(std::span<index_t const> a, std::span<index_t const> b) {
  detail::label_table const table(a, b);
  if (a.empty()) return 1;
  double const first = detail::entropy_of(table.first, table.rows);
  double const second = detail::entropy_of(table.second, table.rows);
  if (!(first + second > 0)) return 1;
  double const shared = first + second - detail::entropy_of(table.both, table.rows);
  return shared > 0 ? 2 * shared / (first + second) : 0;
}

KINDRED_END
