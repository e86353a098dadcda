// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/batch.hpp>

#include <array>
#include <concepts>
#include <cstddef>

KINDRED_BEGIN

namespace kernel {

namespace detail {

inline void put(float* to, float x) noexcept { *to = x; }
inline void put(double* to, double x) noexcept { *to = x; }
template <real T, std::same_as<batch<T>> V>
void put(T* to, V x) noexcept {
  x.store_unaligned(to);
}

// Passes over the numbers from `first` on, as many V at a time as fit; how far it came.
template <class V, real T, class Step, std::same_as<T>... Row>
std::size_t pass_rows(std::size_t first, std::size_t n, Step const& step, T const* source, Row*... row) noexcept {
  constexpr std::size_t width = sizeof(V) / sizeof(T);
  auto const at = [](T const* p) {
    if constexpr (width == 1) return *p;
    else return V::load_unaligned(p);
  };
  std::size_t k = first;
  for (; k + width <= n; k += width) {
    auto const next = step(at(source + k), at(row + k)...);
    auto from = next.begin();
    (put(row + k, *from++), ...);
  }
  return k;
}

}  // namespace detail

// Replaces row[k] of every row by what step(source[k], row[k]...) gives, for every k < n. The step takes a V, a number or a
// batch of them, for the source and for each row, and returns a std::array<V> of the new ones; one that only knows numbers
// is called number by number. The source is only read: other threads may read it at the same time.
template <real T, class Step, std::same_as<T>... Row>
void update_rows(std::size_t n, Step const& step, T const* source, Row*... row) noexcept {
  std::size_t done = 0;
  if constexpr (requires(batch<T> v) { step(v, (static_cast<void>(row), v)...); })
    done = detail::pass_rows<batch<T>>(0, n, step, source, row...);
  detail::pass_rows<T>(done, n, step, source, row...);
}

}  // namespace kernel

KINDRED_END
