// SPDX-License-Identifier: BSL-1.0
#include <kindred/solve/user_batches.hpp>

#include "../../support/ratings.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <vector>

using kindred::index_t;
using kindred::user_id;

TEST_CASE_TEMPLATE("user_batches: every rating and every share once, in both halves", T, float, double) {
  auto const data = support::random_ratings<T>(150, 40, 0.2, 21);
  auto const parts = kindred::detail::parts_of_rated(data);
  kindred::user_batches<T> const batches(data, parts, 3);
  using cell = std::tuple<index_t, index_t, double>;
  std::vector<cell> expected, walked, items, shared;
  for (index_t u = 0; u != data.user_count(); ++u) {
    auto const row = data.of(user_id{u});
    for (std::size_t k = 0; k != row.size(); ++k)
      expected.push_back({u, row.index[k], static_cast<double>(row.value[k])});
  }
  CHECK(batches.count() == 3);
  for (std::size_t b = 0; b != batches.count(); ++b) {
    auto const users = batches.users(b);
    CHECK(users.size() <= 64);
    for (std::size_t k = 0; k != users.size(); ++k) {
      std::size_t at = batches.first_entry(b, k);
      for (auto const& e : batches.entries(b, k)) {
        walked.push_back({users[k], e.item, static_cast<double>(e.value)});
        CHECK(&batches.at(at++) == &e);
        CHECK(e.weight == 1);
        CHECK(data.by_user().value()[e.number] == e.value);
      }
    }
    for (std::size_t g = 0; g != batches.groups; ++g) {
      for (auto const& use : batches.item_uses(b, g)) {
        auto const& e = batches.at(use.from);
        CHECK(e.item == use.row);
        CHECK(use.row % batches.groups == g);
        items.push_back({users[use.user], use.row, static_cast<double>(e.value)});
      }
      for (auto const& use : batches.shared_uses(b, g)) {
        CHECK(parts.row[use.from] == use.row);
        shared.push_back({users[use.user], use.row, static_cast<double>(data.by_user().value()[use.from])});
      }
    }
  }
  CHECK(walked != expected);
  for (auto* found : {&walked, &items, &shared}) {
    std::sort(found->begin(), found->end());
    CHECK(*found == expected);
  }
}

TEST_CASE("user_batches: weights, users without a rating, no ratings") {
  auto const data = support::weighted_ratings_of<float>({{0, 0, 4, 2}, {2, 1, 3, 0.5}});
  kindred::user_batches<float> const batches(data, kindred::detail::parts_of_rated(data), 0);
  CHECK(batches.count() == 1);
  CHECK(batches.users(0).size() == 2);
  CHECK(batches.size() == 2);
  CHECK(batches.total_weight() == 2.5);
  kindred::ratings<float> const empty;
  CHECK(kindred::user_batches<float>(empty, kindred::detail::parts_of_rated(empty), 0).count() == 0);
}
