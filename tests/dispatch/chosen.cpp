// SPDX-License-Identifier: BSL-1.0
#include <kindred/kernel/active.hpp>

#include "tables.hpp"

#include <kindred/kernel/dense.hpp>
#include <kindred/kernel/fold.hpp>

#include <doctest/doctest.h>

#include <array>

namespace {

// What is computed before main, perhaps before the processor was asked.
std::array<float, 3> const numbers{1, 2, 3};
float const early = kindred::kernel::dot(numbers.data(), numbers.data(), 3);

}  // namespace

TEST_CASE_TEMPLATE("dispatch: takes the best kernels that the processor has", T, float, double) {
  bool const best = kindred::kernel::active<T>().dot == support::tables<T>().front().kernels->dot;
  CHECK(best);
}

TEST_CASE("dispatch: works before main") { CHECK(early == 14); }

TEST_CASE_TEMPLATE("dispatch: a step of the library folds by the kernels, another one here", T, float, double) {
  std::array<T, 40> a;
  std::array<T, 40> b;
  for (std::size_t k = 0; k != 40; ++k) {
    a[k] = T{1} / static_cast<T>(k + 1);
    b[k] = T{1} / static_cast<T>(k + 3);
  }
  T const compiled = kindred::kernel::fold(kindred::kernel::l1_step{}, a.data(), b.data(), 40);
  auto const step = []<class V>(V sum, V x, V y) { return sum + kindred::math::abs(V(x - y)); };
  CHECK(compiled == kindred::kernel::l1(a.data(), b.data(), 40));
  CHECK(compiled == kindred::kernel::fold(step, a.data(), b.data(), 40));

  auto const three = kindred::kernel::fold<3>(kindred::kernel::products_step{}, a.data(), b.data(), 40);
  CHECK(three[0] == kindred::kernel::dot(a.data(), b.data(), 40));
  CHECK(three[2] == kindred::kernel::dot(b.data(), b.data(), 40));
}
