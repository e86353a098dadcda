// SPDX-License-Identifier: BSL-1.0
#include <kindred/run/random.hpp>
#include <kindred/solve/initializer.hpp>
#include <kindred/testing/laws/initializer.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <span>

namespace {

// [model]
// Uniform numbers in [-s, s) for s = 1 / sqrt(columns): no row starts longer than 1, however many columns it has.
struct uniform_initializer {
  template <kindred::real T>
  void operator()(std::span<T> row, std::uint64_t seed, kindred::index_t id) const noexcept {
    kindred::random_stream random(seed, id);
    double const s = 1 / std::sqrt(static_cast<double>(row.size()));
    for (T& x : row) x = static_cast<T>(s * (2 * kindred::unit(random) - 1));
  }
};
static_assert(kindred::initializer<uniform_initializer, float> && kindred::initializer<uniform_initializer, double>);
// [/model]

}  // namespace

TEST_CASE("the minimal initializer keeps the laws") {
  auto const law = kindred::testing::check_initializer<double>(uniform_initializer{});
  CHECK_MESSAGE(law.holds(), law.message());

  std::array<double, 16> row;
  uniform_initializer{}(std::span<double>(row), 7, 3);
  double squares = 0;
  for (double const x : row) squares += x * x;
  CHECK(squares > 0);
  CHECK(squares <= 1);
}
