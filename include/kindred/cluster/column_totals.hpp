// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/matrix_view.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// What clustering wants to know of rows before it begins: by column, the weighted sum, the weighted sum of squares and the
// largest magnitude of what will be added up. `weight` is the sum of the weights.
struct column_totals {
  std::vector<double> sum;
  std::vector<double> square;
  std::vector<double> largest;
  double weight = 0;

  column_totals() = default;
  explicit column_totals(std::size_t columns) : sum(columns), square(columns), largest(columns) {}

  friend column_totals operator+(column_totals a, column_totals const& b) {
    if (a.sum.empty()) return b;
    for (std::size_t j = 0; j != b.sum.size(); ++j) {
      a.sum[j] += b.sum[j];
      a.square[j] += b.square[j];
      if (b.largest[j] > a.largest[j]) a.largest[j] = b.largest[j];
    }
    a.weight += b.weight;
    return a;
  }

  // What is left to explain: the weighted squared distances from the mean row.
  [[nodiscard]] double spread() const noexcept {
    double all = 0;
    for (std::size_t j = 0; j != sum.size(); ++j) {
      double const own = square[j] - sum[j] * sum[j] / weight;
      if (own > 0) all += own;
    }
    return all;
  }
  [[nodiscard]] double squares() const noexcept {
    double all = 0;
    for (double const s : square) all += s;
    return all;
  }
};

template <real T>
[[nodiscard]] double weight_at(std::span<T const> weight, std::size_t row) {
  if (weight.empty()) return 1;
  if (!is_finite(weight[row]) || weight[row] < 0)
    raise(error(error_kind::data).at(row)
          << "the weight of row " << row << " is " << weight[row] << "; weights are finite numbers, zero or more");
  return static_cast<double>(weight[row]);
}

// Rows are compared through their squared lengths, which therefore have to be finite, with room for a few additions.
template <real T>
void check_row(std::size_t row, std::span<T const> value, T squared_length) {
  if (is_finite(squared_length) && squared_length <= (std::numeric_limits<T>::max)() / 64) return;
  for (std::size_t k = 0; k != value.size(); ++k)
    if (!is_finite(value[k]))
      raise(error(error_kind::data).at(row, k) << "number " << k << " of row " << row << " is not finite");
  raise(error(error_kind::data).at(row) << "the numbers of row " << row << " are so large that their squares overflow");
}

inline constexpr std::size_t totals_grain = 4096;

// Fills squared_length, one for each row, and gives the totals. Throws error{data}, naming the first row, when a number or a
// weight is not as it should be.
template <real T, executor E>
[[nodiscard]] column_totals totals_of(matrix_view<T> rows, std::span<T const> weight, std::span<T> squared_length,
                                      E& ex) {
  return reduce_chunks<column_totals>(ex, rows.rows(), totals_grain, [&](std::size_t first, std::size_t last) {
    column_totals out(rows.columns());
    double* const sum = out.sum.data();
    double* const square = out.square.data();
    double* const largest = out.largest.data();
    for (std::size_t i = first; i != last; ++i) {
      auto const row = rows.row(static_cast<index_t>(i));
      squared_length[i] = kernel::dot(row.data(), row.data(), row.size());
      check_row(i, row, squared_length[i]);
      double const w = weight_at(weight, i);
      out.weight += w;
      for (std::size_t j = 0; j != row.size(); ++j) {
        auto const x = static_cast<double>(row[j]);
        double const weighed = w * x;
        double const magnitude = std::abs(weighed);
        sum[j] += weighed;
        square[j] += weighed * x;
        largest[j] = largest[j] < magnitude ? magnitude : largest[j];
      }
    }
    return out;
  });
}

template <real T, executor E>
[[nodiscard]] column_totals totals_of(csr_view<T> rows, std::span<T const> weight, std::span<T> squared_length, E& ex) {
  // One set of totals for all: with many columns and few entries a set for each chunk would be larger than the data.
  column_totals out(rows.columns());
  for_chunks(ex, rows.rows(), totals_grain, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i != last; ++i) {
      auto const row = rows.row(static_cast<index_t>(i));
      squared_length[i] = kernel::dot(row.value.data(), row.value.data(), row.size());
      check_row(i, row.value, squared_length[i]);
      static_cast<void>(weight_at(weight, i));
    }
  });
  for (index_t i = 0; i != rows.rows(); ++i) {
    auto const row = rows.row(i);
    double const w = weight_at(weight, i);
    out.weight += w;
    for (std::size_t e = 0; e != row.size(); ++e) {
      auto const x = static_cast<double>(row.value[e]);
      double const magnitude = std::abs(w * x);
      out.sum[row.index[e]] += w * x;
      out.square[row.index[e]] += w * x * x;
      if (out.largest[row.index[e]] < magnitude) out.largest[row.index[e]] = magnitude;
    }
  }
  return out;
}

}  // namespace detail

KINDRED_END
