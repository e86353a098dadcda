// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/column_totals.hpp>
#include <kindred/cluster/fixed_sums.hpp>
#include <kindred/cluster/row_length.hpp>
#include <kindred/cluster/row_set_base.hpp>
#include <kindred/cluster/squared_gap.hpp>
#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/kernel/two_closest.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/unchecked.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

namespace detail {

// Rows in which every column has a value, as k-means asks them.
template <real T>
class dense_row_set : public row_set_base<T> {
public:
  dense_row_set(dense_row_set&&) noexcept = default;  // a copy would see the rows of the original

  // Keeps the view. Rows that lie far from zero, measured by how far they lie from each other, are copied less their mean:
  // distances by inner products would lose their digits. Rows of unit length are a copy as well.
  template <executor E>
  dense_row_set(matrix_view<T> rows, std::span<T const> weight, row_length length, E& ex) : rows_(rows) {
    this->check_shape(rows.rows(), rows.columns(), weight.size());
    this->weight_ = weight;
    this->shift_.assign(rows.columns(), T{0});
    this->squared_length_ = buffer<T>(rows.rows());
    measure(ex);
    double moved = 0;
    if (length == row_length::as_is) {
      for (double const s : this->totals_.sum) moved += s / this->totals_.weight * s;
      if (!(moved > 4 * this->totals_.spread())) moved = 0;
      if (moved != 0)
        for (std::size_t j = 0; j != rows.columns(); ++j)
          this->shift_[j] = static_cast<T>(this->totals_.sum[j] / this->totals_.weight);
    }
    if (length == row_length::unit || moved != 0) {
      copy_rows(length, ex);
      measure(ex);
    }
    this->settle();
  }

  [[nodiscard]] T const* row(index_t i) const noexcept { return rows_.data() + i * rows_.stride(); }
  void copy_row(index_t i, std::span<T> out) const noexcept {
    for (std::size_t j = 0; j != out.size(); ++j) out[j] = row(i)[j];
  }

  // For rows which[0], which[1] ...: see kernel::find_two_closest. At most `most` rows.
  static constexpr std::size_t most = 256;
  void closest(std::span<index_t const> which, kernel::center_panels<T> const& centers, std::size_t first,
               std::size_t last, kernel::two_closest<T>* out) const noexcept {
    T const* at[most];
    for (std::size_t k = 0; k != which.size(); ++k) at[k] = row(which[k]);
    kernel::find_two_closest<T>({at, which.size()}, centers, first, last, out);
  }
  void scores(std::span<index_t const> which, kernel::center_panels<T> const& centers, std::size_t first,
              std::size_t last, T* out, std::size_t stride) const noexcept {
    T const* at[most];
    for (std::size_t k = 0; k != which.size(); ++k) at[k] = row(which[k]);
    kernel::score_centers<T>({at, which.size()}, centers, first, last, out, stride);
  }
  [[nodiscard]] T dot(index_t i, T const* center) const noexcept {
    return kernel::dot(row(i), center, rows_.columns());
  }
  // The squared distance, in double; squared_center is the squared length of the center.
  [[nodiscard]] double distance2(index_t i, T const* center, double /*squared_center*/) const noexcept {
    return squared_gap(row(i), center, rows_.columns());
  }

  void add(index_t i, std::int64_t* sum) const noexcept {
    add_fixed(this->scale_, row(i), rows_.columns(), this->weight(i), sum);
  }
  void subtract(index_t i, std::int64_t* sum) const noexcept {
    subtract_fixed(this->scale_, row(i), rows_.columns(), this->weight(i), sum);
  }

  // A copy of the rows `which`, with these weights (none: all one), which have to live as long as the result.
  template <executor E>
  [[nodiscard]] dense_row_set select(std::span<index_t const> which, std::span<T const> weight, E& ex) const {
    return dense_row_set(*this, which, weight, ex);
  }

private:
  template <executor E>
  dense_row_set(dense_row_set const& all, std::span<index_t const> which, std::span<T const> weight, E& ex)
      : copy_(which.size() * all.rows_.columns()) {
    index_t const columns = all.rows_.columns();
    for (std::size_t k = 0; k != which.size(); ++k) all.copy_row(which[k], {copy_.data() + k * columns, columns});
    rows_ = {unchecked, copy_.data(), static_cast<index_t>(which.size()), columns, columns};
    this->shift_ = all.shift_;
    this->weight_ = weight;
    this->squared_length_ = buffer<T>(which.size());
    measure(ex);
    this->settle();
  }

  template <executor E>
  void measure(E& ex) {
    this->totals_ = totals_of<T>(rows_, this->weight_, this->squared_length_.span(), ex);
  }

  template <executor E>
  void copy_rows(row_length length, E& ex) {
    std::size_t const columns = rows_.columns();
    copy_ = buffer<T>(rows_.rows() * columns);
    for_chunks(ex, rows_.rows(), totals_grain, [&](std::size_t first, std::size_t last) {
      for (std::size_t i = first; i != last; ++i) {
        T const* const from = row(static_cast<index_t>(i));
        T* const to = copy_.data() + i * columns;
        T const own = this->squared_length_[i];
        T const factor = length == row_length::unit && own > 0 ? 1 / std::sqrt(own) : T{1};
        for (std::size_t j = 0; j != columns; ++j) to[j] = (from[j] - this->shift_[j]) * factor;
      }
    });
    rows_ = {unchecked, copy_.data(), rows_.rows(), rows_.columns(), columns};
  }

  matrix_view<T> rows_;
  buffer<T> copy_;
};

}  // namespace detail

KINDRED_END
