// SPDX-License-Identifier: BSL-1.0
#include <kindred/solve/initializer.hpp>

#include "../../support/bits.hpp"
#include "../../support/error_of.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

static_assert(kindred::initializer<kindred::normal_initializer, float>);
static_assert(kindred::initializer<kindred::normal_initializer, double>);
static_assert(!kindred::initializer<int, float>);

namespace {

template <class T>
std::vector<T> row(std::size_t size, std::uint64_t seed, kindred::index_t id, double deviation = 0.1) {
  std::vector<T> out(size, T{-1});
  kindred::normal_initializer{.deviation = deviation}(std::span<T>(out), seed, id);
  return out;
}

}  // namespace

TEST_CASE_TEMPLATE("normal_initializer: a function of seed and id", T, float, double) {
  auto const first = row<T>(50, 7, 3);
  CHECK(support::same_bits(row<T>(50, 7, 3), first));
  CHECK(!support::same_bits(row<T>(50, 8, 3), first));
  CHECK(!support::same_bits(row<T>(50, 7, 4), first));
  // A longer row begins like a shorter one.
  auto const longer = row<T>(80, 7, 3);
  CHECK(std::equal(first.begin(), first.end(), longer.begin()));
}

TEST_CASE_TEMPLATE("normal_initializer: mean zero and the deviation asked for", T, float, double) {
  double sum = 0;
  double squares = 0;
  for (kindred::index_t id = 0; id != 1000; ++id)
    for (T const x : row<T>(20, 1, id, 0.5)) {
      sum += static_cast<double>(x);
      squares += static_cast<double>(x) * static_cast<double>(x);
    }
  // Of 20 000 numbers: the mean is within 4 x 0.5 / sqrt(20000) = 0.0141, the deviation within 4 x 0.5 / sqrt(40000).
  CHECK(std::abs(sum / 20000) < 0.0142);
  CHECK(std::sqrt(squares / 20000) == doctest::Approx(0.5).epsilon(0.02));
  for (T const x : row<T>(20, 1, 1, 0)) CHECK(x == 0);
}

TEST_CASE("normal_initializer: a deviation is zero or more") {
  CHECK_NOTHROW(kindred::normal_initializer{.deviation = 0}.check());
  auto const e = support::error_of([] { kindred::normal_initializer{.deviation = -1}.check(); });
  CHECK(e.kind() == kindred::error_kind::setting);
  CHECK(support::says(e, "deviation = -1"));
}
