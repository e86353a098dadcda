// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/similarity/shared_count.hpp>

KINDRED_BEGIN

// In how many columns both rows have a value, either, and any row at all: what measures of association are made of.
struct contingency {
  double both = 0;
  double first = 0;  // shared ones included
  double second = 0;
  double columns = 0;  // there are: no fewer than either row has a value in

  // `columns` says how many there are; 0 takes what the rows know of their matrix, and, where they know nothing, the columns
  // that either has a value in.
  [[nodiscard]] static contingency of(shared_count const& shared, row_sums const& a, row_sums const& b,
                                      index_t columns) noexcept {
    contingency t{.both = static_cast<double>(shared.count),
                  .first = static_cast<double>(a.count),
                  .second = static_cast<double>(b.count)};
    double const either = t.first + t.second - t.both;
    double const known = columns != 0 ? columns : a.columns;
    t.columns = known > either ? known : either;
    return t;
  }
};

KINDRED_END
