// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/neighbor/all_pairs.hpp>
#include <kindred/neighbor/gathered.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/similarity/prepared.hpp>
#include <kindred/view/csr_view.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

KINDRED_BEGIN

// The rows that explain a row beside one another, for k-NN on clicks: a neighbor_source that is EASE without a dense matrix.
//
//   kindred::implicit_user_knn<kindred::ridge_neighbors>{.neighbors = 500, .similarity = {.regularization = 200}}
//
// Similarities look at two rows at a time, and two neighbors who have the same things both speak in full. Here the weights of a
// row's neighbors are found together: w(a, .), 0 for a itself, minimizes
//
//   sum over columns c of  n(c)^-through ( x(a, c) - sum over b of w(a, b) x(b, c) )^2  +  regularization sum over b of w(a, b)^2
//
// where n(c) counts the rows that have column c. With K the inverse of A A' + regularization I, for A the matrix of
// x(a, c) n(c)^(-through / 2), that is w(a, b) = - K[a][b] / K[a][a] (Steck, "Embarrassingly shallow autoencoders for sparse data",
// 2019, equation 8, with users in the place of items when they are the rows). Kept are the largest
//
//   ( w(a, b) / n(b)^to )^power
//
// of the weights above zero. The more regularization, the nearer w(a, b) comes to the sum over shared columns, the first step of
// a random_walk; what is subtracted with less is what longer walks bring, through rows that are alike.
//
// A row of K is a system of equations, solved by conjugate gradients to a residual of `tolerance` of the right-hand side, or by
// `steps` steps where these do not reach it, as where regularization is next to nothing: what was found by then counts. Every step
// costs four flops a value and row, so that the time is rows x values x steps (seven steps where regularization is a seventh
// of the largest eigenvalue of A A'). Memory beside the lists, in each task: 32 x (4 x rows + columns) numbers. min_shared does
// not apply. Parallel over rows, the same bits on any number of threads. Throws error: setting; numeric when values overflow.
struct ridge_neighbors {
  double regularization = 300;
  double through = 0;  // exponents, zero or more: of how many rows have a column,
  double to = 0;       // of how much a neighbor has
  double power = 1;    // of the weight
  std::uint32_t steps = 100;
  double tolerance = 1e-3;

  template <entity_id Row, real T, executor E>
  [[nodiscard]] neighbor_lists<T> nearest(ratings<T> const& data, neighbor_limits limits, E& ex) const {
    check();
    csr_view<T> const rows = rows_of<Row>(data);
    csr_view<T> const columns = columns_of<Row>(data);
    std::size_t const keep = (std::min)(std::size_t{limits.keep}, std::size_t{rows.rows()});
    std::vector<offset_t> offset(std::size_t{rows.rows()} + 1, 0);
    std::vector<neighbor<T>> entry(keep * rows.rows());
    std::vector<T> column_weight(columns.rows()), row_weight(rows.rows());
    for (index_t c = 0; c != columns.rows(); ++c)
      column_weight[c] =
          static_cast<T>(std::pow(static_cast<double>((std::max)(columns.row(c).size(), std::size_t{1})), -through));
    for (index_t r = 0; r != rows.rows(); ++r)
      row_weight[r] =
          static_cast<T>(std::pow(static_cast<double>((std::max)(rows.row(r).size(), std::size_t{1})), -to));
    std::vector<std::uint8_t> failed(chunk_count(rows.rows(), lanes), 0);
    for_chunks(ex, rows.rows(), lanes, [&](std::size_t first, std::size_t last) {
      buffer<T> const inverse = rows_of_inverse(rows, columns, column_weight, first, last);
      std::vector<neighbor<T>> found;
      for (std::size_t r = first; r != last; ++r) {
        std::size_t const lane = r - first;
        T const own = inverse[r * lanes + lane];
        if (!is_finite(own) || !(own > 0)) {
          failed[first / lanes] = 1;
          return;
        }
        found.clear();
        for (index_t b = 0; b != rows.rows(); ++b) {
          T const w = -inverse[std::size_t{b} * lanes + lane] / own * row_weight[b];
          if (b == r || !(w > 0)) continue;
          T const value = power == 1 ? w : std::pow(w, static_cast<T>(power));
          if (!is_finite(value)) failed[first / lanes] = 1;
          if (value > 0) found.push_back({b, value});
        }
        std::size_t const count = (std::min)(found.size(), keep);
        auto const middle = found.begin() + static_cast<std::ptrdiff_t>(count);
        if (count != found.size()) std::nth_element(found.begin(), middle, found.end(), is_closer<T>);
        std::sort(found.begin(), middle, is_closer<T>);
        std::copy(found.begin(), middle, entry.begin() + static_cast<std::ptrdiff_t>(r * keep));
        offset[r + 1] = count;
      }
    });
    for (std::uint8_t const one : failed)
      if (one != 0)
        raise(error(error_kind::numeric)
              << "ridge_neighbors: values of this size overflow; divide them all by one number");
    return detail::gathered(std::move(offset), std::move(entry), keep);
  }

  void check() const {
    if (!is_finite(regularization) || !(regularization > 0))
      raise(error(error_kind::setting) << "ridge_neighbors: regularization = " << regularization
                                       << "; it has to be a finite number above zero");
    if (!is_finite(power) || !(power > 0))
      raise(error(error_kind::setting) << "ridge_neighbors: power = " << power << "; it has to be a number above zero");
    if (steps == 0) raise(error(error_kind::setting) << "ridge_neighbors: steps = 0; at least one is needed");
    check_not_negative("ridge_neighbors: through", through);
    check_not_negative("ridge_neighbors: to", to);
    check_not_negative("ridge_neighbors: tolerance", tolerance);
  }

private:
  static constexpr std::size_t lanes = 32;  // rows of the inverse that are solved for side by side

  template <real T>
  using lane_sums = std::array<T, lanes>;

  // Rows first ... last of K, each a lane: number [b * lanes + k] belongs to row b and row first + k.
  template <real T>
  [[nodiscard]] buffer<T> rows_of_inverse(csr_view<T> rows, csr_view<T> columns, std::vector<T> const& column_weight,
                                          std::size_t first, std::size_t last) const {
    std::size_t const size = rows.rows() * lanes;
    buffer<T> x(size, T{0}), residual(size, T{0}), direction(size), image(size), middle(columns.rows() * lanes);
    for (std::size_t r = first; r != last; ++r) residual[r * lanes + (r - first)] = 1;
    std::copy_n(residual.data(), size, direction.data());
    lane_sums<T> left;
    left.fill(T{1});
    for (std::size_t k = last - first; k != lanes; ++k) left[k] = 0;
    T const enough = static_cast<T>(tolerance * tolerance);
    // A lane with nothing but rounding left stands still while others are solved: its residual gets too small to divide by.
    T const noise = std::numeric_limits<T>::epsilon() * std::numeric_limits<T>::epsilon();
    for (std::uint32_t step = 0; step != steps; ++step) {
      if (*std::max_element(left.begin(), left.end()) <= enough) break;
      multiply(columns, direction.data(), middle.data());
      for (index_t c = 0; c != columns.rows(); ++c)
        for (std::size_t k = 0; k != lanes; ++k) middle[c * lanes + k] *= column_weight[c];
      multiply(rows, middle.data(), image.data());
      lane_sums<T> length{}, next{};
      for (std::size_t at = 0; at != size; at += lanes)
        for (std::size_t k = 0; k != lanes; ++k) {
          image[at + k] += static_cast<T>(regularization) * direction[at + k];
          length[k] += direction[at + k] * image[at + k];
        }
      for (std::size_t k = 0; k != lanes; ++k) length[k] = left[k] == 0 ? T{0} : left[k] / length[k];
      for (std::size_t at = 0; at != size; at += lanes)
        for (std::size_t k = 0; k != lanes; ++k) {
          x[at + k] += length[k] * direction[at + k];
          residual[at + k] -= length[k] * image[at + k];
          next[k] += residual[at + k] * residual[at + k];
        }
      for (std::size_t k = 0; k != lanes; ++k) {
        if (next[k] <= noise) next[k] = 0;
        left[k] = left[k] == 0 ? T{0} : next[k] / left[k];
      }
      for (std::size_t at = 0; at != size; at += lanes)
        for (std::size_t k = 0; k != lanes; ++k) direction[at + k] = residual[at + k] + left[k] * direction[at + k];
      left = next;
    }
    return x;
  }

  // out = matrix from, lane by lane.
  template <real T>
  static void multiply(csr_view<T> matrix, T const* from, T* out) noexcept {
    for (index_t r = 0; r != matrix.rows(); ++r) {
      lane_sums<T> sum{};
      auto const row = matrix.row(r);
      for (std::size_t j = 0; j != row.size(); ++j) {
        T const* const other = from + std::size_t{row.index[j]} * lanes;
        for (std::size_t k = 0; k != lanes; ++k) sum[k] += row.value[j] * other[k];
      }
      std::copy(sum.begin(), sum.end(), out + std::size_t{r} * lanes);
    }
  }
};

KINDRED_END
