// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/batch.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <limits>
#include <type_traits>

KINDRED_BEGIN

namespace kernel {

template <real T>
struct two_closest {
  T first;     // the lowest score
  T second;    // the lowest of the others; the largest number when there is no other
  index_t id;  // whose `first` is; the lowest of those with equal scores
};

namespace detail {

// The smallest number of a register.
template <class V>
[[nodiscard]] typename V::value_type lowest_lane(V x) noexcept {
  using T = typename V::value_type;
#if defined(__AVX512F__)
  if constexpr (std::is_same_v<T, float> && V::size == 16) return _mm512_reduce_min_ps(x);
  if constexpr (std::is_same_v<T, double> && V::size == 8) return _mm512_reduce_min_pd(x);
#endif
  T lane[V::size];
  x.store_unaligned(lane);
  for (std::size_t half = V::size / 2; half != 0; half /= 2)
    for (std::size_t k = 0; k != half; ++k) lane[k] = lane[k + half] < lane[k] ? lane[k + half] : lane[k];
  return lane[0];
}

// Bit l says whether the lanes l of both are equal.
template <class V>
[[nodiscard]] unsigned lanes_equal(V x, V y) noexcept {
  using T = typename V::value_type;
#if defined(__AVX512F__)
  if constexpr (std::is_same_v<T, float> && V::size == 16) return _mm512_cmp_ps_mask(x, y, _CMP_EQ_OQ);
  if constexpr (std::is_same_v<T, double> && V::size == 8) return _mm512_cmp_pd_mask(x, y, _CMP_EQ_OQ);
#endif
  T a[V::size];
  T b[V::size];
  x.store_unaligned(a);
  y.store_unaligned(b);
  unsigned bits = 0;
  for (std::size_t l = 0; l != V::size; ++l) bits |= unsigned{a[l] == b[l]} << l;
  return bits;
}

template <real T>
inline constexpr auto lane_numbers = [] {
  std::array<T, batch<T>::size> all{};
  for (std::size_t l = 0; l != all.size(); ++l) all[l] = static_cast<T>(l);
  return all;
}();

// True in one lane.
template <real T>
[[nodiscard]] auto lane_is(std::size_t lane) noexcept {
  return batch<T>::load_unaligned(lane_numbers<T>.data()) == batch<T>(static_cast<T>(lane));
}

// The running result of one row: in every lane, the best of the centers that this lane has seen.
template <real T>
struct lanes_closest {
  using V = batch<T>;
  V first = V((std::numeric_limits<T>::max)());
  V second = V((std::numeric_limits<T>::max)());
  V panel = V(T{0});

  void meet(V score, std::size_t its_number) noexcept {
    V const its_panel(static_cast<T>(its_number));
    second = (xsimd::min)(second, (xsimd::max)(first, score));
    panel = xsimd::select(score < first, its_panel, panel);
    first = (xsimd::min)(first, score);
  }

  [[nodiscard]] two_closest<T> best() const noexcept {
    T const lowest = lowest_lane(first);
    unsigned tied = lanes_equal(first, V(lowest));
    T place[V::size];
    panel.store_unaligned(place);
    index_t id = index_limit;
    std::size_t winner = 0;
    for (; tied != 0; tied &= tied - 1) {  // one lane, but for ties
      auto const lane = static_cast<std::size_t>(std::countr_zero(tied));
      index_t const its_id =
          static_cast<index_t>(place[lane]) * static_cast<index_t>(V::size) + static_cast<index_t>(lane);
      if (its_id < id) {
        id = its_id;
        winner = lane;
      }
    }
    return {lowest, lowest_lane(V(xsimd::select(lane_is<T>(winner), second, first))), id};
  }
};

// The same for whoever wants all scores.
template <real T>
struct lanes_kept {
  using V = batch<T>;
  T* out = nullptr;
  std::size_t first = 0;  // the panel that goes to out[0]

  void meet(V score, std::size_t panel) const noexcept { score.store_unaligned(out + (panel - first) * V::size); }
};

}  // namespace detail

}  // namespace kernel

KINDRED_END
