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

// A weighting: every value times log((1 + rows) / (1 + rows with a value in the column)) + 1, the smoothed inverse document
// frequency of scikit-learn (Sparck Jones, "A statistical interpretation of term specificity", 1972).
//
// A row is the document, a column the term, a value how often it occurs. Under a cosine rows need no further normalization.
struct tf_idf {
  template <entity_id Row, real T>
  [[nodiscard]] ratings<T> prepare(ratings<T> const& data) const {
    auto const columns = columns_of<Row>(data);
    auto const rows = static_cast<double>(columns.columns());
    std::vector<double> factor(columns.rows());
    for (index_t c = 0; c != columns.rows(); ++c)
      factor[c] = std::log((1 + rows) / (1 + static_cast<double>(columns.row(c).size()))) + 1;
    return revalued<Row>(data, [&](index_t, index_t column, double value) { return value * factor[column]; });
  }
};

KINDRED_END
