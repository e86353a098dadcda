// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/similarity/prepared.hpp>
#include <kindred/view/csr_view.hpp>

#include <cmath>
#include <vector>

KINDRED_BEGIN

// A weighting: every value times log(rows / rows with a value in the column); 0 where all have one (Breese, Heckerman and
// Kadie, "Empirical analysis of predictive algorithms for collaborative filtering", 1998, section 2.2, "inverse user
// frequency").
//
// To like what everybody likes says little. Rows without any value count as rows.
struct inverse_frequency {
  template <entity_id Row, real T>
  [[nodiscard]] ratings<T> prepare(ratings<T> const& data) const {
    auto const columns = columns_of<Row>(data);
    auto const rows = static_cast<double>(columns.columns());
    std::vector<double> factor(columns.rows());
    for (index_t c = 0; c != columns.rows(); ++c) {
      auto const n = static_cast<double>(columns.row(c).size());
      factor[c] = n > 0 ? std::log(rows / n) : 0;
    }
    return revalued<Row>(data, [&](index_t, index_t column, double value) { return value * factor[column]; });
  }
};

KINDRED_END
