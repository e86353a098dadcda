// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/column_totals.hpp>
#include <kindred/cluster/fixed_sums.hpp>
#include <kindred/cluster/squared_gap.hpp>
#include <kindred/cluster/weighted_rows.hpp>
#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/kernel/two_closest.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/unchecked.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// How k-means sees rows. `unit`: every row is divided by its length, so that only its direction counts.
enum class row_length : std::uint8_t { as_is, unit };

namespace detail {

// What dense and sparse rows have in common: weights, squared lengths, totals. Centers are kept relative to shift().
template <real T>
class row_set_base {
public:
  using value_type = T;

  [[nodiscard]] index_t size() const noexcept { return static_cast<index_t>(squared_length_.size()); }
  [[nodiscard]] index_t dims() const noexcept { return static_cast<index_t>(shift_.size()); }
  [[nodiscard]] double weight(index_t i) const noexcept {
    return weight_.empty() ? 1.0 : static_cast<double>(weight_[i]);
  }
  [[nodiscard]] std::span<T const> weights() const noexcept { return weight_; }
  // The weights of the rows `which`; none when all are one.
  [[nodiscard]] std::vector<T> weights_of(std::span<index_t const> which) const {
    std::vector<T> out;
    if (!weight_.empty())
      for (index_t const i : which) out.push_back(weight_[i]);
    return out;
  }
  [[nodiscard]] T squared_length(index_t i) const noexcept { return squared_length_[i]; }
  [[nodiscard]] column_totals const& totals() const noexcept { return totals_; }
  [[nodiscard]] fixed_scale const& scale() const noexcept { return scale_; }
  [[nodiscard]] std::span<T const> shift() const noexcept { return shift_; }

protected:
  void check_shape(index_t rows, index_t columns, std::size_t weights) const {
    if (rows == 0) raise(error(error_kind::shape) << "there are no rows to cluster");
    if (columns == 0) raise(error(error_kind::shape) << "rows without columns cannot be clustered");
    if (weights != 0 && weights != rows)
      raise(error(error_kind::shape) << weights << " weights for " << rows << " rows; there has to be one for each");
  }
  void settle() {
    if (!(totals_.weight > 0)) raise(error(error_kind::data) << "the weights of all rows are zero");
    scale_ = fixed_scale(totals_.largest, size());
  }

  std::vector<T> shift_;
  std::span<T const> weight_;
  buffer<T> squared_length_;
  column_totals totals_;
  fixed_scale scale_;
};

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

template <real T>
class sparse_row_set : public row_set_base<T> {
public:
  sparse_row_set(sparse_row_set&&) noexcept = default;

  template <executor E>
  sparse_row_set(csr_view<T> rows, std::span<T const> weight, row_length length, E& ex) : rows_(rows) {
    this->check_shape(rows.rows(), rows.columns(), weight.size());
    this->weight_ = weight;
    this->shift_.assign(rows.columns(), T{0});
    this->squared_length_ = buffer<T>(rows.rows());
    measure(ex);
    if (length == row_length::unit) {
      value_ = buffer<T>(rows.size());
      for (index_t i = 0; i != rows.rows(); ++i) {
        T const own = this->squared_length_[i];
        T const factor = own > 0 ? 1 / std::sqrt(own) : T{1};
        for (auto e = static_cast<std::size_t>(rows.offset()[i]); e != rows.offset()[i + 1]; ++e)
          value_[e] = rows.value()[e] * factor;
      }
      rows_ = {unchecked, rows.offset(), rows.index(), value_.span(), rows.columns()};
      measure(ex);
    }
    this->settle();
  }

  void copy_row(index_t i, std::span<T> out) const noexcept {
    for (T& x : out) x = 0;
    auto const row = rows_.row(i);
    for (std::size_t e = 0; e != row.size(); ++e) out[row.index[e]] = row.value[e];
  }

  static constexpr std::size_t most = 256;
  void closest(std::span<index_t const> which, kernel::center_panels<T> const& centers, std::size_t first,
               std::size_t last, kernel::two_closest<T>* out) const noexcept {
    for (std::size_t k = 0; k != which.size(); ++k)
      kernel::find_two_closest<T>(rows_.row(which[k]), centers, first, last, out + k);
  }
  void scores(std::span<index_t const> which, kernel::center_panels<T> const& centers, std::size_t first,
              std::size_t last, T* out, std::size_t stride) const noexcept {
    for (std::size_t k = 0; k != which.size(); ++k)
      kernel::score_centers<T>(rows_.row(which[k]), centers, first, last, out + k * stride);
  }
  [[nodiscard]] T dot(index_t i, T const* center) const noexcept {
    auto const row = rows_.row(i);
    T sum = 0;
    for (std::size_t e = 0; e != row.size(); ++e) sum += row.value[e] * center[row.index[e]];
    return sum;
  }
  [[nodiscard]] double distance2(index_t i, T const* center, double squared_center) const noexcept {
    auto const row = rows_.row(i);
    double sum = squared_center;
    for (std::size_t e = 0; e != row.size(); ++e) {
      auto const x = static_cast<double>(row.value[e]);
      sum += x * (x - 2 * static_cast<double>(center[row.index[e]]));
    }
    return sum > 0 ? sum : 0;
  }

  void add(index_t i, std::int64_t* sum) const noexcept {
    auto const row = rows_.row(i);
    for (std::size_t e = 0; e != row.size(); ++e) sum[row.index[e]] += fixed(i, row, e);
  }
  void subtract(index_t i, std::int64_t* sum) const noexcept {
    auto const row = rows_.row(i);
    for (std::size_t e = 0; e != row.size(); ++e) sum[row.index[e]] -= fixed(i, row, e);
  }

  template <executor E>
  [[nodiscard]] sparse_row_set select(std::span<index_t const> which, std::span<T const> weight, E& ex) const {
    return sparse_row_set(*this, which, weight, ex);
  }

private:
  template <executor E>
  sparse_row_set(sparse_row_set const& all, std::span<index_t const> which, std::span<T const> weight, E& ex) {
    std::size_t entries = 0;
    for (index_t const i : which) entries += all.rows_.row(i).size();
    offset_ = buffer<offset_t>(which.size() + 1);
    index_ = buffer<index_t>(entries);
    value_ = buffer<T>(entries);
    offset_[0] = entries = 0;
    for (std::size_t k = 0; k != which.size(); ++k) {
      auto const row = all.rows_.row(which[k]);
      for (std::size_t e = 0; e != row.size(); ++e, ++entries) {
        index_[entries] = row.index[e];
        value_[entries] = row.value[e];
      }
      offset_[k + 1] = entries;
    }
    rows_ = {unchecked, offset_.span(), index_.span(), value_.span(), all.rows_.columns()};
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
  [[nodiscard]] std::int64_t fixed(index_t i, sparse_row<T> row, std::size_t e) const noexcept {
    return this->scale_.fixed(this->weight(i) * static_cast<double>(row.value[e]), row.index[e]);
  }

  csr_view<T> rows_;
  buffer<offset_t> offset_;
  buffer<index_t> index_;
  buffer<T> value_;
};

// The set of rows for a view, weighted or not.
template <real T, executor E>
[[nodiscard]] dense_row_set<T> row_set_of(matrix_view<T> rows, row_length length, E& ex) {
  return {rows, {}, length, ex};
}
template <real T, executor E>
[[nodiscard]] sparse_row_set<T> row_set_of(csr_view<T> rows, row_length length, E& ex) {
  return {rows, {}, length, ex};
}
template <real T, executor E>
[[nodiscard]] dense_row_set<T> row_set_of(weighted_rows<matrix_view<T>> const& data, row_length length, E& ex) {
  return {data.rows, data.weight, length, ex};
}
template <real T, executor E>
[[nodiscard]] sparse_row_set<T> row_set_of(weighted_rows<csr_view<T>> const& data, row_length length, E& ex) {
  return {data.rows, data.weight, length, ex};
}

}  // namespace detail

KINDRED_END
