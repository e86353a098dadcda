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
      auto const met = batches.entries(b, k);
      CHECK(batches.entries_before(b, k + 1) == batches.entries_before(b, k) + met.size());
      for (std::size_t j = 0; j != met.size(); ++j) {
        walked.push_back({users[k], met[j].item, static_cast<double>(met[j].value)});
        CHECK(met[j].weight == 1);
        CHECK(data.by_user().value()[met[j].number] == met[j].value);
      }
    }
    for (std::size_t g = 0; g != batches.groups; ++g) {
      batches.each_item_use(b, g, [&](auto const& use) {
        auto const e = batches.entries(b, use.user)[use.from];
        CHECK(e.item == use.row);
        CHECK(use.row % batches.groups == g);
        items.push_back({users[use.user], e.item, static_cast<double>(e.value)});
      });
      batches.each_shared_use(b, g, [&](auto const& use) {
        std::size_t const part = parts.begin[users[use.user]] + use.from;
        CHECK(parts.row[part] == use.row);
        CHECK(use.row % batches.groups == g);
        shared.push_back({users[use.user], parts.row[part], static_cast<double>(data.by_user().value()[part])});
      });
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
