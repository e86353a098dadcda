// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/center_set.hpp>
#include <kindred/cluster/lloyd.hpp>
#include <kindred/cluster/rehearsal.hpp>
#include <kindred/cluster/row_length.hpp>
#include <kindred/cluster/row_sample.hpp>
#include <kindred/cluster/row_set.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/run/executor.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>

KINDRED_BEGIN

namespace detail {

// Centers that are given, where the rows lie.
template <class Rows, class Given>
[[nodiscard]] center_set<typename Rows::value_type> centers_given(Rows const& rows, Given const& given,
                                                                  row_length length, index_t clusters) {
  using T = typename Rows::value_type;
  if (given.rows() != clusters || given.columns() != rows.dims())
    raise(error(error_kind::shape) << "given_centers: " << given.rows() << " rows of " << given.columns()
                                   << " columns, for " << clusters << " clusters of " << rows.dims());
  center_set<T> centers(clusters, rows.dims());
  for (index_t c = 0; c != clusters; ++c) {
    auto const row = given.row(c);
    T squared = 0;
    for (std::size_t j = 0; j != row.size(); ++j) {
      centers.row(c)[j] = row[j] - rows.shift()[j];
      squared += centers.row(c)[j] * centers.row(c)[j];
    }
    check_row(c, row, squared);
    if (length == row_length::unit && squared > 0)
      for (T& x : centers.row(c)) x /= std::sqrt(squared);
    centers.settle(c, 0);
  }
  centers.settle_all();
  return centers;
}

// Where a run of k-means begins: at centers that are given, or at rows that the policy chooses, rehearsed on a sample.
template <class Rows, class Initial, executor E>
[[nodiscard]] center_set<typename Rows::value_type> first_centers(Rows const& rows, Initial const& initial,
                                                                  rehearsal const& how, lloyd_settings const& settings,
                                                                  index_t clusters, std::uint64_t seed, E& ex) {
  if constexpr (requires { initial.centers; }) return centers_given(rows, initial.centers, settings.length, clusters);
  else {
    std::size_t sample = std::size_t{how.rows} * clusters;
    while (sample != 0 && sample <= rows.size() / 32) sample *= 2;
    if (sample == 0) return centers_at(rows, initial.choose(rows, clusters, seed, ex), clusters);
    if (sample >= rows.size()) return rehearse(rows, initial, how, settings, clusters, seed, ex);
    auto const drawn = draw_sample(rows, sample, seed);
    auto const weight = rows.weights_of(drawn);
    Rows const few = rows.select(drawn, weight, ex);
    return rehearse(few, initial, how, settings, clusters, seed, ex);
  }
}

}  // namespace detail

KINDRED_END
