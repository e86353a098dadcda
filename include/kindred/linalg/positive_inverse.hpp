// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/block_product.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/linalg/cholesky_factor.hpp>
#include <kindred/run/executor.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <type_traits>

KINDRED_BEGIN

namespace detail {

// The inverse of a large symmetric positive definite matrix, in place, a block row at a time: a = U' U, W = U'^-1, and the inverse
// is W' W. Step k makes block row k of U, which lies right of the diagonal, and that of W, left of it; what they add to the rest
// is added at once, so that both are packed once and forgotten:
//
//   right of k and below:  what is left of a      -= U[k]' U[k]
//   left of k and below:   what W is made of      -= U[k]' W[k]
//   left of k and above:   the inverse, so far    += W[k]' W[k]
template <real T>
class block_inverse {
public:
  block_inverse(std::span<T> a, std::size_t size)
      : a_(a.data()),
        size_(size),
        stride_(padded_size<T>(size)),
        count_((stride_ + block - 1) / block),
        left_(block * count_ * block),
        right_(block * count_ * block) {}

  template <executor E>
  [[nodiscard]] bool run(E& ex) {
    for (std::size_t j = size_; j != stride_; ++j) a_[j * stride_ + j] = 1;  // padding: an identity beside the matrix
    for (std::size_t k = 0; k != count_; ++k) {
      if (!make_row(ex, k)) return false;
      // Columns, the longest first.
      ex.bulk(count_, [&](std::size_t task) { add_row(k, task <= k ? k - task : count_ + k - task); });
    }
    for (std::size_t r = size_; r != stride_; ++r) a_[r * stride_ + r] = 0;
    ex.bulk(count_, [&](std::size_t r) { mirror(r); });
    return true;
  }

private:
  static constexpr std::size_t block = kernel::product_block<T>;
  static constexpr std::size_t height = kernel::left_panel<T>;
  static constexpr std::size_t width = kernel::right_panel<T>;

  [[nodiscard]] T* at(std::size_t r, std::size_t c) noexcept { return a_ + r * block * stride_ + c * block; }
  [[nodiscard]] std::size_t extent(std::size_t k) const noexcept { return (std::min)(block, stride_ - k * block); }

  // Packs block row k of W and U: both are what lies there, multiplied by W of the diagonal block.
  template <executor E>
  bool make_row(E& ex, std::size_t k) {
    std::size_t const w = extent(k);
    buffer<T> u(w * w), own(w * w, T{0}), turned(w * w, T{0}), panels(w * w);
    for (std::size_t r = 0; r != w; ++r) std::copy_n(at(k, k) + r * stride_, w, u.data() + r * w);
    if (!cholesky_factor(u.span(), w)) return false;
    // Row r of W is (e_r - sum over j < r of U[j][r] W[j]) / U[r][r]; its transpose is what products take.
    for (std::size_t r = 0; r != w; ++r) {
      T* const row = own.data() + r * w;
      row[r] = 1;
      for (std::size_t j = 0; j != r; ++j) kernel::axpy(-u[j * w + r], own.data() + j * w, row, j + 1);
      T const inverse = T{1} / u[r * w + r];
      for (std::size_t c = 0; c <= r; ++c) turned[c * w + r] = row[c] *= inverse;
    }
    kernel::pack_panels<height>(turned.data(), w, w, w, panels.data());
    ex.bulk(count_, [&](std::size_t c) {
      if (c == k) return pack(own.data(), w, w, c);
      T* const right = right_.data() + c * block * w;
      kernel::pack_panels<width>(at(k, c), w, stride_, extent(c), right);
      clear(k, c);
      kernel::block_product(panels.data(), right, w, w, extent(c), at(k, c), stride_,
                            [](std::size_t r, std::size_t) { return kernel::row_range{0, r + height}; });
      pack(at(k, c), w, stride_, c);
    });
    return true;
  }

  void clear(std::size_t r, std::size_t c) noexcept {
    for (std::size_t j = 0; j != extent(r); ++j) std::fill_n(at(r, c) + j * stride_, extent(c), T{0});
  }
  void pack(T const* row, std::size_t w, std::size_t stride, std::size_t c) noexcept {
    kernel::pack_panels<height>(row, w, stride, extent(c), left_.data() + c * block * w);
    kernel::pack_panels<width>(row, w, stride, extent(c), right_.data() + c * block * w);
  }

  // Adds to block column c what block row k brings there.
  void add_row(std::size_t k, std::size_t c) noexcept {
    std::size_t const w = extent(k);
    // Of W of the diagonal block, which is a lower triangle, a column begins at its own row.
    auto const all = [&](std::size_t, std::size_t column) { return kernel::row_range{c == k ? column : 0, w}; };
    auto const upper = [&](std::size_t r, std::size_t column) {
      return column + width > r ? all(r, column) : kernel::row_range{0, 0};
    };
    auto const add = [&]<bool Subtract>(std::bool_constant<Subtract>, std::size_t r) {
      T const* const x = left_.data() + r * block * w;
      T const* const y = right_.data() + c * block * w;
      if (c == k) clear(r, c);  // what lay there is used up
      if (r == c) kernel::block_product<Subtract>(x, y, w, extent(r), extent(c), at(r, c), stride_, upper);
      else kernel::block_product<Subtract>(x, y, w, extent(r), extent(c), at(r, c), stride_, all);
    };
    if (c <= k)
      for (std::size_t r = 0; r <= c; ++r) add(std::false_type{}, r);
    for (std::size_t r = k + 1; r != (c <= k ? count_ : c + 1); ++r) add(std::true_type{}, r);
  }

  // What lies above the diagonal in block row r to below it, in squares that stay in the nearest cache.
  void mirror(std::size_t r) noexcept {
    constexpr std::size_t side = 64 / sizeof(T);
    std::size_t const last = r * block + extent(r);
    for (std::size_t top = r * block; top != last; top += side)
      for (std::size_t left = top; left != stride_; left += side)
        for (std::size_t c = left; c != left + side; ++c)
          for (std::size_t k = top; k != top + side && k <= c; ++k) a_[c * stride_ + k] = a_[k * stride_ + c];
  }

  T* a_;
  std::size_t size_;
  std::size_t stride_;
  std::size_t count_;
  buffer<T> left_;  // block row k in panels, as both factors of products
  buffer<T> right_;
};

}  // namespace detail

// Replaces a symmetric positive definite matrix by its inverse, in place; the upper triangle is read, both are written.
//
// `a` has padded_size(size) rows of as many numbers, those beyond `size` zeros. False, and `a` lost, when it is not positive
// definite, or not finite. By Cholesky factorization in blocks, size^3 flops in all; beside the matrix two block rows of it.
// Parallel over blocks, the same bits on any number of threads.
template <real T, executor E>
[[nodiscard]] bool positive_inverse(E& ex, std::span<T> a, std::size_t size) {
  KINDRED_ASSERT(a.size() == padded_size<T>(size) * padded_size<T>(size));
  return detail::block_inverse<T>(a, size).run(ex);
}

KINDRED_END
