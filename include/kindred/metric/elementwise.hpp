// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/fold.hpp>
#include <kindred/kernel/sums.hpp>
#include <kindred/view/row.hpp>

#include <concepts>
#include <cstddef>

KINDRED_BEGIN

namespace detail {

template <class M>
inline constexpr std::size_t sums_of_step = 1;
template <class M>
  requires requires { M::sums; }
inline constexpr std::size_t sums_of_step<M> = M::sums;

}  // namespace detail

// What a distance adds up: one V, or std::array<V, M::sums> when it says how many.
template <class M, class V>
using elementwise_sum = kernel::sums<V, detail::sums_of_step<M>>;

// A distance over dense rows that goes through the columns once: a step that takes in one column, and a finish that makes a
// number of what came together. Whoever writes theirs in this form gets vector loops for two rows, panels for many, and
// the searches that are made of them.
//
// step(sum, a, b) takes the sum so far, which is zero at first, and the values of one column; V is a number or a register
// full of numbers, and math:: has functions that know both. A step that only knows numbers is called number by number.
// Columns are shared out among lanes: join(x, y) makes one sum of two, x + y where there is no join.
//
// Optional, for searches: `static constexpr bool monotone = true` promises one sum that is never negative; of which a column
// adds no less when b moves away from a; and a finish that never falls when the sum grows. sum_at(distance) beside it is the
// inverse of finish, a sum beyond which no distance is that small; without it searches call finish more often.
template <class M, class T>
concept elementwise = std::copyable<M> && real<T> && requires(M const& how, elementwise_sum<M, T> sum, T a, T b) {
  { how.step(sum, a, b) } noexcept -> std::same_as<elementwise_sum<M, T>>;
  { how.finish(sum) } noexcept -> std::same_as<T>;
};

template <class M, class T>
concept monotone_elementwise = elementwise<M, T> && std::same_as<elementwise_sum<M, T>, T> && bool{M::monotone};

namespace detail {

// A step as the kernels call it: with registers full of numbers when it takes them, else number by number.
template <class M>
struct registers_step {
  M const& how;

  template <class V>
  [[nodiscard]] elementwise_sum<M, V> operator()(elementwise_sum<M, V> const& sum, V a, V b) const noexcept {
    if constexpr (requires { how.step(sum, a, b); }) return how.step(sum, a, b);
    else return by_number(sum, a, b);
  }

private:
  template <class V>
  [[nodiscard]] elementwise_sum<M, V> by_number(elementwise_sum<M, V> sum, V a, V b) const noexcept {
    using T = typename V::value_type;
    constexpr std::size_t count = sums_of_step<M>;
    T x[V::size], y[V::size], lane[count][V::size];
    a.store_unaligned(x);
    b.store_unaligned(y);
    auto const all = [&](auto const& each) {
      if constexpr (count == 1) each(sum, 0);
      else
        for (std::size_t s = 0; s != count; ++s) each(sum[s], s);
    };
    all([&](V const& one, std::size_t s) { one.store_unaligned(lane[s]); });
    for (std::size_t k = 0; k != V::size; ++k) {
      if constexpr (count == 1) {
        lane[0][k] = how.step(lane[0][k], x[k], y[k]);
      } else {
        elementwise_sum<M, T> number;
        for (std::size_t s = 0; s != count; ++s) number[s] = lane[s][k];
        number = how.step(number, x[k], y[k]);
        for (std::size_t s = 0; s != count; ++s) lane[s][k] = number[s];
      }
    }
    all([&](V& one, std::size_t s) { one = V::load_unaligned(lane[s]); });
    return sum;
  }
};

template <class M>
struct registers_join {
  M const& how;

  template <class S>
  [[nodiscard]] S operator()(S const& x, S const& y) const noexcept {
    if constexpr (requires { how.join(x, y); }) return how.join(x, y);
    else return kernel::added{}(x, y);
  }
};

// The kernels know some steps by name, and may hold them compiled for several instruction sets.
template <class M>
[[nodiscard]] auto step_of(M const& how) noexcept {
  if constexpr (requires { typename M::kernel_step; }) return typename M::kernel_step{};
  else return registers_step<M>{how};
}
template <class M>
[[nodiscard]] auto join_of(M const& how) noexcept {
  if constexpr (requires { typename M::kernel_join; }) return typename M::kernel_join{};
  else if constexpr (requires { typename M::kernel_step; }) return kernel::added{};
  else return registers_join<M>{how};
}

}  // namespace detail

// The sum of an elementwise distance over two rows of n numbers, before finish.
template <class M, real T>
  requires elementwise<M, T>
[[nodiscard]] elementwise_sum<M, T> fold_of(M const& how, T const* a, T const* b, std::size_t n) noexcept {
  return kernel::fold<detail::sums_of_step<M>>(detail::step_of(how), a, b, n, detail::join_of(how));
}

// An elementwise distance of two rows of the same length: the definition, and what its call operator is. O(columns). Sums
// run along a fixed tree of lanes, so that a distance is the same bits wherever it is asked for.
template <class M, real T>
  requires elementwise<M, T>
[[nodiscard]] T distance_of(M const& how, dense_row<T> a, dense_row<T> b) noexcept {
  KINDRED_ASSERT(a.size() == b.size());
  return how.finish(fold_of(how, a.data(), b.data(), a.size()));
}

KINDRED_END
