// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>
#if defined(KINDRED_DISPATCH)
#include <kindred/kernel/table.hpp>
#else
#include <kindred/kernel/here.hpp>
#endif

KINDRED_BEGIN

namespace kernel {

// The kernels to call: active<T>().dot(a, b, n). In a target of kindred_add_kernels, those of the processor that the program
// runs on; otherwise those of this translation unit, which the compiler can inline.
#if defined(KINDRED_DISPATCH)
template <real T>
[[nodiscard]] simd::table<T> const& active() noexcept {
  return *simd::chosen<T>::all;
}
#else
template <real T>
[[nodiscard]] constexpr here<T> active() noexcept {
  return {};
}
#endif

}  // namespace kernel

KINDRED_END
