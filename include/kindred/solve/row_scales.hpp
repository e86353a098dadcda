// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>

#include <cstddef>
#include <vector>

KINDRED_BEGIN

namespace detail {

// A regularizer that asks how many ratings a row has: its penalty is strength x scale(count).
template <class R>
concept scaled_by_count = requires(R const& r, std::size_t count) {
  { r.scale(count) } noexcept;
};

// By how much the regularizer of each row is to be multiplied; 1 and no memory for one that asks for nothing.
template <real T>
class row_scales {
public:
  template <class Regularizer, class Count>
  row_scales(Regularizer const& how, index_t rows, Count const& count) {
    if constexpr (scaled_by_count<Regularizer>) {
      scale_.reserve(rows);
      for (index_t r = 0; r != rows; ++r) scale_.push_back(static_cast<T>(how.scale(count(r))));
    }
  }
  [[nodiscard]] T operator()(index_t row) const noexcept { return scale_.empty() ? T{1} : scale_[row]; }

private:
  std::vector<T> scale_;
};

}  // namespace detail

KINDRED_END
