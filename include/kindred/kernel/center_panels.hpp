// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/batch.hpp>

#include <cstddef>
#include <limits>
#include <span>

KINDRED_BEGIN

namespace kernel {

// Centers, laid out one a lane. A panel is as many centers as a register has lanes; lanes without a center never win.
template <real T>
class center_panels {
public:
  static constexpr std::size_t width = batch<T>::size;

  center_panels() = default;
  center_panels(index_t centers, index_t dims)
      : centers_(centers),
        dims_(dims),
        panels_((std::size_t{centers} + width - 1) / width),
        value_(panels_ * width * dims, T{0}),
        offset_(panels_ * width, (std::numeric_limits<T>::max)()) {}

  [[nodiscard]] index_t centers() const noexcept { return centers_; }
  [[nodiscard]] index_t dims() const noexcept { return dims_; }
  [[nodiscard]] std::size_t panels() const noexcept { return panels_; }

  // Panel p begins at coordinate j with panel(p) + j * width.
  [[nodiscard]] T const* panel(std::size_t p) const noexcept { return value_.data() + p * width * dims_; }
  [[nodiscard]] T const* offsets(std::size_t p) const noexcept { return offset_.data() + p * width; }

  void set(index_t center, T offset, std::span<T const> row) noexcept {
    T* const lane = value_.data() + center / width * width * dims_ + center % width;
    for (std::size_t j = 0; j != dims_; ++j) lane[j * width] = row[j];
    offset_[center] = offset;
  }

private:
  index_t centers_ = 0;
  index_t dims_ = 0;
  std::size_t panels_ = 0;
  buffer<T> value_;
  buffer<T> offset_;
};

}  // namespace kernel

KINDRED_END
