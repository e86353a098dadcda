// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/segment_stats.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/random.hpp>
#include <kindred/view/matrix_view.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

KINDRED_BEGIN

// The plane in which rows are spread most: their mean and two directions of length one, at right angles. For pictures.
struct principal_plane {
  std::vector<double> mean;
  std::array<std::vector<double>, 2> axis;
  std::array<double, 2> share{};  // of all variance, along each axis, 0 to 1; 0 where the rows do not differ

  // Where a row lies in the plane.
  template <real T>
  [[nodiscard]] std::array<double, 2> at(dense_row<T> row) const noexcept {
    std::array<double, 2> out{};
    for (std::size_t j = 0; j != row.size(); ++j)
      for (std::size_t a = 0; a != 2; ++a) out[a] += (static_cast<double>(row[j]) - mean[j]) * axis[a][j];
    return out;
  }
};

// The plane of the first two principal components, by orthogonal iteration on the rows: 40 passes, after which directions whose
// variances differ by a tenth are apart to 1e-3; enough to draw, not to compute with. The sign of each direction is such that
// its largest number is positive. Divide columns by their deviations first when their units differ. At most 65 536 rows,
// evenly taken, are looked at. O(rows x columns) a pass; the same bits on any number of threads.
template <real T, executor E = sequential>
[[nodiscard]] principal_plane principal_plane_of(matrix_view<T> rows, E&& ex = {}) {
  if (rows.rows() == 0 || rows.columns() == 0) raise(error(error_kind::shape) << "no rows to draw");
  std::size_t const columns = rows.columns();
  std::vector<index_t> const one(rows.rows(), 0);
  auto const stats = detail::stats_of<T>(rows, one, 1, ex);
  double variance = 0;
  for (double const s : stats.spread) variance += s / rows.rows();

  principal_plane out{stats.mean, {}, {}};
  for (std::size_t a = 0; a != 2; ++a) {
    random_stream random(7, a);
    out.axis[a].resize(columns);
    for (double& x : out.axis[a]) x = normal(random);
  }
  // Makes the directions orthonormal; their lengths before.
  auto const straighten = [&] {
    std::array<double, 2> length{};
    for (std::size_t a = 0; a != 2; ++a) {
      auto& v = out.axis[a];
      if (a == 1) {
        double along = 0;
        for (std::size_t j = 0; j != columns; ++j) along += v[j] * out.axis[0][j];
        for (std::size_t j = 0; j != columns; ++j) v[j] -= along * out.axis[0][j];
      }
      double sum = 0;
      for (double const x : v) sum += x * x;
      length[a] = std::sqrt(sum);
      for (double& x : v) x = length[a] > 1e-100 ? x / length[a] : 0;
    }
    return length;
  };
  straighten();
  struct pull {  // the sum over rows of <row, axis> row, for both axes
    std::array<std::vector<double>, 2> sum;
    pull operator+(pull const& other) const {
      if (sum[0].empty()) return other;
      pull all = *this;
      for (std::size_t k = 0; k != 2; ++k)
        for (std::size_t j = 0; j != all.sum[k].size(); ++j) all.sum[k][j] += other.sum[k][j];
      return all;
    }
  };
  std::size_t const count = rows.rows() < 65536 ? rows.rows() : 65536;
  for (int pass = 0; pass != 40 && variance > 0; ++pass) {
    auto const all = reduce_chunks<pull>(ex, count, 2048, [&](std::size_t first, std::size_t last) {
      pull part{{std::vector<double>(columns), std::vector<double>(columns)}};
      for (std::size_t k = first; k != last; ++k) {
        auto const row = rows.row(static_cast<index_t>(std::size_t{rows.rows()} * k / count));
        auto const place = out.at(row);
        for (std::size_t a = 0; a != 2; ++a)
          for (std::size_t j = 0; j != columns; ++j)
            part.sum[a][j] += place[a] * (static_cast<double>(row[j]) - out.mean[j]);
      }
      return part;
    });
    out.axis = all.sum;
    auto const length = straighten();
    for (std::size_t a = 0; a != 2; ++a) {
      double const share = length[a] / static_cast<double>(count) / variance;
      out.share[a] = share < 1 ? share : 1;
    }
  }
  for (auto& v : out.axis) {
    std::size_t largest = 0;
    for (std::size_t j = 1; j != columns; ++j)
      if (std::abs(v[j]) > std::abs(v[largest])) largest = j;
    if (v[largest] < 0)
      for (double& x : v) x = -x;
  }
  return out;
}

KINDRED_END
