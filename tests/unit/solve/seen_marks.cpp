// SPDX-License-Identifier: BSL-1.0
#include <kindred/solve/seen_marks.hpp>

#include "../../support/ratings.hpp"

#include <doctest/doctest.h>

#include <vector>

using kindred::index_t;
using kindred::item_id;
using kindred::user_id;

TEST_CASE_TEMPLATE("seen_marks: what the rows say, for light users and for those who chose everything", T, float,
                   double) {
  std::vector<support::seen> list;
  for (index_t u = 0; u != 40; ++u)
    for (index_t i = 0; i != 700; ++i)
      if (u == 7 || kindred::mix(3, u, i) % 50 < u) list.push_back({u, i, 1});
  auto const data = support::ratings_of<T>(list);
  kindred::seen_marks<T> const seen(data);
  std::size_t wrong = 0;
  for (index_t u = 0; u != 40; ++u)
    for (index_t i = 0; i != 900; ++i) wrong += seen(u, i) != data.contains(user_id{u}, item_id{i}) ? 1u : 0u;
  CHECK(wrong == 0);
  CHECK(!kindred::seen_marks<T>(support::ratings_of<T>({{1, 0, 1}}))(0, 0));
}
