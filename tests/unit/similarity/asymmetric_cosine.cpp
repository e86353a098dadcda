// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/asymmetric_cosine.hpp>

#include "../../support/error_of.hpp"
#include "../../support/similarity_checks.hpp"

#include <kindred/similarity/cosine.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

static_assert(kindred::co_rated<kindred::asymmetric_cosine>);
static_assert(kindred::similarity<kindred::asymmetric_cosine, kindred::sparse_row<float>>);

namespace {

using support::first_row;
using support::owned_row;
using support::second_row;

template <class T>
long double squares_of(owned_row<T> const& row) {
  long double sum = 0;
  for (long double const v : row.value) sum += v * v;
  return sum;
}

}  // namespace

TEST_CASE_TEMPLATE("asymmetric_cosine: by hand, and as scipy has it", T, float, double) {
  // 42 / (55^.25 50^.75).
  CHECK(kindred::asymmetric_cosine{.alpha = 0.25}(first_row<T>().view(), second_row<T>().view()) ==
        doctest::Approx(42 / (std::pow(55.0, 0.25) * std::pow(50.0, 0.75))));
  CHECK(kindred::asymmetric_cosine{.alpha = 0.25}(first_row<T>().view(), second_row<T>().view()) ==
        support::about<T>(0.82022143532810088));
}

TEST_CASE_TEMPLATE("asymmetric_cosine: agrees with the definition, keeps the laws, is finite", T, float, double) {
  support::check_twin<T>(kindred::asymmetric_cosine{.alpha = 0.25}, [](auto const& a, auto const& b) {
    long double dot = 0;
    for (auto const& [x, y] : support::shared_pairs(a, b)) dot += x * y;
    return dot == 0 ? 0 : dot / (std::pow(squares_of(a), 0.25L) * std::pow(squares_of(b), 0.75L));
  });
  support::check_laws<T>(kindred::asymmetric_cosine{.alpha = 0.25});
}

TEST_CASE_TEMPLATE("asymmetric_cosine: one half is cosine; alpha goes from 0 to 1", T, float, double) {
  for (std::uint64_t seed = 0; seed != 40; ++seed) {
    auto const a = support::random_row<T>(20, 0.5, seed);
    auto const b = support::random_row<T>(20, 0.5, seed + 1000);
    CHECK(kindred::asymmetric_cosine{}(a.view(), b.view()) ==
          doctest::Approx(static_cast<double>(kindred::cosine{}(a.view(), b.view()))).epsilon(1e-6));
  }
  // Of sets: 3 shared of 4 and 9. With alpha = 1 the part of a, with 0 that of b.
  owned_row<T> const a{{0, 1, 2, 3}, {1, 1, 1, 1}};
  owned_row<T> const b{{1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 1, 1, 1, 1, 1, 1, 1, 1}};
  CHECK(kindred::asymmetric_cosine{.alpha = 1}(a.view(), b.view()) == doctest::Approx(3.0 / 4));
  CHECK(kindred::asymmetric_cosine{.alpha = 0}(a.view(), b.view()) == doctest::Approx(3.0 / 9));
  for (double const alpha : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()})
    CHECK(support::error_of([&] { kindred::asymmetric_cosine{.alpha = alpha}.check(); }).kind() ==
          kindred::error_kind::setting);
}
