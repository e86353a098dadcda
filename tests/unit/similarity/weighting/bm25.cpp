// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/weighting/bm25.hpp>

#include "../../../support/error_of.hpp"
#include "../../../support/ratings.hpp"

#include <doctest/doctest.h>

#include <cmath>

using kindred::item_id;
using kindred::prepared;
using kindred::user_id;

TEST_CASE_TEMPLATE("bm25: by hand", T, float, double) {
  // Three users; lengths 6, 2, 0, mean 8/3. Item 0 in two rows, item 1 in one.
  auto const data = support::ratings_of<T>({{0, 0, 2}, {0, 1, 4}, {1, 0, 2}}, {3, 2});
  auto const seen = prepared<user_id>(kindred::bm25{}, data);
  double const common = std::log(1 + 1.5 / 2.5), rare = std::log(1 + 2.5 / 1.5);
  double const long_row = 1.2 * (0.25 + 0.75 * 6 / (8.0 / 3)), short_row = 1.2 * (0.25 + 0.75 * 2 / (8.0 / 3));
  CHECK(seen.of(user_id{0}).value[0] == doctest::Approx(common * 2 * 2.2 / (2 + long_row)));
  CHECK(seen.of(user_id{0}).value[1] == doctest::Approx(rare * 4 * 2.2 / (4 + long_row)));
  CHECK(seen.of(user_id{1}).value[0] == doctest::Approx(common * 2 * 2.2 / (2 + short_row)));
}

TEST_CASE_TEMPLATE("bm25: total, and settings have ranges", T, float, double) {
  auto const odd = support::ratings_of<T>({{0, 0, 0}, {0, 1, -4}, {1, 0, 2}});
  auto const seen = prepared<user_id>(kindred::bm25{.k1 = 0}, odd);
  CHECK(seen.of(user_id{0}).value[0] == 0);
  CHECK(seen.of(user_id{0}).value[1] == doctest::Approx(-std::log(1 + 1.5 / 1.5)));
  auto const zeros = support::ratings_of<T>({{0, 0, 0}, {1, 0, 0}});
  CHECK(prepared<user_id>(kindred::bm25{}, zeros) == zeros);
  CHECK(support::says(support::error_of([] { kindred::bm25{.k1 = -1}.check(); }), "bm25: k1"));
  CHECK(support::says(support::error_of([] { kindred::bm25{.b = 1.5}.check(); }), "bm25: b"));
}
