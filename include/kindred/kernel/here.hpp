// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/batch.hpp>
#include <kindred/kernel/fold.hpp>
#include <kindred/kernel/panel.hpp>
#include <kindred/kernel/steps.hpp>

#include <cstddef>

KINDRED_BEGIN

namespace kernel {

// The kernels of this translation unit's instruction set: what dense.hpp calls, and what fills a simd::table when the same
// is compiled for several.
template <real T>
struct here {
  [[nodiscard, gnu::flatten]] static T dot(T const* a, T const* b, std::size_t n) noexcept {
    return fold(dot_step{}, a, b, n);
  }
  [[nodiscard, gnu::flatten]] static T squared_l2(T const* a, T const* b, std::size_t n) noexcept {
    return fold(squared_l2_step{}, a, b, n);
  }
  [[nodiscard, gnu::flatten]] static T l1(T const* a, T const* b, std::size_t n) noexcept {
    return fold(l1_step{}, a, b, n);
  }
  [[nodiscard, gnu::flatten]] static T linf(T const* a, T const* b, std::size_t n) noexcept {
    return fold(linf_step{}, a, b, n, largest{});
  }
  [[gnu::flatten]] static void products(T const* a, T const* b, std::size_t n, T (&ab_aa_bb)[3]) noexcept {
    detail::fold_into(ab_aa_bb, products_step{}, added{}, a, b, n);
  }

  static void axpy(T factor, T const* x, T* y, std::size_t n) noexcept {
    using V = batch<T>;
    constexpr std::size_t width = V::size;
    V const factors(factor);
    std::size_t k = 0;
    for (; k + width <= n; k += width)
      math::multiply_add(factors, V::load_unaligned(x + k), V::load_unaligned(y + k)).store_unaligned(y + k);
    for (; k != n; ++k) y[k] = math::multiply_add(factor, x[k], y[k]);
  }

  template <class Step>
  static void panel(T const* const* queries, std::size_t count, T const* panel, std::size_t dims, T* out) noexcept {
    fold_panel(Step{}, queries, count, panel, dims, out);
  }
};

}  // namespace kernel

KINDRED_END
