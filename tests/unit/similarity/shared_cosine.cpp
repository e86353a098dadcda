// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/shared_cosine.hpp>

#include "../../support/similarity_checks.hpp"

#include <doctest/doctest.h>

#include <cmath>

static_assert(kindred::co_rated<kindred::shared_cosine>);
static_assert(kindred::similarity<kindred::shared_cosine, kindred::sparse_row<float>>);

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

TEST_CASE_TEMPLATE("shared_cosine: by hand, and as scipy has it", T, float, double) {
  // Shared are (5, 4), (4, 5), (1, 2): 42 / sqrt(42 x 45).
  CHECK(kindred::shared_cosine{}(first_row<T>().view(), second_row<T>().view()) ==
        doctest::Approx(42 / std::sqrt(42.0 * 45)));
  // One shared column is agreement or its opposite, whatever else there is.
  CHECK(kindred::shared_cosine{}(owned_row<T>{{0, 1}, {2, 9}}.view(), owned_row<T>{{1, 2}, {3, 7}}.view()) == 1);
  CHECK(kindred::shared_cosine{}(owned_row<T>{{0, 1}, {2, -9}}.view(), owned_row<T>{{1, 2}, {3, 7}}.view()) == -1);
  CHECK(kindred::shared_cosine{}(first_row<T>().view(), second_row<T>().view()) ==
        support::about<T>(0.96609178307929588));
}

TEST_CASE_TEMPLATE("shared_cosine: agrees with the definition, keeps the laws, is finite", T, float, double) {
  support::check_twin<T>(kindred::shared_cosine{},
                         [](auto const& a, auto const& b) { return shared_cosine_twin(a, b, 0, 0); });
  support::check_laws<T>(kindred::shared_cosine{});
}
