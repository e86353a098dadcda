// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/center_panels.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// The centers of an epoch: as rows, as panels for the kernel, and with what the bounds need: how long they are and how far
// the last step moved them. Lengths and moves are rounded up.
template <real T>
class center_set {
public:
  center_set(index_t centers, index_t dims)
      : dims_(dims),
        row_(std::size_t{centers} * dims, T{0}),
        panels_(centers, dims),
        squared_length_(centers, T{0}),
        drift_(centers, T{0}) {}

  [[nodiscard]] index_t size() const noexcept { return panels_.centers(); }
  [[nodiscard]] index_t dims() const noexcept { return dims_; }
  [[nodiscard]] std::span<T> row(index_t c) noexcept { return {row_.data() + std::size_t{c} * dims_, dims_}; }
  [[nodiscard]] std::span<T const> row(index_t c) const noexcept {
    return {row_.data() + std::size_t{c} * dims_, dims_};
  }
  [[nodiscard]] kernel::center_panels<T> const& panels() const noexcept { return panels_; }
  [[nodiscard]] T squared_length(index_t c) const noexcept { return squared_length_[c]; }
  [[nodiscard]] T drift(index_t c) const noexcept { return drift_[c]; }
  [[nodiscard]] T longest() const noexcept { return longest_; }

  // After the rows were written: center c moved by the square root of squared_drift.
  void settle(index_t c, double squared_drift) noexcept {
    double length = 0;
    for (T const x : row(c)) length += static_cast<double>(x) * static_cast<double>(x);
    squared_length_[c] = static_cast<T>(length);
    panels_.set(c, static_cast<T>(length / 2), row(c));
    drift_[c] = rounded_up(std::sqrt(squared_drift));
  }
  void settle_all() noexcept {
    longest_ = 0;
    for (index_t c = 0; c != size(); ++c) {
      T const own = rounded_up(std::sqrt(static_cast<double>(squared_length_[c])));
      if (own > longest_) longest_ = own;
    }
  }

private:
  [[nodiscard]] static T rounded_up(double x) noexcept {
    return static_cast<T>(x * (1 + 4 * static_cast<double>(std::numeric_limits<T>::epsilon())));
  }

  index_t dims_;
  buffer<T> row_;
  kernel::center_panels<T> panels_;
  std::vector<T> squared_length_;
  std::vector<T> drift_;
  T longest_ = 0;
};

}  // namespace detail

KINDRED_END
