// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/random.hpp>
#include <kindred/view/row.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace testing {

// Rows that are hard on a comparison, as dense and as sparse ones: an empty, a constant and a single-valued row, equal,
// opposite and scaled rows, rows that share no column, distributions, rows of length one, rows that differ by little more
// than rounding, and - because random rows hardly ever break a false triangle inequality - rows that lie almost on one line.
template <real T>
class law_rows {
public:
  explicit law_rows(std::size_t columns = 12, std::uint64_t seed = 1) : columns_(columns) {
    random_stream random(seed, 0);
    std::vector<T> a(columns), b(columns);
    for (std::size_t k = 0; k != columns; ++k) a[k] = static_cast<T>(static_cast<int>(below(random, 9)) - 4);
    for (std::size_t k = 0; k != columns; ++k) b[k] = static_cast<T>(normal(random));
    auto const blend = [&](T of_a, T of_b) {
      std::vector<T> row(columns);
      for (std::size_t k = 0; k != columns; ++k) row[k] = of_a * a[k] + of_b * b[k];
      add(row);
    };
    add(std::vector<T>(columns, T{0}));
    add(std::vector<T>(columns, T{3}));
    std::vector<T> left(columns, T{0}), right(columns, T{0}), single(columns, T{0});
    for (std::size_t k = 0; k != columns; ++k) (k < columns / 2 ? left : right)[k] = b[k] + T{5};
    single[columns / 2] = T{2};
    add(left);
    add(right);
    add(single);
    for (T const t : {T{0}, T{0.5f}, T{1}, T{2}, T{-1}, T{1e-3f}}) blend(t, T{1});  // on one line
    for (T const t : {T{1}, T{1}, T{-1}, T{100}, T{1e-3f}}) blend(t, T{0});         // equal, opposite, scaled
    for (int r = 0; r != 8; ++r) {                                                  // stars, about half of them missing
      std::vector<T> row(columns, T{0});
      for (T& x : row)
        if (below(random, 2) != 0) x = static_cast<T>(1 + below(random, 5));
      add(row);
    }
    T total = 0, squares = 0;
    for (T const x : b) {
      total += x < 0 ? -x : x;
      squares += x * x;
    }
    for (T const t : {T{0}, T{1e-5f}, T{1e-3f}, T{0.25f}}) {  // nowhere negative, sum one: from the first to the second
      std::vector<T> row(columns);
      for (std::size_t k = 0; k != columns; ++k)
        row[k] = (1 - t) * (b[k] < 0 ? -b[k] : b[k]) / total + t / static_cast<T>(columns);
      add(row);
    }
    T const length = std::sqrt(squares);
    for (T const t : {T{0}, T{1e-6f}, T{1e-4f}, T{1e-2f}}) {  // of length one, or nearly
      std::vector<T> row(columns);
      for (std::size_t k = 0; k != columns; ++k) row[k] = b[k] / length + (k == 0 ? t : T{0});
      add(row);
    }
  }

  [[nodiscard]] std::vector<dense_row<T>> dense() const {
    std::vector<dense_row<T>> all;
    for (std::size_t at = 0; at != dense_.size(); at += columns_)
      all.push_back(std::span(dense_).subspan(at, columns_));
    return all;
  }

  // Without the zeros.
  [[nodiscard]] std::vector<sparse_row<T>> sparse() const {
    std::vector<sparse_row<T>> all;
    for (std::size_t r = 0; r + 1 < first_.size(); ++r)
      all.push_back({std::span(index_).subspan(first_[r], first_[r + 1] - first_[r]),
                     std::span(value_).subspan(first_[r], first_[r + 1] - first_[r])});
    return all;
  }

private:
  void add(std::vector<T> const& row) {
    dense_.insert(dense_.end(), row.begin(), row.end());
    for (std::size_t k = 0; k != row.size(); ++k)
      if (row[k] != 0) {
        index_.push_back(static_cast<index_t>(k));
        value_.push_back(row[k]);
      }
    first_.push_back(index_.size());
  }

  std::size_t columns_;
  std::vector<T> dense_;
  std::vector<std::size_t> first_ = {0};
  std::vector<index_t> index_;
  std::vector<T> value_;
};

}  // namespace testing

KINDRED_END
