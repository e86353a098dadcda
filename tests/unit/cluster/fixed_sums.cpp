// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/fixed_sums.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

using kindred::detail::fixed_scale;

TEST_CASE_TEMPLATE("fixed_sums: rows come and go without a trace, in any order", T, float, double) {
  std::array<double, 3> const largest{1e-6, 5, 3e9};
  fixed_scale const scale(largest, 1000);
  std::array<T, 3> const a{T(1e-6f), T(-2.7f), T(2e9f)}, b{T(-3e-7f), T(4.9f), T(1.5f)};
  std::vector<std::int64_t> one(3), two(3);
  kindred::detail::add_fixed(scale, a.data(), 3, 1, one.data());
  kindred::detail::add_fixed(scale, b.data(), 3, 0.5, one.data());
  kindred::detail::add_fixed(scale, b.data(), 3, 0.5, two.data());
  kindred::detail::add_fixed(scale, a.data(), 3, 1, two.data());
  CHECK(one == two);
  for (std::size_t j = 0; j != 3; ++j) {
    double const expected = static_cast<double>(a[j]) + 0.5 * static_cast<double>(b[j]);
    CHECK(std::abs(scale.number(one[j], j) - expected) <= largest[j] * 0x1p-48);
  }
  kindred::detail::subtract_fixed(scale, a.data(), 3, 1, one.data());
  kindred::detail::subtract_fixed(scale, b.data(), 3, 0.5, one.data());
  CHECK(one == std::vector<std::int64_t>(3));
}

TEST_CASE("fixed_sums: columns of zeros, and as good as zeros") {
  std::array<double, 2> const largest{0, 1e-300};
  fixed_scale const scale(largest, 10);
  CHECK(scale.number(scale.fixed(0, 0), 0) == 0);
  CHECK(scale.number(scale.fixed(1e-300, 1), 1) == 0);
}
