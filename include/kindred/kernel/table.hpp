// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <cstddef>

// What passes between translation units of different instruction sets when kernels are chosen at run time (see
// kindred_add_kernels in dispatch.cmake): tables of pointers to functions.
//
// The one namespace that does not carry the flags of its translation unit in its name, for all of them must mean the same
// by it. So it holds no function with a body, and its name is used nowhere inside KINDRED_BEGIN.
namespace kindred::simd {
inline namespace KINDRED_DETAIL_VERSION {

// The kernels of kernel/dense.hpp for T, and those of kernel/panel.hpp for the steps of the same names.
template <class T>
struct table {
  using pair = T (*)(T const* a, T const* b, std::size_t n) noexcept;
  using panel = void (*)(T const* const* queries, std::size_t count, T const* panel, std::size_t dims, T* out) noexcept;

  pair dot;
  pair squared_l2;
  pair l1;
  pair linf;
  void (*products)(T const* a, T const* b, std::size_t n, T (&ab_aa_bb)[3]) noexcept;
  void (*axpy)(T factor, T const* x, T* y, std::size_t n) noexcept;
  panel panel_dot;
  panel panel_squared_l2;
  panel panel_l1;
  panel panel_linf;
  bool (*all_below)(T const* x, T constant, T by_u, T const* u, T by_v, T const* v) noexcept;
};

struct avx512;
struct avx2;
struct sse2;
struct baseline;  // what the compiler makes without being told, where none of the others applies

// The kernels of one instruction set, defined in the file that is compiled for it.
template <class Isa, class T>
struct kernels {
  static table<T> const all;
};

// Those of the processor that the program runs on. Until it is known, which it is before main, those that every one has:
// whoever computes while the program is still being initialized gets the same bits, later.
template <class T>
struct chosen {
  static table<T> const* all;
};

// Defined elsewhere; not to be looked for here.
extern template struct kernels<avx512, float>;
extern template struct kernels<avx512, double>;
extern template struct kernels<avx2, float>;
extern template struct kernels<avx2, double>;
extern template struct kernels<sse2, float>;
extern template struct kernels<sse2, double>;
extern template struct kernels<baseline, float>;
extern template struct kernels<baseline, double>;
extern template struct chosen<float>;
extern template struct chosen<double>;

}  // namespace KINDRED_DETAIL_VERSION
}  // namespace kindred::simd
