// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/row.hpp>
#include <kindred/view/unchecked.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// What "close to a center" means to a clustering, and so in which unit distance() speaks.
//
//   euclidean  the length of the difference, in the unit of the columns
//   cosine     1 - the cosine of the angle, from 0 (same direction) over 1 (nothing in common) to 2
//   manhattan  the differences of the columns, added up, in their unit
enum class closeness : std::uint8_t { euclidean, cosine, manhattan };

// Rows in segments: the centers, and which row of the training belongs to which.
//
//   auto const segments = kindred::fit(kindred::kmeans<>{.clusters = 8, .seed = 7}, rows).model;
//   segments.labels()[42];    // the segment of row 42
//   segments.assign(newcomer) // that of a new row
//
// A row belongs to its closest center, and to the lowest of equally close ones. New rows must have dims() columns and finite
// numbers. Memory: centers x columns numbers, and 4 bytes a row. assign() costs O(centers x columns), or entries.
template <real T>
class clustering {
public:
  using value_type = T;

  clustering() = default;
  // `centers` in rows, dims numbers each; a label below their number for each row; inertia as in inertia().
  clustering(closeness close, index_t dims, std::vector<T> centers, std::vector<index_t> labels, double inertia)
      : close_(close),
        dims_(dims),
        center_(std::move(centers)),
        label_(std::move(labels)),
        count_(dims == 0 ? 0 : center_.size() / dims),
        inertia_(inertia) {
    for (index_t const c : label_) {
      if (c >= count_.size())
        raise(error(error_kind::shape) << "there is a label " << c << " among " << count_.size() << " clusters");
      ++count_[c];
    }
    for (index_t c = 0; c != size(); ++c) {
      double own = 0;
      for (T const x : center(c)) own += static_cast<double>(x) * static_cast<double>(x);
      squared_length_.push_back(own);
    }
  }

  static constexpr stored_format format{"clustering", 1};
  static void fields(auto& self, auto& visit) {
    visit("closeness", self.close_);
    visit.columns("centers", self.dims_);
    visit("centers", self.center_, self.dims_);
    visit("labels", self.label_);
    visit("inertia", self.inertia_);
  }
  void restore() {
    check_stored(close_ <= closeness::manhattan, "clustering: a closeness that there is");
    check_stored_numbers(center_, "clustering");
    *this = clustering(close_, dims_, std::move(center_), std::move(label_), inertia_);
  }

  [[nodiscard]] index_t size() const noexcept { return static_cast<index_t>(count_.size()); }
  [[nodiscard]] index_t dims() const noexcept { return dims_; }
  [[nodiscard]] closeness measured() const noexcept { return close_; }

  [[nodiscard]] matrix_view<T> centers() const noexcept { return {unchecked, center_.data(), size(), dims_, dims_}; }
  [[nodiscard]] dense_row<T> center(index_t c) const noexcept {
    KINDRED_ASSERT(c < size());
    return {center_.data() + std::size_t{c} * dims_, dims_};
  }

  // Of the rows of the training: the cluster of each, and how many each cluster has.
  [[nodiscard]] std::span<index_t const> labels() const noexcept { return label_; }
  [[nodiscard]] std::span<index_t const> counts() const noexcept { return count_; }
  // How many clusters have rows: fewer than size() when there were not that many different rows.
  [[nodiscard]] index_t occupied() const noexcept {
    index_t some = 0;
    for (index_t const n : count_) some += n != 0 ? 1u : 0u;
    return some;
  }
  // What the training made small, added up over its rows: weight times squared Euclidean distance from the own center, or
  // times (1 - cosine), or times Manhattan distance.
  [[nodiscard]] double inertia() const noexcept { return inertia_; }

  [[nodiscard]] T distance(dense_row<T> row, index_t c) const noexcept { return static_cast<T>(measure(row, c)); }
  [[nodiscard]] T distance(sparse_row<T> row, index_t c) const noexcept { return static_cast<T>(measure(row, c)); }

  // The distance to each center, in order; out.size() == size().
  template <class Row>
  void distances(Row const& row, std::span<T> out) const noexcept {
    KINDRED_ASSERT(out.size() == size());
    for (index_t c = 0; c != size(); ++c) out[c] = distance(row, c);
  }

  [[nodiscard]] index_t assign(dense_row<T> row) const noexcept { return closest(row); }
  [[nodiscard]] index_t assign(sparse_row<T> row) const noexcept { return closest(row); }

  // The cluster of each row of a table, on the executor. Throws error{shape} when the columns or the places do not fit.
  template <executor E = sequential>
  void assign(matrix_view<T> rows, std::span<index_t> out, E&& ex = {}) const {
    assign_all(rows, out, ex);
  }
  template <executor E = sequential>
  void assign(csr_view<T> rows, std::span<index_t> out, E&& ex = {}) const {
    assign_all(rows, out, ex);
  }

  friend bool operator==(clustering const&, clustering const&) = default;

private:
  template <class Rows, executor E>
  void assign_all(Rows rows, std::span<index_t> out, E& ex) const {
    if (rows.columns() != dims_)
      raise(error(error_kind::shape) << "rows of " << rows.columns() << " columns for centers of " << dims_);
    if (out.size() != rows.rows())
      raise(error(error_kind::shape) << "room for " << out.size() << " labels of " << rows.rows() << " rows");
    if (size() == 0) raise(error(error_kind::shape) << "there are no clusters to assign rows to");
    for_chunks(ex, rows.rows(), 256, [&](std::size_t first, std::size_t last) {
      for (std::size_t i = first; i != last; ++i) out[i] = closest(rows.row(static_cast<index_t>(i)));
    });
  }

  template <class Row>
  [[nodiscard]] index_t closest(Row row) const noexcept {
    index_t best = 0;
    double lowest = size() == 0 ? 0 : order(row, 0);
    for (index_t c = 1; c < size(); ++c)
      if (double const own = order(row, c); own < lowest) {
        lowest = own;
        best = c;
      }
    return best;
  }

  // A number that orders the centers as the distance does. Euclidean distances are squared; that a sparse row's be computed
  // from its entries alone, the squared length of the center is kept.
  [[nodiscard]] double order(dense_row<T> row, index_t c) const noexcept {
    KINDRED_ASSERT(row.size() == dims_);
    T const* const at = center(c).data();
    double sum = 0;
    for (std::size_t j = 0; j != row.size(); ++j) {
      auto const x = static_cast<double>(row[j]);
      auto const y = static_cast<double>(at[j]);
      sum += close_ == closeness::cosine      ? -x * y
             : close_ == closeness::manhattan ? std::abs(x - y)
                                              : (x - y) * (x - y);
    }
    return sum;
  }
  [[nodiscard]] double order(sparse_row<T> row, index_t c) const noexcept {
    T const* const at = center(c).data();
    double sum = close_ == closeness::euclidean ? squared_length_[c] : 0;
    if (close_ == closeness::manhattan)
      for (std::size_t j = 0; j != dims_; ++j) sum += std::abs(static_cast<double>(at[j]));
    for (std::size_t e = 0; e != row.size(); ++e) {
      auto const x = static_cast<double>(row.value[e]);
      auto const y = static_cast<double>(at[row.index[e]]);
      sum += close_ == closeness::cosine      ? -x * y
             : close_ == closeness::manhattan ? std::abs(x - y) - std::abs(y)
                                              : x * (x - 2 * y);
    }
    return sum;
  }

  [[nodiscard]] static std::span<T const> values(dense_row<T> row) noexcept { return row; }
  [[nodiscard]] static std::span<T const> values(sparse_row<T> row) noexcept { return row.value; }

  template <class Row>
  [[nodiscard]] double measure(Row row, index_t c) const noexcept {
    KINDRED_ASSERT(c < size());
    double const own = order(row, c);
    if (close_ == closeness::euclidean) return own > 0 ? std::sqrt(own) : 0;
    if (close_ == closeness::manhattan) return own > 0 ? own : 0;
    double length = 0;
    for (T const x : values(row)) length += static_cast<double>(x) * static_cast<double>(x);
    double const cosine = length > 0 ? -own / std::sqrt(length) : 0;  // centers have length one
    return cosine < 1 ? 1 - cosine : 0;
  }

  closeness close_ = closeness::euclidean;
  index_t dims_ = 0;
  std::vector<T> center_;
  std::vector<index_t> label_;
  std::vector<index_t> count_;
  std::vector<double> squared_length_;
  double inertia_ = 0;
};

KINDRED_END
