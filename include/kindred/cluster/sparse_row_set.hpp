// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/column_totals.hpp>
#include <kindred/cluster/row_length.hpp>
#include <kindred/cluster/row_set_base.hpp>
#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/two_closest.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/row.hpp>
#include <kindred/view/unchecked.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

namespace detail {

// Rows in which few columns have a value, as k-means asks them.
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

}  // namespace detail

KINDRED_END
