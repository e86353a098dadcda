// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/constrained_pearson.hpp>

#include "../../support/error_of.hpp"
#include "../../support/similarity_checks.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

static_assert(kindred::co_rated<kindred::constrained_pearson>);
static_assert(kindred::similarity<kindred::constrained_pearson, kindred::sparse_row<float>>);

namespace {

using support::first_row;
using support::owned_row;
using support::second_row;

template <class T>
long double shared_cosine_twin(owned_row<T> const& a, owned_row<T> const& b, long double center_a,
                               long double center_b) {
  long double ab = 0, aa = 0, bb = 0;
  for (auto const& [x, y] : support::shared_pairs(a, b)) {
    ab += (x - center_a) * (y - center_b);
    aa += (x - center_a) * (x - center_a);
    bb += (y - center_b) * (y - center_b);
  }
  return aa > 0 && bb > 0 ? ab / (std::sqrt(aa) * std::sqrt(bb)) : 0;
}

}  // namespace

TEST_CASE_TEMPLATE("constrained_pearson: by hand, and as scipy has it", T, float, double) {
  // About 3 the shared ones are (2, 1), (1, 2), (-2, -1): 6 / (3 sqrt(6)).
  CHECK(kindred::constrained_pearson{}(first_row<T>().view(), second_row<T>().view()) ==
        doctest::Approx(6 / (3 * std::sqrt(6.0))));
  CHECK(kindred::constrained_pearson{}(first_row<T>().view(), second_row<T>().view()) ==
        support::about<T>(0.81649658092772615));
}

TEST_CASE_TEMPLATE("constrained_pearson: agrees with the definition, keeps the laws, is finite", T, float, double) {
  support::check_twin<T>(kindred::constrained_pearson{},
                         [](auto const& a, auto const& b) { return shared_cosine_twin(a, b, 3, 3); });
  support::check_laws<T>(kindred::constrained_pearson{});
}

TEST_CASE("constrained_pearson: about another midpoint, which is a number") {
  // About 4: (1, 0), (0, 1), (-3, -2): 6 / sqrt(10 x 5).
  kindred::constrained_pearson const four{.midpoint = 4};
  CHECK(four(first_row<double>().view(), second_row<double>().view()) == doctest::Approx(6 / std::sqrt(50.0)));
  CHECK_NOTHROW(four.check());
  auto const e = support::error_of(
      [] { kindred::constrained_pearson{.midpoint = std::numeric_limits<double>::infinity()}.check(); });
  CHECK(e.kind() == kindred::error_kind::setting);
  CHECK(support::says(e, "midpoint"));
}
