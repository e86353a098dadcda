// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/kernel/table.hpp>

#include <vector>

namespace support {

template <class T>
struct named_table {
  char const* name;
  kindred::simd::table<T> const* kernels;
};

// The kernels that this processor can run, the best first.
template <class T>
std::vector<named_table<T>> tables() {
  namespace simd = kindred::simd;
  std::vector<named_table<T>> found;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
    found.push_back({"avx512", &simd::kernels<simd::avx512, T>::all});
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    found.push_back({"avx2", &simd::kernels<simd::avx2, T>::all});
  found.push_back({"sse2", &simd::kernels<simd::sse2, T>::all});
#else
  found.push_back({"baseline", &simd::kernels<simd::baseline, T>::all});
#endif
  return found;
}

}  // namespace support
