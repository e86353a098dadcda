// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/mean_of.hpp>

#include "../../support/error_of.hpp"
#include "../../support/ratings.hpp"

#include <doctest/doctest.h>

using kindred::item_id;
using kindred::mean_of;
using kindred::user_id;

TEST_CASE_TEMPLATE("mean_of: all ratings, a user's, an item's", T, float, double) {
  auto const data = support::ratings_of<T>({{0, 0, 1}, {0, 2, 2}, {2, 0, 6}});
  CHECK(mean_of(data) == 3);
  CHECK(mean_of(data, user_id{0}, T{9}) == T{1.5});
  CHECK(mean_of(data, user_id{1}, T{9}) == 9);
  CHECK(mean_of(data, user_id{7}, T{9}) == 9);
  CHECK(mean_of(data, item_id{0}, T{9}) == T{3.5});
  CHECK(mean_of(data, item_id{1}, T{9}) == 9);
  CHECK(mean_of(kindred::ratings<T>{}) == 0);
}

TEST_CASE_TEMPLATE("mean_of: a weight counts like so many ratings", T, float, double) {
  // (1 x 3 + 2 x 0.5 + 6 x 4) / 7.5 = 28 / 7.5.
  auto const data = support::weighted_ratings_of<T>({{0, 0, 1, 3}, {0, 2, 2, 0.5}, {2, 0, 6, 4}});
  CHECK(mean_of(data) == doctest::Approx(28 / 7.5));
  CHECK(mean_of(data, user_id{0}, T{9}) == doctest::Approx(4 / 3.5));
  CHECK(mean_of(data, item_id{0}, T{9}) == doctest::Approx(27.0 / 7));
}

TEST_CASE("mean_of: the largest floats have a mean, the largest doubles are refused") {
  CHECK(mean_of(support::ratings_of<float>({{0, 0, 3e38}, {0, 1, 3e38}})) == 3e38f);
  auto const e = support::error_of(
      [] { static_cast<void>(mean_of(support::ratings_of<double>({{0, 0, 1e308}, {0, 1, 1e308}}))); });
  CHECK(e.kind() == kindred::error_kind::numeric);
}
