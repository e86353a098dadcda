// SPDX-License-Identifier: BSL-1.0
#include <kindred/solve/met_users.hpp>

#include "../../support/ratings.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <map>
#include <vector>

using kindred::index_t;
using kindred::user_id;

TEST_CASE(
    "met_users: rows are cut where the ranges of items begin, told parts so that nobody shares a row with another "
    "range") {
  auto const data = support::random_ratings<float>(150, 90, 0.2, 21);
  kindred::user_batches<float> const batches(data, 3);
  kindred::detail::shared_parts<float> told;
  told.rows = 40;
  for (index_t u = 0; u != 100; ++u) {  // of the last 50 nothing is told
    for (index_t r = u % 7; r < told.rows; r += 5) told.add(r, 0.5f);
    told.end_user();
  }
  auto const parts = kindred::detail::joined(kindred::detail::parts_of_rated(data), told);
  kindred::detail::met_users<float> met(batches, parts);
  std::map<index_t, std::size_t> range_of;
  std::size_t items = 0, shares = 0;
  for (std::size_t b = 0; b != batches.count(); ++b) {
    std::size_t before = 0;
    for (std::size_t k = 0; k != batches.users(b).size(); ++k) {
      met.meet(b, k);
      auto const& one = met[k];
      CHECK(one.user == batches.users(b)[k]);
      CHECK(one.before == before);
      CHECK(one.order.size() == one.rated.size());
      before += one.rated.size();
      CHECK(one.of_items.front() == 0);
      CHECK(one.of_items.back() == one.rated.size());
      CHECK(one.of_told.front() == parts.told_begin(one.user));
      CHECK(one.of_told.back() == parts.told_end(one.user));
      for (std::size_t g = 0; g != batches.ranges; ++g) {
        for (std::size_t r = one.of_items[g]; r != one.of_items[g + 1]; ++r, ++items) {
          CHECK(one.rated.items()[r] >= batches.item_begin()[g]);
          CHECK(one.rated.items()[r] < batches.item_begin()[g + 1]);
        }
        for (std::size_t p = one.of_told[g]; p != one.of_told[g + 1]; ++p, ++shares)
          CHECK(range_of.try_emplace(parts.row[p], g).first->second == g);
      }
    }
    CHECK(before <= met.most());
    std::size_t number = 0;
    for (std::size_t k = 0; k != batches.users(b).size(); ++k)
      for (std::size_t r = 0; r != met[k].rated.size(); ++r) CHECK(met.who_met(number++).user == met[k].user);
  }
  CHECK(items == data.size());
  CHECK(shares == parts.row.size());
  CHECK(range_of.size() == 40);
}

TEST_CASE("met_users: nobody, and nothing told") {
  kindred::ratings<float> const empty;
  kindred::user_batches<float> const none(empty, 0);
  auto const parts = kindred::detail::parts_of_rated(empty);
  CHECK(kindred::detail::met_users<float>(none, parts).most() == 0);

  auto const data = support::ratings_of<float>({{0, 1, 4}, {0, 3, 2}, {2, 2, 3}});
  kindred::user_batches<float> const batches(data, 0);
  auto const rated = kindred::detail::parts_of_rated(data);
  kindred::detail::met_users<float> met(batches, rated);
  CHECK(met.most() == 3);
  met.meet(0, 0);
  CHECK(met[0].of_told.front() == met[0].of_told.back());
}
