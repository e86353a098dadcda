// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

KINDRED_BEGIN

namespace kernel {

// What a step carries from one coordinate to the next: one V, or an array of several. V is a number or a batch of them.
template <class V, std::size_t Sums>
using sums = std::conditional_t<Sums == 1, V, std::array<V, Sums>>;

// How lanes are merged unless somebody says otherwise: each sum by adding.
struct added {
  template <class V>
  [[nodiscard]] V operator()(V x, V y) const noexcept {
    return x + y;
  }
  template <class V, std::size_t Sums>
  [[nodiscard]] std::array<V, Sums> operator()(std::array<V, Sums> const& x,
                                               std::array<V, Sums> const& y) const noexcept {
    return [&]<std::size_t... K>(std::index_sequence<K...>) {
      return std::array<V, Sums>{(x[K] + y[K])...};
    }(std::make_index_sequence<Sums>{});
  }
};

namespace detail {

template <std::size_t Sums, class V>
[[nodiscard]] sums<V, Sums> all_of(V v) noexcept {
  if constexpr (Sums == 1) {
    return v;
  } else {
    return [&]<std::size_t... K>(std::index_sequence<K...>) {
      return std::array{(static_cast<void>(K), v)...};
    }(std::make_index_sequence<Sums>{});
  }
}

// Between registers, each a variable of its own, and what steps take and return. Arrays that live longer than a call would
// be kept in memory.
template <std::size_t Sums, class V>
[[nodiscard]] sums<V, Sums> taken(V const (&sum)[Sums]) noexcept {
  if constexpr (Sums == 1) {
    return sum[0];
  } else {
    return [&]<std::size_t... K>(std::index_sequence<K...>) {
      return std::array{sum[K]...};
    }(std::make_index_sequence<Sums>{});
  }
}

template <std::size_t Sums, class V>
void put(V (&sum)[Sums], sums<V, Sums> const& value) noexcept {
  if constexpr (Sums == 1) sum[0] = value;
  else
    [&]<std::size_t... K>(std::index_sequence<K...>) { ((sum[K] = value[K]), ...); }(std::make_index_sequence<Sums>{});
}

// f(x) of every sum of S; with two arguments, f(x, y) of those of the same number.
template <std::size_t Sums, class F, class... S>
[[nodiscard]] auto each(F const& f, S const&... sum) noexcept {
  if constexpr (Sums == 1) {
    return f(sum...);
  } else {
    auto const number = [&](std::size_t s) { return f(sum[s]...); };
    return [&]<std::size_t... K>(std::index_sequence<K...>) {
      return std::array{number(K)...};
    }(std::make_index_sequence<Sums>{});
  }
}

}  // namespace detail
}  // namespace kernel

KINDRED_END
