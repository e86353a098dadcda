// SPDX-License-Identifier: BSL-1.0
#include <kindred/solve/group_penalty.hpp>

#include "../../support/error_of.hpp"

#include <kindred/run/random.hpp>
#include <kindred/solve/frequency_scaled.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <span>

using kindred::group_penalty;

static_assert(kindred::row_regularizer<group_penalty, float> && kindred::row_regularizer<group_penalty, double>);
static_assert(kindred::row_regularizer<kindred::frequency_scaled<group_penalty>, float>);
static_assert(!kindred::row_regularizer<kindred::l1, float>);

TEST_CASE_TEMPLATE("group_penalty: by hand", T, float, double) {
  // |(3, 4)| = 5: penalty 0.5 x 5 + 0.2 x 25 / 2. At the rate 2 it is shortened by 1, to (2.4, 3.2), and then by 1 / (1 + 2 x 0.2).
  group_penalty const how{.strength = 0.5, .l2 = 0.2};
  std::array<T, 3> row{3, 4, 0};
  CHECK(how.penalty_row(std::span<T const>(row)) == doctest::Approx(5));
  how.shrink_row(std::span<T>(row), T{2});
  CHECK(row[0] == doctest::Approx(2.4 / 1.4));
  CHECK(row[1] == doctest::Approx(3.2 / 1.4));
  CHECK(row[2] == 0);
  how.shrink_row(std::span<T>(row), T{20});
  CHECK(row == std::array<T, 3>{0, 0, 0});
  CHECK(how.shrink(T{3}, T{2}) == doctest::Approx(2 / 1.4));
  std::array<T, 2> large{T(1e30), T(1e30)};
  how.shrink_row(std::span<T>(large), T{0});
  CHECK(large[0] == T(1e30));
}

TEST_CASE("group_penalty: the proximal step is the least, of all rows around it") {
  for (std::uint64_t trial = 0; trial != 200; ++trial) {
    kindred::random_stream random(1, trial);
    group_penalty const how{.strength = kindred::unit(random), .l2 = kindred::unit(random)};
    double const rate = 3 * kindred::unit(random);
    std::array<double, 4> given, best;
    for (double& x : given) x = kindred::normal(random);
    best = given;
    how.shrink_row(std::span<double>(best), rate);
    auto const cost = [&](std::array<double, 4> const& row) {
      double far = 0;
      for (std::size_t k = 0; k != 4; ++k) far += (row[k] - given[k]) * (row[k] - given[k]);
      return how.penalty_row(std::span<double const>(row)) + far / (2 * rate);
    };
    bool least = true;
    for (int k = 0; k != 50; ++k) {
      auto other = best;
      for (double& x : other) x += 0.01 * kindred::normal(random);
      least = least && cost(other) >= cost(best);
    }
    CHECK(least);
  }
}

TEST_CASE("group_penalty: settings refused") {
  CHECK(
      support::says(support::error_of([] { group_penalty{.strength = -1}.check(); }), "group_penalty: strength = -1"));
  CHECK(support::says(support::error_of([] { group_penalty{.l2 = -1}.check(); }), "group_penalty: l2 = -1"));
}
