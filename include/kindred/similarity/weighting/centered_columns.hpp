// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/similarity/prepared.hpp>
#include <kindred/view/csr_view.hpp>

#include <vector>

KINDRED_BEGIN

// A weighting: every value less the mean of its column. With items as rows it takes off how generous each user is.
struct centered_columns {
  template <entity_id Row, real T>
  [[nodiscard]] ratings<T> prepare(ratings<T> const& data) const {
    auto const columns = columns_of<Row>(data);
    std::vector<double> mean(columns.rows(), 0.0);
    for (index_t c = 0; c != columns.rows(); ++c) {
      auto const value = columns.row(c).value;
      for (T const v : value) mean[c] += static_cast<double>(v) / static_cast<double>(value.size());
    }
    return revalued<Row>(data, [&](index_t, index_t column, double value) { return value - mean[column]; });
  }
};

KINDRED_END
