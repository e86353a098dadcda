// SPDX-License-Identifier: BSL-1.0
#include <kindred/evaluate/threshold_accuracy.hpp>
#include <kindred/interop/thread_pool.hpp>

#include "../../support/error_of.hpp"
#include "../../support/ratings.hpp"
#include "../../support/table_model.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <limits>

using doctest::Approx;
using kindred::evaluate_threshold;

TEST_CASE_TEMPLATE("threshold_accuracy: by hand", T, float, double) {
  // From 3.5 on:
  //
  // rating      4   3.5  5   2    3   1   4
  // predicted   4   4    3   3.5  5   2   3.5
  //             lp  lp   l   p    p   -   lp
  //
  // accuracy 4/7, precision 3/5, recall 3/4, F1 = 2 (3/5) (3/4) / (3/5 + 3/4) = (18/20) / (27/20) = 2/3.
  auto const test =
      support::ratings_of<T>({{0, 0, 4}, {0, 1, 3.5}, {0, 2, 5}, {1, 0, 2}, {1, 1, 3}, {2, 0, 1}, {2, 2, 4}});
  support::table_model<T> const model{{{4, 4, 3}, {T{3.5}, 5, 0}, {2, 0, T{3.5}}}, {1, 1, 1}};
  auto const a = evaluate_threshold(model, test, 3.5);
  CHECK(a.liked_and_predicted == 3);
  CHECK(a.liked_only == 1);
  CHECK(a.predicted_only == 2);
  CHECK(a.neither == 1);
  CHECK(a.accuracy == 4.0 / 7);
  CHECK(a.precision == 3.0 / 5);
  CHECK(a.recall == 3.0 / 4);
  CHECK(a.f1 == Approx(2.0 / 3));
}

TEST_CASE("threshold_accuracy: figures that say nothing are 0") {
  auto const test = support::ratings_of<float>({{0, 0, 4}, {0, 1, 2}});
  support::table_model<float> const pessimist{{{1, 1}}, {1, 1}};
  auto const none_predicted = evaluate_threshold(pessimist, test, 3);
  CHECK(none_predicted.accuracy == 0.5);
  CHECK(none_predicted.precision == 0);
  CHECK(none_predicted.recall == 0);
  CHECK(none_predicted.f1 == 0);

  support::table_model<float> const optimist{{{9, 9}}, {1, 1}};
  auto const none_liked = evaluate_threshold(optimist, test, 5);
  CHECK(none_liked.precision == 0);
  CHECK(none_liked.recall == 0);
  CHECK(none_liked.predicted_only == 2);

  auto const none = evaluate_threshold(optimist, kindred::ratings<float>{}, 3);
  CHECK(none.accuracy == 0);
  CHECK(none.neither == 0);
}

TEST_CASE_TEMPLATE("threshold_accuracy: a rating that is written like the threshold is at it", T, float, double) {
  // As a float, 3.3 is 3.2999999523: less than the double 3.3.
  for (int tenths = 10; tenths != 51; ++tenths) {
    double const threshold = tenths / 10.0;
    auto const test = support::ratings_of<T>({{0, 0, threshold}});
    support::table_model<T> const model{{{static_cast<T>(threshold)}}, {1}};
    CHECK(evaluate_threshold(model, test, threshold).liked_and_predicted == 1);
  }
}

TEST_CASE("threshold_accuracy: thresholds beyond the number type, and those that are no number") {
  auto const test = support::ratings_of<float>({{0, 0, 4}});
  support::table_model<float> const model{{{4}}, {1}};
  CHECK(evaluate_threshold(model, test, 1e300).neither == 1);
  CHECK(evaluate_threshold(model, test, -1e300).liked_and_predicted == 1);
  for (double const bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
                           -std::numeric_limits<double>::infinity()}) {
    auto const e = support::error_of([&] { static_cast<void>(evaluate_threshold(model, test, bad)); });
    CHECK(e.kind() == kindred::error_kind::setting);
    CHECK(support::says(e, "threshold"));
  }
}

TEST_CASE_TEMPLATE("threshold_accuracy: as a plain loop, on any number of threads", T, float, double) {
  auto const test = support::random_ratings<T>(400, 30, 0.2, 5);
  auto const model = support::random_table_model<T>(400, 30, 6);
  for (double const threshold : {0.0, 2.5, 3.0, 4.5, 6.0}) {
    std::size_t cell[2][2] = {};
    for (auto const& s : support::random_list(400, 30, 0.2, 5))
      ++cell[s.value >= threshold ? 1 : 0][static_cast<double>(model.table[s.user][s.item]) >= threshold ? 1 : 0];
    for (std::size_t const threads : {1u, 2u, 3u, 8u, 16u}) {
      kindred::thread_pool pool(threads);
      auto const a = evaluate_threshold(model, test, threshold, pool);
      CHECK(a.liked_and_predicted == cell[1][1]);
      CHECK(a.liked_only == cell[1][0]);
      CHECK(a.predicted_only == cell[0][1]);
      CHECK(a.neither == cell[0][0]);
      CHECK(a.accuracy == static_cast<double>(cell[1][1] + cell[0][0]) / static_cast<double>(test.size()));
    }
  }
}
