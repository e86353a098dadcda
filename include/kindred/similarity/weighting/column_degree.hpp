// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/similarity/prepared.hpp>
#include <kindred/view/csr_view.hpp>

#include <cmath>
#include <vector>

KINDRED_BEGIN

// A weighting: every value over a power of how many values its column has. Columns that everybody shares say little of anybody.
struct column_degree {
  double power = 0.5;

  template <entity_id Row, real T>
  [[nodiscard]] ratings<T> prepare(ratings<T> const& data) const {
    auto const columns = columns_of<Row>(data);
    std::vector<double> factor(columns.rows());
    for (index_t c = 0; c != columns.rows(); ++c) {
      auto const n = static_cast<double>(columns.row(c).size());
      factor[c] = n > 0 ? std::pow(n, -power) : 0;
    }
    return revalued<Row>(data, [&](index_t, index_t column, double value) { return value * factor[column]; });
  }

  void check() const {
    if (!is_finite(power))
      raise(error(error_kind::setting) << "column_degree: power = " << power << "; it has to be a finite number");
  }
};

KINDRED_END
