// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/view/matrix_view.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// The lowest value such that those up to it have half of the weight at least: of equally heavy values, the lower of two middle
// ones. Reorders them; there is one with a positive weight.
template <real T>
[[nodiscard]] T lower_median(std::span<std::pair<T, double>> values) {
  double all = 0;
  for (auto const& v : values) all += v.second;
  std::sort(values.begin(), values.end());
  double below = 0;
  for (auto const& v : values)
    if (below += v.second; 2 * below >= all && v.second > 0) return v.first;
  return values.back().first;
}

template <real T>
[[nodiscard]] T lower_median(std::span<T> values) {
  auto const middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// Moves every center to the medians of its rows, column by column; a center whose rows have no weight stays.
template <real T, executor E>
void move_to_medians(matrix_view<T> rows, std::span<T const> weight, std::span<index_t const> label, index_t clusters,
                     std::span<T> center, E& ex) {
  std::vector<std::size_t> begin(clusters + 1);
  for (index_t const c : label) ++begin[c + 1];
  for (index_t c = 0; c != clusters; ++c) begin[c + 1] += begin[c];
  std::vector<index_t> member(label.size());
  std::vector<std::size_t> next(begin.begin(), begin.end() - 1);
  for (std::size_t i = 0; i != label.size(); ++i) member[next[label[i]]++] = static_cast<index_t>(i);
  std::size_t const d = rows.columns();
  ex.bulk(clusters, [&](std::size_t c) {
    std::span<index_t const> const own(member.data() + begin[c], begin[c + 1] - begin[c]);
    double mass = 0;
    for (index_t const i : own) mass += weight.empty() ? 1 : static_cast<double>(weight[i]);
    if (!(mass > 0)) return;
    std::vector<T> value;
    std::vector<std::pair<T, double>> weighed;
    for (std::size_t j = 0; j != d; ++j) {
      value.clear();
      weighed.clear();
      for (index_t const i : own) {
        if (weight.empty()) value.push_back(rows.row(i)[j]);
        else weighed.emplace_back(rows.row(i)[j], static_cast<double>(weight[i]));
      }
      center[c * d + j] =
          weight.empty() ? lower_median(std::span<T>(value)) : lower_median(std::span<std::pair<T, double>>(weighed));
    }
  });
}

}  // namespace detail

KINDRED_END
