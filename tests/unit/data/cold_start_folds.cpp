// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/cold_start_folds.hpp>

#include "../../support/splits.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

using kindred::cold_items;
using kindred::cold_users;
using kindred::index_t;
using kindred::item_id;
using kindred::user_id;

TEST_CASE_TEMPLATE("cold_users, cold_items: the laws; stable while nothing is kept", T, float, double) {
  support::check_any_splitter<T>(cold_users{.count = 3, .kept = 2, .seed = 4});
  support::check_any_splitter<T>(cold_items{.count = 3, .kept = 2, .seed = 4});
  auto const data = support::ratings_of<T>(support::random_list(30, 20, 0.4, 1));
  for (auto const& law : {kindred::testing::check_stable_splitter(cold_users{.seed = 4}, data),
                          kindred::testing::check_stable_splitter(cold_items{.seed = 4}, data)})
    CHECK_MESSAGE(law.holds(), std::string(law.message()));
}

TEST_CASE("cold_users: each in one fold, with all but what is kept") {
  auto const data = support::ratings_of<float>(support::random_list(200, 20, 0.4, 2));
  for (std::uint32_t const kept : {0u, 1u, 5u}) {
    for (index_t u = 0; u != 200; ++u) {
      std::size_t const all = data.of(user_id{u}).size();
      std::size_t folds = 0;
      for (std::uint32_t fold = 0; fold != 4; ++fold) {
        auto const [train, test] = cold_users{.count = 4, .kept = kept, .seed = 7}.split(data, fold);
        if (test.of(user_id{u}).empty()) continue;
        ++folds;
        CHECK(train.of(user_id{u}).size() == kept);
      }
      CHECK(folds == (all > kept ? 1u : 0u));
    }
  }
  // Keeping more keeps the same and more; other seeds hold out others.
  auto const one = cold_users{.count = 2, .kept = 1}.split(data, 0).first;
  auto const three = cold_users{.count = 2, .kept = 3}.split(data, 0).first;
  std::size_t met = 0;
  for (index_t u = 0; u != 200; ++u)
    for (index_t const i : one.of(user_id{u}).index) met += three.contains(user_id{u}, item_id{i});
  CHECK(met == one.size());
  CHECK_FALSE(cold_users{.seed = 1}.split(data, 0).second == cold_users{.seed = 2}.split(data, 0).second);
}

TEST_CASE("cold_items: each in one fold, with all but what is kept") {
  auto const data = support::ratings_of<float>(support::random_list(20, 200, 0.4, 2));
  std::size_t tested = 0;
  for (std::uint32_t fold = 0; fold != 4; ++fold) {
    auto const [train, test] = cold_items{.count = 4, .kept = 2, .seed = 7}.split(data, fold);
    for (index_t i = 0; i != 200; ++i) {
      if (test.of(item_id{i}).empty()) continue;
      ++tested;
      CHECK(train.of(item_id{i}).size() == 2);
    }
  }
  CHECK(tested ==
        static_cast<std::size_t>(std::count_if(data.by_item().offset().begin() + 1, data.by_item().offset().end(),
                                               [&, before = kindred::offset_t{0}](kindred::offset_t end) mutable {
                                                 auto const size = end - before;
                                                 before = end;
                                                 return size > 2;
                                               })));
}

TEST_CASE("cold_users, cold_items: what is refused") {
  support::check_refused(cold_users{.count = 1}, 0, "cold_users: count = 1");
  support::check_refused(cold_items{.count = 1}, 0, "cold_items: count = 1");
  support::check_refused(cold_users{}, 5, "cold_users: fold 5");
  support::check_refused(cold_items{}, 5, "cold_items: fold 5");
}
