// SPDX-License-Identifier: BSL-1.0
#include <kindred/content/liking.hpp>

#include "../../support/error_of.hpp"

#include <doctest/doctest.h>

#include <array>
#include <limits>
#include <span>

using kindred::above_own_mean;
using kindred::as_given;

static_assert(kindred::liking<as_given, float> && kindred::liking<above_own_mean, double>);

namespace {

struct may_throw {
  void weigh(std::span<float const>, float, std::span<float>) const {}
};
static_assert(!kindred::liking<may_throw, float>);
static_assert(!kindred::liking<int, float>);

template <class T, class L>
std::array<T, 3> weights(L const& how, std::array<T, 3> said, T overall) {
  std::array<T, 3> out;
  how.weigh(std::span<T const>(said), overall, std::span<T>(out));
  return out;
}

}  // namespace

TEST_CASE_TEMPLATE("as_given: the rating", T, float, double) {
  CHECK(weights<T>(as_given{}, {5, 0, -2}, 3) == std::array<T, 3>{5, 0, -2});
}

TEST_CASE_TEMPLATE("above_own_mean: less the user's mean, held to that of all", T, float, double) {
  // (5 + 4 + 3 + 1 x 2) / 4 = 3.5
  CHECK(weights<T>(above_own_mean{}, {5, 4, 3}, 2) == std::array<T, 3>{1.5, 0.5, -0.5});
  CHECK(weights<T>(above_own_mean{.damping = 0}, {5, 4, 3}, 2) == std::array<T, 3>{1, 0, -1});
  CHECK(weights<T>(above_own_mean{.neutral = 4}, {5, 4, 3}, 2) == std::array<T, 3>{1, 0, -1});
  CHECK(weights<T>(above_own_mean{.damping = 3}, {5, 5, 5}, 3) == std::array<T, 3>{1, 1, 1});
}

TEST_CASE("above_own_mean: settings out of range are refused") {
  auto e = support::error_of([] { above_own_mean{.damping = -1}.check(); });
  CHECK(e.kind() == kindred::error_kind::setting);
  CHECK(support::says(e, "above_own_mean: damping = -1"));
  e = support::error_of([] { above_own_mean{.neutral = std::numeric_limits<double>::infinity()}.check(); });
  CHECK(support::says(e, "above_own_mean: neutral = inf"));
  above_own_mean{}.check();
}
