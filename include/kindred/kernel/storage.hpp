// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/kernel/batch.hpp>
#include <kindred/kernel/fold.hpp>
#include <kindred/kernel/half.hpp>
#include <kindred/kernel/lanes.hpp>
#include <kindred/kernel/steps.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

// Rows that take a half or a quarter of the memory of float, compared with rows of float as they are: what is read from
// memory decides the speed of a search through many rows.
namespace kernel {

// A row of 16-bit numbers.
using half_row = std::span<half const>;

// A row of 8-bit numbers and the one factor that all of them are multiplied by.
struct int8_row {
  std::span<std::int8_t const> value;
  float scale = 0;
};

// Writes the row as halves; see to_half for what is lost.
inline void store(dense_row<float> row, std::span<half> out) noexcept {
  KINDRED_ASSERT(row.size() == out.size());
  for (std::size_t k = 0; k != row.size(); ++k) out[k] = to_half(row[k]);
}

// Writes the row, of finite numbers, as multiples of the scale that is returned: the largest number becomes 127 or -127, and
// each is rounded to the nearest multiple, the even one of two. Each is then off by at most half a scale, that is, by the
// row's largest number / 254 (and a unit in the last place of float).
[[nodiscard]] inline float store(dense_row<float> row, std::span<std::int8_t> out) noexcept {
  KINDRED_ASSERT(row.size() == out.size());
  float largest = 0;
  for (float const x : row) largest = math::larger(math::abs(x), largest);
  float const scale = largest / 127;
  for (std::size_t k = 0; k != row.size(); ++k) {
    float const steps = scale > 0 ? row[k] / scale : 0.0f;
    float const within = math::larger(math::smaller(steps, 127.0f), -127.0f);  // scales next to zero are not precise
    int whole = static_cast<int>(within);
    float const rest = within - static_cast<float>(whole);
    if (rest > 0.5f || (rest == 0.5f && whole % 2 != 0)) ++whole;
    if (rest < -0.5f || (rest == -0.5f && whole % 2 != 0)) --whole;
    out[k] = static_cast<std::int8_t>(whole);
  }
  return scale;
}

namespace detail {

// The next `count` numbers of a row as floats, `lanes` at most: in place, or converted into `room`. Behind them are zeros,
// as long as `count` is not `lanes`.
[[nodiscard]] inline float const* block_of(dense_row<float> row, std::size_t first, std::size_t count,
                                           float* room) noexcept {
  if (count == lanes<float>) return row.data() + first;
  for (std::size_t k = 0; k != count; ++k) room[k] = row[first + k];
  return room;
}
[[nodiscard]] inline float converted(half h) noexcept { return to_float(h); }
[[nodiscard]] inline float converted(std::int8_t x) noexcept { return x; }
template <class Stored>
[[nodiscard]] float const* block_of(std::span<Stored const> row, std::size_t first, std::size_t count,
                                    float* room) noexcept {
  Stored const* const from = row.data() + first;
  if (count == lanes<float>)
    for (std::size_t k = 0; k != lanes<float>; ++k) room[k] = converted(from[k]);
  else
    for (std::size_t k = 0; k != count; ++k) room[k] = converted(from[k]);
  return room;
}

// fold over two rows of anything that block_of reads, each multiplied by its scale; by a step to which zeros add nothing.
template <class A, class B, class Step>
[[nodiscard, gnu::flatten]] float fold_stored(Step const& step, A a, float a_scale, B b, float b_scale) noexcept {
  KINDRED_ASSERT(a.size() == b.size());
  using V = batch<float>;
  constexpr std::size_t registers = lanes<float> / V::size;
  V sum[registers][1];
  unroll<registers>([&](auto r) { sum[r][0] = V(0.0f); });
  float a_room[lanes<float>] = {};
  float b_room[lanes<float>] = {};
  for (std::size_t k = 0; k < a.size(); k += lanes<float>) {
    std::size_t const rest = a.size() - k;
    std::size_t const count = rest < lanes<float> ? rest : lanes<float>;
    if (count != lanes<float>)
      for (std::size_t r = 0; r != lanes<float>; ++r) a_room[r] = b_room[r] = 0;
    float const* const x = block_of(a, k, count, a_room);
    float const* const y = block_of(b, k, count, b_room);
    unroll<registers>([&](auto r) {
      V const p = V(a_scale) * V::load_unaligned(x + r * V::size);
      V const q = V(b_scale) * V::load_unaligned(y + r * V::size);
      sum[r][0] = step(sum[r][0], p, q);
    });
  }
  return join_registers<1>(sum, added{});
}

}  // namespace detail

// Inner products and squared distances, in the order of adding of dot and squared_l2. What is said of a result is said
// against that of the same rows before they were stored: with e the largest error of a stored number,
//   dot is off by at most e times the sum of |a[k]|, squared_l2 by at most e (2 sqrt(n squared_l2) + n e),
// and by the rounding of the sum; between two stored rows, by that of each.
[[nodiscard]] inline float dot(dense_row<float> a, half_row b) noexcept {
  return detail::fold_stored(dot_step{}, a, 1, b, 1);
}
[[nodiscard]] inline float dot(dense_row<float> a, int8_row b) noexcept {
  return detail::fold_stored(dot_step{}, a, 1, b.value, 1) * b.scale;
}
// The sum of the 8-bit products is exact up to 33 000 numbers.
[[nodiscard]] inline float dot(int8_row a, int8_row b) noexcept {
  return detail::fold_stored(dot_step{}, a.value, 1, b.value, 1) * (a.scale * b.scale);
}

[[nodiscard]] inline float squared_l2(dense_row<float> a, half_row b) noexcept {
  return detail::fold_stored(squared_l2_step{}, a, 1, b, 1);
}
[[nodiscard]] inline float squared_l2(dense_row<float> a, int8_row b) noexcept {
  return detail::fold_stored(squared_l2_step{}, a, 1, b.value, b.scale);
}
[[nodiscard]] inline float squared_l2(int8_row a, int8_row b) noexcept {
  return detail::fold_stored(squared_l2_step{}, a.value, a.scale, b.value, b.scale);
}

}  // namespace kernel

KINDRED_END
