// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/similarity/prepared.hpp>
#include <kindred/view/csr_view.hpp>

#include <algorithm>
#include <vector>

KINDRED_BEGIN

// A weighting: the place of every value among those of its row, from 1 for the lowest; equal values share the mean of their
// places. What is left is the order, whatever the scale.
struct row_ranks {
  template <entity_id Row, real T>
  [[nodiscard]] ratings<T> prepare(ratings<T> const& data) const {
    auto const rows = rows_of<Row>(data);
    std::vector<std::vector<T>> sorted(rows.rows());
    for (index_t r = 0; r != rows.rows(); ++r) {
      auto const value = rows.row(r).value;
      sorted[r].assign(value.begin(), value.end());
      std::sort(sorted[r].begin(), sorted[r].end());
    }
    return revalued<Row>(data, [&](index_t row, index_t, double value) {
      auto const& all = sorted[row];
      auto const [first, last] = std::equal_range(all.begin(), all.end(), static_cast<T>(value));
      return 0.5 * static_cast<double>((first - all.begin()) + (last - all.begin()) + 1);
    });
  }
};

KINDRED_END
