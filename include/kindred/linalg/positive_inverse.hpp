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
#include <vector>

KINDRED_BEGIN

namespace detail {

// The inverse of a large symmetric positive definite matrix, by blocks: a = U' U, then W = U'^-1, then W' W. U lies above the
// diagonal and W below it and in it, so that all of this takes place.
template <real T>
class block_inverse {
public:
  block_inverse(std::span<T> a, std::size_t size) noexcept
      : a_(a.data()), size_(size), stride_(padded_size<T>(size)), count_((stride_ + block - 1) / block) {}

  template <executor E>
  [[nodiscard]] bool run(E& ex) {
    for (std::size_t j = size_; j != stride_; ++j) a_[j * stride_ + j] = 1;  // padding: an identity beside the matrix
    for (std::size_t k = 0; k != count_; ++k)
      if (!factor(ex, k)) return false;
    for (std::size_t k = 1; k < count_; ++k) ex.bulk(k, [&](std::size_t c) { invert_below(k, c); });
    ex.bulk(count_, [&](std::size_t c) { multiply_above(count_ - 1 - c); });
    for (std::size_t r = size_; r != stride_; ++r) a_[r * stride_ + r] = 0;
    ex.bulk(count_, [&](std::size_t r) { mirror(r); });
    return true;
  }

private:
  static constexpr std::size_t block = kernel::product_block<T>;

  struct room {
    room() : packed(1), sum(block * block) {}
    [[nodiscard]] kernel::packed_blocks<T>& factors() noexcept { return packed[0]; }
    buffer<kernel::packed_blocks<T>> packed;
    buffer<T> sum;
  };

  [[nodiscard]] T* at(std::size_t r, std::size_t c) noexcept { return a_ + r * block * stride_ + c * block; }
  [[nodiscard]] std::size_t width(std::size_t k) const noexcept { return (std::min)(block, stride_ - k * block); }

  // Block row k of U; W of the diagonal block is left in its place.
  template <executor E>
  bool factor(E& ex, std::size_t k) {
    std::size_t const w = width(k);
    buffer<T> u(w * w);
    for (std::size_t r = 0; r != w; ++r) std::copy_n(at(k, k) + r * stride_, w, u.data() + r * w);
    if (!cholesky_factor(u.span(), w)) return false;
    // Row r of W is (e_r - sum over j < r of U[j][r] W[j]) / U[r][r]; its transpose is what the products below take.
    buffer<T> turned(w * w, T{0});
    for (std::size_t r = 0; r != w; ++r) {
      T* const row = at(k, k) + r * stride_;
      std::fill_n(row, w, T{0});
      row[r] = 1;
      for (std::size_t j = 0; j != r; ++j) kernel::axpy(-u[j * w + r], at(k, k) + j * stride_, row, j + 1);
      T const inverse = T{1} / u[r * w + r];
      for (std::size_t c = 0; c <= r; ++c) turned[c * w + r] = row[c] *= inverse;
    }
    std::size_t const right = count_ - k - 1;
    ex.bulk(right, [&](std::size_t task) {
      std::size_t const c = k + 1 + task;
      room of;
      of.factors().take_x(turned.data(), w, w, w);
      of.factors().take_y(at(k, c), w, stride_, width(c));
      for (std::size_t r = 0; r != w; ++r) std::fill_n(at(k, c) + r * stride_, width(c), T{0});
      kernel::block_product(of.factors(), w, w, width(c), at(k, c), stride_);
    });
    ex.bulk(right, [&](std::size_t task) {
      std::size_t const c = count_ - 1 - task;
      room of;
      of.factors().take_y(at(k, c), w, stride_, width(c));
      for (std::size_t r = k + 1; r <= c; ++r) {
        of.factors().take_x(at(k, r), w, stride_, width(r));
        kernel::block_product<true>(of.factors(), w, width(r), width(c), at(r, c), stride_);
      }
    });
    return true;
  }

  // W[k][c] = - W[k][k] (sum over c <= j < k of U[j][k]' W[j][c])
  void invert_below(std::size_t k, std::size_t c) {
    room of;
    std::size_t const w = width(k);
    std::fill(of.sum.begin(), of.sum.end(), T{0});
    for (std::size_t j = c; j != k; ++j) {
      of.factors().take_x(at(j, k), block, stride_, w);
      of.factors().take_y(at(j, c), block, stride_, block);
      kernel::block_product(of.factors(), block, w, block, of.sum.data(), block);
    }
    of.factors().take_y(of.sum.data(), w, block, block);
    buffer<T> turned(w * w);
    for (std::size_t r = 0; r != w; ++r)
      for (std::size_t j = 0; j != w; ++j) turned[j * w + r] = at(k, k)[r * stride_ + j];
    of.factors().take_x(turned.data(), w, w, w);
    for (std::size_t r = 0; r != w; ++r) std::fill_n(at(k, c) + r * stride_, block, T{0});
    kernel::block_product<true>(of.factors(), w, w, block, at(k, c), stride_);
  }

  // Column c of W' W from the top to the diagonal; of W, the diagonal block goes last.
  void multiply_above(std::size_t c) {
    room of;
    for (std::size_t r = 0; r <= c; ++r) {
      std::fill(of.sum.begin(), of.sum.end(), T{0});
      for (std::size_t k = c; k != count_; ++k) {
        of.factors().take_x(at(k, r), width(k), stride_, width(r));
        of.factors().take_y(at(k, c), width(k), stride_, width(c));
        kernel::block_product(of.factors(), width(k), width(r), width(c), of.sum.data(), block);
      }
      for (std::size_t j = 0; j != width(r); ++j)
        std::copy_n(of.sum.data() + j * block, width(c), at(r, c) + j * stride_);
    }
  }

  // What lies above the diagonal in block row r to below it, in squares that stay in the nearest cache.
  void mirror(std::size_t r) noexcept {
    constexpr std::size_t side = 64 / sizeof(T);
    std::size_t const last = r * block + width(r);
    for (std::size_t top = r * block; top != last; top += side)
      for (std::size_t left = top; left != stride_; left += side)
        for (std::size_t c = left; c != left + side; ++c)
          for (std::size_t k = top; k != top + side && k <= c; ++k) a_[c * stride_ + k] = a_[k * stride_ + c];
  }

  T* a_;
  std::size_t size_;
  std::size_t stride_;
  std::size_t count_;
};

}  // namespace detail

// Replaces a symmetric positive definite matrix by its inverse, in place; the upper triangle is read, both are written.
//
// `a` has padded_size(size) rows of as many numbers, those beyond `size` zeros. False, and `a` lost, when it is not positive
// definite, or not finite. By Cholesky factorization in blocks, size^3 flops in all; parallel over blocks, the same bits on
// any number of threads.
template <real T, executor E>
[[nodiscard]] bool positive_inverse(E& ex, std::span<T> a, std::size_t size) {
  KINDRED_ASSERT(a.size() == padded_size<T>(size) * padded_size<T>(size));
  return detail::block_inverse<T>(a, size).run(ex);
}

KINDRED_END
