// SPDX-License-Identifier: BSL-1.0
#include <kindred/linear/top_features.hpp>

#include <kindred/solve/logistic_loss.hpp>

#include <doctest/doctest.h>

#include <array>
#include <span>
#include <vector>

// Effects of the row: 2 * 1 = 2, 0 * 5 = 0, -3 * 1 = -3, 1 * 2 = 2; column 9 is unknown.
TEST_CASE_TEMPLATE("top_features: strongest first, either way, ties by column", T, float, double) {
  std::vector<double> const w{2, 0, -3, 1};
  kindred::linear_model<T, kindred::logistic_loss> const model(w, 4, {});
  std::vector<kindred::index_t> const index{0, 1, 2, 3, 9};
  std::vector<T> const value{1, 5, 1, 2, 100};
  std::array<kindred::feature_effect<T>, 5> all{};
  REQUIRE(kindred::top_features(model, {index, value}, std::span<kindred::feature_effect<T>>(all)) == 3);
  CHECK(all[0] == kindred::feature_effect<T>{2, 1, -3});
  CHECK(all[1] == kindred::feature_effect<T>{0, 1, 2});
  CHECK(all[2] == kindred::feature_effect<T>{3, 2, 2});
  std::array<kindred::feature_effect<T>, 2> best{};
  REQUIRE(kindred::top_features(model, {index, value}, std::span<kindred::feature_effect<T>>(best)) == 2);
  CHECK(best[0] == all[0]);
  CHECK(best[1] == all[1]);
  CHECK(kindred::top_features(model, {index, value}, std::span<kindred::feature_effect<T>>()) == 0);
}
