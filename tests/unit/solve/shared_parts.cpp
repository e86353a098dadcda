// SPDX-License-Identifier: BSL-1.0
#include <kindred/solve/shared_parts.hpp>

#include "../../support/ratings.hpp"

#include <doctest/doctest.h>

#include <utility>
#include <vector>

using kindred::index_t;
using kindred::user_id;

namespace {

using shares = std::vector<std::pair<index_t, double>>;

shares of(kindred::detail::shared_parts<double> const& parts, index_t u) {
  shares out;
  parts.each(u, [&](index_t row, double share) { out.push_back({row, share}); });
  return out;
}

// Of two users: the first has row 2, the second rows 0 and 1.
kindred::detail::shared_parts<double> told() {
  kindred::detail::shared_parts<double> parts;
  parts.rows = 3;
  parts.add(2, 0.5);
  parts.end_user();
  parts.add(0, 0.25);
  parts.add(1, 0.125);
  parts.end_user();
  return parts;
}

}  // namespace

TEST_CASE("shared_parts: a row for every item that a user rated, in equal shares") {
  auto const data = support::ratings_of<double>({{0, 1, 4}, {0, 3, 2}, {0, 4, 1}, {0, 0, 5}, {2, 2, 3}});
  auto const parts = kindred::detail::parts_of_rated(data);
  CHECK(parts.rows == 5);
  CHECK(of(parts, 0) == shares{{0, 0.5}, {1, 0.5}, {3, 0.5}, {4, 0.5}});
  CHECK(of(parts, 1).empty());
  CHECK(of(parts, 2) == shares{{2, 1.0}});
}

TEST_CASE("shared_parts: joined, told rows come behind; who is not told of has none") {
  auto const data = support::ratings_of<double>({{0, 1, 4}, {2, 0, 3}});
  auto const rated = kindred::detail::parts_of_rated(data);
  auto const both = kindred::detail::joined(rated, told());
  CHECK(both.rows == 5);
  CHECK(of(both, 0) == shares{{1, 1.0}, {4, 0.5}});
  CHECK(of(both, 1) == shares{{2, 0.25}, {3, 0.125}});
  CHECK(of(both, 2) == shares{{0, 1.0}});

  auto const thrice = kindred::detail::joined(both, told());
  CHECK(thrice.rows == 8);
  CHECK(of(thrice, 0) == shares{{1, 1.0}, {4, 0.5}, {7, 0.5}});
  CHECK(of(thrice, 1) == shares{{2, 0.25}, {3, 0.125}, {5, 0.25}, {6, 0.125}});
  CHECK(of(thrice, 2) == shares{{0, 1.0}});

  CHECK(of(kindred::detail::joined(rated, {}), 2) == shares{{0, 1.0}});
  CHECK(of(kindred::detail::joined({}, told()), 1) == shares{{0, 0.25}, {1, 0.125}});
}
