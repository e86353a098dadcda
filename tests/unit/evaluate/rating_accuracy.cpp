// SPDX-License-Identifier: BSL-1.0
#include <kindred/evaluate/rating_accuracy.hpp>
#include <kindred/interop/thread_pool.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"
#include "../../support/table_model.hpp"
#include "../../support/table_scorer.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

using doctest::Approx;
using kindred::evaluate_ratings;

namespace {

// What only ranks has no error in ratings, and a model of one number type is not measured by ratings of another.
template <class M, class T>
concept measured = requires(M const& model, kindred::ratings<T> const& test) { evaluate_ratings(model, test); };
static_assert(measured<support::table_scorer<float, true>, float> &&
              measured<support::table_scorer<double, true>, double>);
static_assert(!measured<support::table_scorer<float, false>, float>);
static_assert(!measured<support::table_scorer<float, true>, double>);

}  // namespace

TEST_CASE_TEMPLATE("rating_accuracy: by hand, with and without a scale", T, float, double) {
  // ratings        4   2   5   1
  // predictions    3   2   7   0     errors 1 0 2 1: squares 6, sum 4
  // clipped [1, 5] 3   2   5   1     errors 1 0 0 0: squares 1, sum 1
  auto const test = support::ratings_of<T>({{0, 0, 4}, {0, 1, 2}, {1, 0, 5}, {2, 2, 1}});
  support::table_model<T> const model{{{3, 2, 0}, {7, 0, 0}, {0, 0, 0}}, {1, 1, 1}};

  auto const plain = evaluate_ratings(model, test);
  CHECK(plain.rmse == Approx(std::sqrt(6.0 / 4)));
  CHECK(plain.mae == 4.0 / 4);
  CHECK(plain.ratings == 4);

  auto const clipped = evaluate_ratings(model, test, {1, 5});
  CHECK(clipped.rmse == std::sqrt(1.0 / 4));
  CHECK(clipped.mae == 1.0 / 4);
  CHECK(clipped.ratings == 4);
}

TEST_CASE("rating_accuracy: a stranger's rating counts, with the neutral prediction") {
  auto const test = support::ratings_of<double>({{0, 0, 4}, {7, 9, 1}});
  support::table_model<double> const model{{{4}}, {1}, 3};
  CHECK(evaluate_ratings(model, test).mae == 2.0 / 2);
}

TEST_CASE("rating_accuracy: nothing to predict") {
  auto const none = evaluate_ratings(support::table_model<float>{}, kindred::ratings<float>{});
  CHECK(none.rmse == 0);
  CHECK(none.mae == 0);
  CHECK(none.ratings == 0);
}

TEST_CASE("rating_accuracy: a scale that is upside down is refused, also without data") {
  auto const e = support::error_of(
      [] { static_cast<void>(evaluate_ratings(support::table_model<float>{}, kindred::ratings<float>{}, {5, 1})); });
  CHECK(e.kind() == kindred::error_kind::setting);
}

TEST_CASE_TEMPLATE("rating_accuracy: as a plain loop, in any order on any number of threads", T, float, double) {
  auto const test = support::random_ratings<T>(500, 40, 0.2, 3);
  auto const model = support::random_table_model<T>(480, 40, 4);
  long double squares = 0, absolutes = 0;
  for (auto const& s : support::random_list(500, 40, 0.2, 3)) {
    double const predicted = s.user < 480 ? static_cast<double>(model.table[s.user][s.item]) : 0;
    long double const wrong = (std::min)((std::max)(predicted, 1.5), 4.5) - s.value;
    squares += wrong * wrong;
    absolutes += std::fabs(wrong);
  }
  auto const expected = evaluate_ratings(model, test, {1.5, 4.5});
  auto const n = static_cast<long double>(test.size());
  CHECK(expected.rmse == Approx(static_cast<double>(std::sqrt(squares / n))).epsilon(1e-14));
  CHECK(expected.mae == Approx(static_cast<double>(absolutes / n)).epsilon(1e-14));

  auto const same = [&](kindred::rating_accuracy const& a) {
    CHECK(a.rmse == expected.rmse);
    CHECK(a.mae == expected.mae);
    CHECK(a.ratings == expected.ratings);
  };
  for (std::size_t const threads : {1u, 2u, 3u, 8u, 16u}) {
    kindred::thread_pool pool(threads);
    same(evaluate_ratings(model, test, {1.5, 4.5}, pool));
  }
  same(evaluate_ratings(model, test, {1.5, 4.5}, support::reversed{}));
  same(evaluate_ratings(model, test, {1.5, 4.5}, support::shuffled{}));
}
