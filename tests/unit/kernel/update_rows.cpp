// SPDX-License-Identifier: BSL-1.0
#include <kindred/kernel/update_rows.hpp>

#include "../../support/bits.hpp"
#include "fenced_row.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>

namespace {

namespace kernel = kindred::kernel;
using support::fenced_row;

}  // namespace

TEST_CASE_TEMPLATE("update_rows: a step for registers and one for numbers give the same", T, float, double) {
  auto const any = []<class V>(V s, V p, V q) { return std::array<V, 2>{V(p + s), V(s * q - p)}; };
  auto const number = [&](T s, T p, T q) { return any(s, p, q); };
  static_assert(requires(kernel::batch<T> v) { any(v, v, v); });
  static_assert(!requires(kernel::batch<T> v) { number(v, v, v); });
  for (std::size_t n = 0; n != 70; ++n)
    for (std::size_t const offset : {0u, 1u, 5u}) {
      fenced_row<T> source(n, offset, 6);
      fenced_row<T> before(n, offset, 7);
      fenced_row<T> beside(n, 2 * offset, 8);
      fenced_row<T> a = before, b = beside, c = before, d = beside;
      kernel::update_rows(n, number, source.data(), a.data(), b.data());
      kernel::update_rows(n, any, source.data(), c.data(), d.data());
      CAPTURE(n);
      bool right = true;
      for (std::size_t k = 0; k != n; ++k) right = right && a[k] == before[k] + source[k];
      CHECK(right);
      // Registers may round a product and a sum at once.
      for (std::size_t k = 0; k != n; ++k) CHECK(b[k] == doctest::Approx(static_cast<double>(d[k])));
      CHECK(support::same_bits(a.all(), c.all()));  // what lies beside the rows, too
    }
}

TEST_CASE("update_rows: no numbers, no call") {
  std::size_t calls = 0;
  auto const step = [&](float, float p) {
    ++calls;
    return std::array<float, 1>{p};
  };
  float* const none = nullptr;
  kernel::update_rows(0, step, static_cast<float const*>(nullptr), none);
  CHECK(calls == 0);
}
