// SPDX-License-Identifier: BSL-1.0
#pragma once

// The only macros of the library.
//
// KINDRED_BEGIN / KINDRED_END open and close the one public namespace. It holds an inline namespace whose name carries the
// library's minor version, the instruction set of the translation unit and whether NaN is honored: two translation units
// compiled with different flags then own different functions, and the linker cannot hand one of them the other's body
// (an AVX-512 loop on a machine without it). Do not forward-declare kindred's names by hand; include <kindred/fwd.hpp>.
//
// KINDRED_DISPATCH is defined by kindred_add_kernels (kernel/dispatch.cmake): the kernels then are those of the processor
// the program runs on, chosen once. It is part of the name as well, and so are the files that hold those kernels.
//
// KINDRED_THROW(e) raises an error; without exceptions it calls kindred::error_raised(e), which aborts. Define the macro
// before the first include to raise in your own way; it must not return.
//
// KINDRED_ASSERT(condition) checks a precondition of a noexcept function in debug builds; define it to replace it.

#include <cstdlib>

#if defined(KINDRED_DETAIL_KERNELS)
#define KINDRED_DETAIL_WAY kernels_
#elif defined(KINDRED_DISPATCH)
#define KINDRED_DETAIL_WAY dispatch_
#else
#define KINDRED_DETAIL_WAY
#endif

#if defined(__AVX512F__)
#define KINDRED_DETAIL_ISA avx512
#elif defined(__AVX2__) && defined(__FMA__)
#define KINDRED_DETAIL_ISA avx2_fma
#elif defined(__AVX2__)
#define KINDRED_DETAIL_ISA avx2
#elif defined(__AVX__)
#define KINDRED_DETAIL_ISA avx
#elif defined(__SSE4_2__)
#define KINDRED_DETAIL_ISA sse42
#elif defined(__SSE2__) || defined(_M_X64)
#define KINDRED_DETAIL_ISA sse2
#elif defined(__ARM_FEATURE_SVE)
#define KINDRED_DETAIL_ISA sve
#elif defined(__ARM_NEON) || defined(_M_ARM64)
#define KINDRED_DETAIL_ISA neon
#else
#define KINDRED_DETAIL_ISA generic
#endif

#if defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__
#define KINDRED_DETAIL_MATH finite
#else
#define KINDRED_DETAIL_MATH ieee
#endif

#define KINDRED_DETAIL_VERSION v0_1
#define KINDRED_DETAIL_JOIN_(version, way, isa, math) version##_##way##isa##_##math
#define KINDRED_DETAIL_JOIN(version, way, isa, math) KINDRED_DETAIL_JOIN_(version, way, isa, math)
#define KINDRED_DETAIL_TAG \
  KINDRED_DETAIL_JOIN(KINDRED_DETAIL_VERSION, KINDRED_DETAIL_WAY, KINDRED_DETAIL_ISA, KINDRED_DETAIL_MATH)

#define KINDRED_BEGIN \
  namespace kindred { \
  inline namespace KINDRED_DETAIL_TAG {
#define KINDRED_END \
  } \
  }

// A view's spans outlive it. g++ since 14 can be told, and since 16 warns of them in every loop if it is not.
#if defined(__has_cpp_attribute)
#if __has_cpp_attribute(gnu::no_dangling)
#define KINDRED_DETAIL_OUTLIVED [[gnu::no_dangling]]
#endif
#endif
#if !defined(KINDRED_DETAIL_OUTLIVED)
#define KINDRED_DETAIL_OUTLIVED
#endif

#if !defined(KINDRED_THROW)
#if defined(__cpp_exceptions) || defined(_CPPUNWIND)
#define KINDRED_THROW(e) throw e
#else
#define KINDRED_THROW(e) ::kindred::error_raised(e)
#endif
#endif

#if !defined(KINDRED_ASSERT)
#if defined(NDEBUG)
#define KINDRED_ASSERT(condition) static_cast<void>(0)
#else
#define KINDRED_ASSERT(condition) \
  ((condition) ? static_cast<void>(0) : ::kindred::assertion_failed(#condition, __FILE__, __LINE__))
#endif
#endif

KINDRED_BEGIN

// Where a failed KINDRED_ASSERT ends. It prints nothing: a library does not own the terminal; a debugger shows the frame.
[[noreturn]] inline void assertion_failed(char const* /*condition*/, char const* /*file*/, int /*line*/) noexcept {
  std::abort();
}

KINDRED_END
