// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/weighting/tf_idf.hpp>

#include "../../../support/ratings.hpp"

#include <kindred/similarity/cosine.hpp>

#include <doctest/doctest.h>

using kindred::item_id;
using kindred::prepared;
using kindred::user_id;

TEST_CASE_TEMPLATE("tf_idf: as scikit-learn has it", T, float, double) {
  // TfidfTransformer().fit_transform of ((3, 0, 1, 0), (2, ...), (3, ...), (4, ...), (3, 2, 0, 0), (3, 0, 2, 1)).
  auto const data = support::ratings_of<T>(
      {{0, 0, 3}, {0, 2, 1}, {1, 0, 2}, {2, 0, 3}, {3, 0, 4}, {4, 0, 3}, {4, 1, 2}, {5, 0, 3}, {5, 2, 2}, {5, 3, 1}});
  auto const seen = prepared<user_id>(kindred::tf_idf{}, data);
  CHECK(seen.of(user_id{0}).value[0] == doctest::Approx(3));
  CHECK(seen.of(user_id{0}).value[1] == doctest::Approx(1.84729786));
  CHECK(seen.of(user_id{4}).value[1] == doctest::Approx(4.50552594));
  CHECK(seen.of(user_id{5}).value[2] == doctest::Approx(2.25276297));
  kindred::cosine const how;
  CHECK(how(seen.of(user_id{0}), seen.of(user_id{5})) == doctest::Approx(0.85305852925815784).epsilon(1e-6));
  CHECK(how(seen.of(user_id{4}), seen.of(user_id{5})) == doctest::Approx(0.31577288811513565).epsilon(1e-6));
}
