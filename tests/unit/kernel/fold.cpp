// SPDX-License-Identifier: BSL-1.0
#include <kindred/kernel/fold.hpp>

#include "fenced_row.hpp"

#include <kindred/kernel/math.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

namespace {

namespace kernel = kindred::kernel;
namespace math = kindred::math;
using support::fenced_row;
using wide = long double;

// |a - b| / (|a| + |b|), a step for which zeros are not neutral: 0 / 0.
struct relative {
  template <class V>
  V operator()(V sum, V a, V b) const {
    return sum + math::abs(V(a - b)) / (math::abs(a) + math::abs(b));
  }
};

// The sum and the largest of a + b where that is above zero: sums that are not joined alike.
struct sum_and_largest {
  template <class V>
  std::array<V, 2> operator()(std::array<V, 2> const& so_far, V a, V b) const {
    V const zero(math::scalar_t<V>{0});
    V const both = math::select(a + b > zero, V(a + b), zero);
    return {so_far[0] + both, math::larger(both, so_far[1])};
  }
};
struct merged {
  template <class V>
  std::array<V, 2> operator()(std::array<V, 2> const& x, std::array<V, 2> const& y) const {
    return {x[0] + y[0], math::larger(x[1], y[1])};
  }
};

}  // namespace

TEST_CASE_TEMPLATE("fold: shows a step only what is in the rows", T, float, double) {
  for (std::size_t n = 0; n != 201; ++n)
    for (std::size_t const offset : {n % 3, n % 7}) {
      fenced_row<T> a(n, offset, 1);
      fenced_row<T> b(n, 2 * offset, 2);
      wide expected = 0;
      for (std::size_t k = 0; k != n; ++k) {
        wide const x = a[k];
        wide const y = b[k];
        expected += std::abs(x - y) / (std::abs(x) + std::abs(y));
      }
      T const found = kernel::fold(relative{}, a.data(), b.data(), n);
      CAPTURE(n);
      CHECK(std::abs(static_cast<wide>(found) - expected) <=
            22 * static_cast<wide>(std::numeric_limits<T>::epsilon()) * expected);
    }
}

TEST_CASE_TEMPLATE("fold: carries several sums, joined as one is told", T, float, double) {
  for (std::size_t n = 0; n != 201; ++n) {
    fenced_row<T> a(n, 3, 3);
    fenced_row<T> b(n, 4, 4);
    wide sum = 0;
    T largest = 0;
    for (std::size_t k = 0; k != n; ++k) {
      T const both = a[k] + b[k];
      if (both > 0) sum += both;
      if (both > largest) largest = both;
    }
    auto const found = kernel::fold<2>(sum_and_largest{}, a.data(), b.data(), n, merged{});
    CHECK(std::abs(static_cast<wide>(found[0]) - sum) <=
          20 * static_cast<wide>(std::numeric_limits<T>::epsilon()) * sum);
    CHECK(found[1] == largest);
  }
}

#if !defined(__FAST_MATH__)  // which adds in any order
TEST_CASE_TEMPLATE("fold: joins the lanes of a register as it would in memory", T, float, double) {
  using V = kernel::batch<T>;
  fenced_row<T> row(2 * V::size, 0, 5);
  auto const difference = [](auto x, auto y) { return x - y; };  // tells one order from another
  V const one = V::load_unaligned(row.data());
  CHECK(kernel::detail::join_lanes<1, V>(one, difference) == kernel::detail::join_in_memory<1, V>(one, difference));

  std::array<V, 2> const two{one, V::load_unaligned(row.data() + V::size)};
  auto const crossed = []<class W>(std::array<W, 2> const& x, std::array<W, 2> const& y) {
    return std::array<W, 2>{x[0] - y[1], x[1] + y[0]};
  };
  CHECK(kernel::detail::join_lanes<2, V>(two, crossed) == kernel::detail::join_in_memory<2, V>(two, crossed));
}
#endif

TEST_CASE_TEMPLATE("load_first: reads as much as it is told", T, float, double) {
  using V = kernel::batch<T>;
  for (std::size_t count = 0; count != V::size + 3; ++count) {
    fenced_row<T> row(count, 1, 6);
    std::array<T, V::size> found;
    kernel::detail::load_first(row.data(), count).store_unaligned(found.data());
    std::array<T, V::size> kept;
    kernel::detail::select_first(count, V(T{1}), V(T{2})).store_unaligned(kept.data());
    for (std::size_t k = 0; k != V::size; ++k) {
      CHECK(found[k] == (k < count ? row[k] : 0));
      CHECK(kept[k] == (k < count ? 1 : 2));
    }
  }
}
