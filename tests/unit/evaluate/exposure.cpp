// SPDX-License-Identifier: BSL-1.0
#include <kindred/evaluate/exposure.hpp>

#include <kindred/evaluate/group_figures.hpp>

#include "../../support/error_of.hpp"
#include "../../support/judged_lists.hpp"
#include "../../support/ratings.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

using doctest::Approx;
using kindred::attention;
using kindred::exposure_of;
using kindred::gini;
using kindred::index_t;
using kindred::item_id;
using kindred::user_id;

namespace {

// Three users are offered 0 1, 0 2 and 0, of a catalog of four.
kindred::offered_lists three_lists() {
  std::vector<std::vector<item_id>> const lists{support::items({0, 1}), support::items({0, 2}), support::items({0})};
  return kindred::offered_lists::from({user_id{0}, user_id{1}, user_id{2}}, lists, 2, 4);
}

// Item 0 has two ratings, items 1 and 3 one each. Users 0 and 1 rated 0, user 1 also 3, user 3 item 1.
kindred::ratings<float> history() {
  return support::ratings_of<float>({{0, 0, 5}, {1, 0, 5}, {1, 3, 5}, {3, 1, 5}}, {4, 4});
}

}  // namespace

TEST_CASE("gini: by hand, and by the mean difference of all pairs") {
  CHECK(gini({}) == 0);
  CHECK(gini({5}) == 0);
  CHECK(gini({0, 0}) == 0);
  CHECK(gini({3, 3, 3}) == Approx(0));
  CHECK(gini({0, 0, 0, 8}) == Approx(1));
  CHECK(gini({1, 3}) == Approx(0.5));         // |1 - 3| / (1 x 4)
  CHECK(gini({2, 0, 1}) == Approx(2.0 / 3));  // (-2 x 0 + 0 x 1 + 2 x 2) / (2 x 3)
  for (std::uint64_t seed = 0; seed != 20; ++seed) {
    std::vector<double> x(2 + seed);
    long double apart = 0, sum = 0;
    for (std::size_t k = 0; k != x.size(); ++k) sum += x[k] = kindred::to_unit(kindred::mix(seed, k));
    for (double const a : x)
      for (double const b : x) apart += std::fabs(a - b);
    auto const n = static_cast<long double>(x.size());
    CHECK(gini(x) == Approx(static_cast<double>(apart / (2 * (n - 1) * sum))).epsilon(1e-12));
  }
}

TEST_CASE("exposure_of: places counted, or looked at less the further down") {
  auto const lists = three_lists();
  CHECK(exposure_of(lists) == std::vector<double>{3, 1, 1, 0});
  double const second = 1 / std::log2(3.0);
  CHECK(exposure_of(lists, attention::logarithmic)[0] == 3);
  CHECK(exposure_of(lists, attention::logarithmic)[1] == Approx(second));
  std::vector<std::uint32_t> const times{2, 0, 1};
  CHECK(exposure_of(lists, attention::even, times) == std::vector<double>{3, 2, 0, 0});
  auto const e =
      support::error_of([&] { static_cast<void>(exposure_of(lists, attention::even, std::span(times).first(2))); });
  CHECK(e.kind() == kindred::error_kind::shape);
}

TEST_CASE("use_of_catalog: by hand") {
  // Exposure 3 1 1 0: three of four items; shares .6 .2 .2. The head, with .5 of four ratings, is item 0.
  auto const u = kindred::use_of_catalog(three_lists(), kindred::item_shares(history(), 0.5));
  CHECK(u.coverage == 0.75);
  CHECK(u.gini == Approx((-3 * 0 - 1 * 1 + 1 * 1 + 3 * 3) / (3 * 5.0)));
  CHECK(u.entropy == Approx(-0.6 * std::log2(0.6) - 0.4 * std::log2(0.2)));
  CHECK(u.tail == Approx(0.4));
  CHECK(u.lists == 3);
  auto const none = kindred::use_of_catalog({}, kindred::item_shares(kindred::ratings<float>{}));
  CHECK(none.coverage == 0);
  CHECK(none.entropy == 0);
}

TEST_CASE("popularity_lift: by hand") {
  // Shares: item 0 is 1/2, items 1 and 3 are 1/4, item 2 is 0. User 0: list (1/2 + 1/4) / 2, history 1/2. User 1: list 1/4, history
  // 3/8. User 2 has no history. Together 5/8 against 7/8.
  kindred::item_shares const shares(history());
  auto const lists = three_lists();
  CHECK(kindred::popularity_lift(lists, history(), shares) == Approx((0.625 - 0.875) / 0.875));
  CHECK(kindred::popularity_lift(lists, history(), shares, std::vector<std::uint32_t>{1, 0, 0}) == Approx(-0.25));
  CHECK(kindred::popularity_lift({}, history(), shares) == 0);
  auto const refused = support::error_of(
      [&] { static_cast<void>(kindred::popularity_lift(lists, history(), shares, std::vector<std::uint32_t>{1})); });
  CHECK(refused.kind() == kindred::error_kind::shape);
}

TEST_CASE("means_by_group: who is served worse") {
  std::vector<index_t> const group{0, 0, 2, 1, 2};
  auto const users = std::vector{user_id{0}, user_id{1}, user_id{2}, user_id{4}};
  auto const by = kindred::means_by_group({0.5, 1, 0.25, 0.25}, users, group, 4);
  CHECK(by.groups.size() == 4);
  CHECK(by.groups[0].value == 0.75);
  CHECK(by.groups[0].count == 2);
  CHECK(by.groups[0].low >= 0.5);
  CHECK(by.groups[1].count == 0);
  CHECK(by.groups[2].value == 0.25);
  CHECK(by.best == 0);
  CHECK(by.worst == 2);
  CHECK(by.gap == 0.5);
  CHECK(kindred::means_by_group({}, {}, {}, 2).gap == 0);

  auto const refused = [&](std::vector<double> const& values, std::vector<user_id> const& of, index_t groups,
                           std::string_view words) {
    auto const e = support::error_of([&] { static_cast<void>(kindred::means_by_group(values, of, group, groups)); });
    CHECK_MESSAGE(support::says(e, words), e.what());
  };
  refused({1}, users, 4, "1 values for 4 users");
  refused({1}, {user_id{5}}, 4, "user 5, but groups of 5 users");
  refused({1}, {user_id{2}}, 2, "user 2 is in group 2; there are 2");
}

TEST_CASE("exposure_by_group: attention, catalog and demand by hand") {
  // Items 0 and 3 are of group 0, 1 and 2 of group 1. Exposure 3 1 1 0, ratings 2 1 0 1.
  std::vector<index_t> const group{0, 1, 1, 0};
  kindred::item_shares const shares(history());
  auto const by = kindred::exposure_by_group(three_lists(), shares, group, 2, attention::even);
  CHECK(by[0].exposure == Approx(0.6));
  CHECK(by[1].exposure == Approx(0.4));
  CHECK(by[0].catalog == 0.5);
  CHECK(by[0].ratings == 0.75);
  double const second = 1 / std::log2(3.0);
  CHECK(kindred::exposure_by_group(three_lists(), shares, group, 2)[1].exposure ==
        Approx(2 * second / (3 + 2 * second)));
  auto const e = support::error_of(
      [&] { static_cast<void>(kindred::exposure_by_group(three_lists(), shares, std::vector<index_t>(3), 2)); });
  CHECK(e.kind() == kindred::error_kind::shape);
  auto const e2 =
      support::error_of([&] { static_cast<void>(kindred::exposure_by_group(three_lists(), shares, group, 1)); });
  CHECK(support::says(e2, "item 1 is in group 1; there are 1"));
}
