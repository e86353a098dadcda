// SPDX-License-Identifier: BSL-1.0
#include <kindred/solve/step_sum.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <initializer_list>
#include <limits>
#include <numeric>
#include <span>
#include <vector>

using kindred::detail::step_sum;
using kindred::detail::take_steps;

TEST_CASE("take_steps: the sum, and the first step that gave no finite number, soon after which it ends") {
  std::vector<std::size_t> number(100);
  std::iota(number.begin(), number.end(), std::size_t{0});
  std::span<std::size_t const> const all = number;
  constexpr double nan = std::numeric_limits<double>::quiet_NaN(), huge = (std::numeric_limits<double>::max)();
  for (std::size_t const bad : {5u, 36u, 37u, 99u}) {
    std::size_t taken = 0;
    auto const [sum, wrong] = take_steps(all, 5, 100, [&](std::size_t k) {
      ++taken;
      return k == bad ? nan : 1.0;
    });
    CHECK(wrong == bad);
    CHECK(!(sum == sum));
    CHECK(taken >= bad - 4);
    CHECK(taken <= bad - 4 + 31);
  }
  auto const good = take_steps(all, 5, 100, [](std::size_t k) { return static_cast<double>(k); });
  CHECK(good.sum == 95 * (5 + 99) / 2);
  CHECK(good.wrong == step_sum::none);
  CHECK(take_steps(all, 3, 3, [](std::size_t) { return nan; }).sum == 0);
  // A sum that overflows though no step does is that of the last looked at.
  CHECK(take_steps(all, 0, 40, [&](std::size_t) { return huge; }).wrong == 31);
}

TEST_CASE("step_sum: of two, what went wrong in the first") {
  step_sum const well{1}, bad{2, 7}, worse{3, 4};
  CHECK((well + bad).wrong == 7);
  CHECK((bad + worse).wrong == 7);
  CHECK((well + well).wrong == step_sum::none);
  CHECK((well + bad).sum == 3);
}
