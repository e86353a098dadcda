// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/overall_pearson.hpp>

#include "../../support/similarity_checks.hpp"

#include <doctest/doctest.h>

#include <cmath>

static_assert(kindred::co_rated<kindred::overall_pearson>);
static_assert(kindred::similarity<kindred::overall_pearson, kindred::sparse_row<float>>);

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

template <class T>
long double mean_of(owned_row<T> const& row) {
  long double sum = 0;
  for (T const v : row.value) sum += v;
  return row.value.empty() ? 0 : sum / static_cast<long double>(row.value.size());
}

}  // namespace

TEST_CASE_TEMPLATE("overall_pearson: by hand, and as scipy has it", T, float, double) {
  // Means 3 and 2.8; shared deviations (2, 1.2), (1, 2.2), (-2, -.8): 6.2 / (3 x sqrt(6.92)).
  CHECK(kindred::overall_pearson{}(first_row<T>().view(), second_row<T>().view()) ==
        doctest::Approx(6.2 / (3 * std::sqrt(6.92))));
  CHECK(kindred::overall_pearson{}(first_row<T>().view(), second_row<T>().view()) ==
        support::about<T>(0.78562878531202907));
}

TEST_CASE_TEMPLATE("overall_pearson: agrees with the definition, keeps the laws, is finite", T, float, double) {
  support::check_twin<T>(kindred::overall_pearson{},
                         [](auto const& a, auto const& b) { return shared_cosine_twin(a, b, mean_of(a), mean_of(b)); });
  support::check_laws<T>(kindred::overall_pearson{});
}
