// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/column_totals.hpp>
#include <kindred/cluster/fixed_sums.hpp>
#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>

#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

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

}  // namespace detail

KINDRED_END
