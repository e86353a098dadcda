// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/similarity/prepared.hpp>
#include <kindred/view/csr_view.hpp>

#include <cmath>
#include <vector>

KINDRED_BEGIN

// A weighting of counts: BM25 (Robertson and Walker, "Some simple effective approximations to the 2-Poisson model", 1994), with
// the frequency as in Lucene, which is never negative:
//
//   log(1 + (rows - n + 1/2) / (n + 1/2))  v (k1 + 1) / (v + k1 (1 - b + b length / mean length))
//
// n is how many rows have a value in the column, the length of a row the sum of its values. More of the same counts ever less
// (k1), and less so in long rows (b). Of negative values the sign is kept and the rest is done to their size.
struct bm25 {
  double k1 = 1.2;  // zero or more; 0 asks only whether there is a value
  double b = 0.75;  // in [0, 1]

  template <entity_id Row, real T>
  [[nodiscard]] ratings<T> prepare(ratings<T> const& data) const {
    auto const rows = rows_of<Row>(data), columns = columns_of<Row>(data);
    auto const count = static_cast<double>(rows.rows());
    std::vector<double> frequency(columns.rows()), length(rows.rows(), 0.0);
    for (index_t c = 0; c != columns.rows(); ++c) {
      auto const n = static_cast<double>(columns.row(c).size());
      frequency[c] = std::log(1 + (count - n + 0.5) / (n + 0.5));
    }
    double mean = 0;
    for (index_t r = 0; r != rows.rows(); ++r) {
      for (T const v : rows.row(r).value) length[r] += std::abs(static_cast<double>(v));
      mean += length[r] / count;
    }
    return revalued<Row>(data, [&](index_t row, index_t column, double value) {
      if (value == 0 || !(mean > 0)) return 0.0;
      double const size = std::abs(value);
      double const damped = size * (k1 + 1) / (size + k1 * (1 - b + b * (length[row] / mean)));
      return std::copysign(damped * frequency[column], value);
    });
  }

  void check() const {
    check_not_negative("bm25: k1", k1);
    if (!(b >= 0 && b <= 1)) raise(error(error_kind::setting) << "bm25: b = " << b << "; it goes from 0 to 1");
  }
};

KINDRED_END
