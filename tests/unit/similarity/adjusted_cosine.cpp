// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/adjusted_cosine.hpp>

#include "../../support/ratings.hpp"
#include "../../support/similarity_checks.hpp"

#include <doctest/doctest.h>

namespace {

// Four users and three items; items are the rows.
template <class T>
kindred::ratings<T> small() {
  return support::ratings_of<T>({{0, 0, 5}, {0, 1, 3}, {1, 0, 4}, {1, 2, 2}, {2, 0, 1}, {2, 1, 2}, {3, 2, 4}});
}

}  // namespace

TEST_CASE_TEMPLATE("adjusted_cosine: items, measured from what users usually say", T, float, double) {
  // Users 0 to 3 have the means 4, 3, 1.5 and 4. Items 0 and 1 share users 0 and 2: (1, -1), (-.5, .5): the opposite. Items 0
  // and 2 share user 1: (1, -1): the opposite as well. Without the users' means both cosines are near 1.
  kindred::adjusted_cosine const how;
  auto const seen = kindred::prepared<kindred::item_id>(how, small<T>());
  auto const item = [&](kindred::index_t i) { return seen.of(kindred::item_id{i}); };
  CHECK(how(item(0), item(1)) == doctest::Approx(-1));
  CHECK(how(item(0), item(2)) == doctest::Approx(-1));
  CHECK(how(item(1), item(2)) == 0);
}
