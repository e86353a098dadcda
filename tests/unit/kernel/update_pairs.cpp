// SPDX-License-Identifier: BSL-1.0
#include <kindred/kernel/update_pairs.hpp>

#include "../../support/bits.hpp"
#include "fenced_row.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>

namespace {

namespace kernel = kindred::kernel;
using support::fenced_row;

}  // namespace

TEST_CASE_TEMPLATE("update_pairs: a step for registers and one for numbers give the same", T, float, double) {
  auto const any = []<class V>(V p, V q) { return std::array<V, 2>{V(p + q), V(p * q)}; };
  auto const number = [](T p, T q) { return std::array<T, 2>{p + q, p * q}; };
  static_assert(requires(kernel::batch<T> v) { any(v, v); });
  static_assert(!requires(kernel::batch<T> v) { number(v, v); });
  for (std::size_t n = 0; n != 101; ++n)
    for (std::size_t const offset : {0u, 1u, 5u}) {
      fenced_row<T> a(n, offset, 7);
      fenced_row<T> b(n, 2 * offset, 8);
      fenced_row<T> c = a;
      fenced_row<T> d = b;
      kernel::update_pairs(a.data(), b.data(), n, any);
      kernel::update_pairs(c.data(), d.data(), n, number);
      CAPTURE(n);
      CHECK(support::same_bits(a.all(), c.all()));  // what lies beside the rows, too
      CHECK(support::same_bits(b.all(), d.all()));
      fenced_row<T> const before(n, offset, 7);
      fenced_row<T> other(n, 2 * offset, 8);
      for (std::size_t k = 0; k != n; ++k) {
        CHECK(a[k] == before.all()[offset + k] + other[k]);
        CHECK(b[k] == before.all()[offset + k] * other[k]);
      }
    }
}

TEST_CASE("update_pairs: no numbers, no call") {
  std::size_t calls = 0;
  kernel::update_pairs<float>(nullptr, nullptr, 0, [&](float p, float q) {
    ++calls;
    return std::array<float, 2>{p, q};
  });
  CHECK(calls == 0);
}
