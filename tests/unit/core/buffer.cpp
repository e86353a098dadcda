// SPDX-License-Identifier: BSL-1.0
#include <kindred/core/buffer.hpp>

#include "../../support/error_of.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>

using kindred::buffer;

static_assert(std::is_nothrow_move_constructible_v<buffer<double>> && std::is_nothrow_swappable_v<buffer<double>>);

TEST_CASE_TEMPLATE("buffer: filled, aligned, seen as a span", T, float, double, std::uint8_t) {
  for (std::size_t const size : {1u, 2u, 63u, 64u, 1000u}) {
    buffer<T> b(size, T{3});
    CHECK(b.size() == size);
    CHECK(reinterpret_cast<std::uintptr_t>(b.data()) % buffer<T>::alignment == 0);
    b[size - 1] = T{4};
    CHECK(b.span().back() == T{4});
    std::size_t threes = 0;
    for (T const x : std::as_const(b)) threes += x == T{3} ? 1u : 0u;
    CHECK(threes == size - 1);
    CHECK(std::as_const(b).span().data() == b.begin());
    CHECK(b.end() - b.begin() == static_cast<std::ptrdiff_t>(size));
  }
}

TEST_CASE("buffer: empty ones own nothing") {
  buffer<float> const none, zero(0), zeros(0, 1.0f);
  CHECK(none.size() == 0);
  CHECK(none.data() == nullptr);
  CHECK(zero.data() == nullptr);
  CHECK(none == zero);
  CHECK(none == zeros);
  buffer<float> const copy = none;
  CHECK(copy == none);
}

TEST_CASE("buffer: copies are deep, moves leave an empty one") {
  buffer<double> a(3, 1.5);
  buffer<double> b = a;
  CHECK(a == b);
  CHECK(a.data() != b.data());
  b[1] = 2;
  CHECK_FALSE(a == b);
  CHECK(a[1] == 1.5);

  double const* const where = b.data();
  buffer<double> c = std::move(b);
  CHECK(c.data() == where);
  CHECK(c[1] == 2);
  CHECK(b.size() == 0);  // a moved-from buffer is empty
  CHECK(b.data() == nullptr);

  a = c;
  CHECK(a == c);
  auto const& self = a;
  a = self;
  CHECK(a == c);
  b = std::move(c);
  CHECK(b == a);
  CHECK_FALSE(a == buffer<double>(2, 1.5));
}

TEST_CASE("buffer: equal is what numbers say") {
  buffer<float> const zero(1, 0.0f), minus_zero(1, -0.0f), nan(1, std::numeric_limits<float>::quiet_NaN());
  CHECK(zero == minus_zero);
  CHECK_FALSE(nan == nan);
}

TEST_CASE("buffer: a size beyond the address space") {
  for (std::size_t const size :
       {~std::size_t{0}, ~std::size_t{0} / sizeof(double), ~std::size_t{0} / 2 / sizeof(double) + 1}) {
    auto const e = support::error_of([&] { buffer<double> const b(size); });
    CHECK(e.kind() == kindred::error_kind::shape);
    CHECK(support::says(e, "exceeds the address space"));
  }
}
