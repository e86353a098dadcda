// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/kernel/row_products.hpp>
#include <kindred/linalg/row_system.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>

KINDRED_BEGIN

namespace detail {

// A row_system on its way down by conjugate gradients. The product of base + ridge I with a vector is left to whoever drives it: for
// one system it is a pass over the base, for several at once a matrix product. Rows have padded_size numbers.
template <real T>
class conjugate_descent {
public:
  // What lies at x is improved; the others are room.
  conjugate_descent(row_system<T> const& system, T* x, T* residual, T* direction, T* image) noexcept
      : system_(&system),
        size_(padded_size<T>(system.columns())),
        x_(x),
        residual_(residual),
        direction_(direction),
        image_(image) {}

  // Makes the residual b - A x; product() holds (base + ridge I) x.
  void begin() noexcept {
    for (std::size_t j = 0; j != size_; ++j) residual_[j] = -image_[j];
    pass(x_, residual_, [&](T product, std::size_t k) {
      along_ += static_cast<double>(system_->pull[k]) * static_cast<double>(product);
      return system_->pull[k] - system_->weight[k] * product;
    });
    set_out();
  }
  // Goes on from a residual that is there already.
  void set_out() noexcept {
    std::copy(residual_, residual_ + size_, direction_);
    left_ = kernel::dot(residual_, residual_, size_);
    nothing_ = left_ * std::numeric_limits<T>::epsilon() * std::numeric_limits<T>::epsilon();
  }

  // Whether more is to be had.
  [[nodiscard]] bool goes_on() const noexcept { return left_ > nothing_; }

  // A step along direction(); product() holds (base + ridge I) direction.
  void step() noexcept {
    double pulled = 0;
    pass(direction_, image_, [&](T product, std::size_t k) {
      pulled += static_cast<double>(system_->pull[k]) * static_cast<double>(product);
      return system_->weight[k] * product;
    });
    T const curvature = kernel::dot(direction_, image_, size_);
    if (!(curvature > 0)) {
      left_ = 0;
      return;
    }
    T const length = left_ / curvature;
    along_ += static_cast<double>(length) * pulled;
    kernel::axpy(length, direction_, x_, size_);
    kernel::axpy(-length, image_, residual_, size_);
    T const next = kernel::dot(residual_, residual_, size_);
    T const kept = next / left_;
    for (std::size_t j = 0; j != size_; ++j) direction_[j] = residual_[j] + kept * direction_[j];
    left_ = next;
  }

  // x' A x - 2 b' x = x' (b - residual) - 2 b' x
  [[nodiscard]] double energy() const noexcept {
    return -along_ - static_cast<double>(kernel::dot(residual_, x_, size_));
  }

  [[nodiscard]] row_system<T> const& system() const noexcept { return *system_; }
  [[nodiscard]] T const* solution() const noexcept { return x_; }
  [[nodiscard]] T const* direction() const noexcept { return direction_; }
  [[nodiscard]] T* product() const noexcept { return image_; }

private:
  // y += sum over k of coefficient(<v_k, x>, k) v_k, a few rows at a time: they are met twice, the second time nearby.
  template <class Coefficient>
  void pass(T const* x, T* y, Coefficient const& coefficient) const noexcept {
    constexpr std::size_t few = 16;
    std::array<T, few> number;
    for (std::size_t first = 0; first < system_->index.size(); first += few) {
      std::size_t const count = (std::min)(few, system_->index.size() - first);
      auto const row_at = [&](std::size_t k) { return system_->vector(first + k); };
      kernel::dot_rows(row_at, count, x, size_, number.data());
      for (std::size_t k = 0; k != count; ++k) number[k] = coefficient(number[k], first + k);
      kernel::add_rows(row_at, count, number.data(), y, size_);
    }
  }

  row_system<T> const* system_;
  std::size_t size_;
  T* x_;
  T* residual_;
  T* direction_;
  T* image_;
  double along_ = 0;  // the sum of pull[k] <v_k, x>
  T left_ = 0;        // residual' residual
  T nothing_ = 0;
};

}  // namespace detail

KINDRED_END
