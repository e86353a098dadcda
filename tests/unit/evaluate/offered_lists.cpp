// SPDX-License-Identifier: BSL-1.0
#include <kindred/evaluate/offered_lists.hpp>

#include <kindred/compose/diversified.hpp>
#include <kindred/compose/top_n_each.hpp>
#include <kindred/data/random_holdout.hpp>
#include <kindred/evaluate/estimate_ranking.hpp>
#include <kindred/evaluate/liked_items.hpp>
#include <kindred/evaluate/measure_lists.hpp>
#include <kindred/evaluate/ranking_accuracy.hpp>
#include <kindred/interop/thread_pool.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/judged_lists.hpp"
#include "../../support/ratings.hpp"
#include "../../support/table_model.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

using doctest::Approx;
using kindred::item_id;
using kindred::liked_items;
using kindred::offered_lists;
using kindred::user_id;

TEST_CASE_TEMPLATE("liked_items: from the threshold on, by user", T, float, double) {
  auto const test = support::ratings_of<T>({{0, 1, 4}, {0, 2, 3.3}, {0, 3, 5}, {2, 0, 1}, {3, 0, 3.3}}, {5, 6});
  liked_items const liked(test, 3.3);
  CHECK(liked.size() == 4);
  CHECK(liked.item_count() == 6);
  CHECK(liked.user_count() == 5);
  CHECK(std::vector(liked.users().begin(), liked.users().end()) == std::vector{user_id{0}, user_id{3}});
  auto const own = liked.of(user_id{0});
  CHECK(std::vector(own.begin(), own.end()) == support::items({1, 2, 3}));
  CHECK(liked.of(user_id{2}).empty());
  CHECK(liked.of(user_id{4}).empty());
  CHECK(liked.of(user_id{5}).empty());
  CHECK(liked.of(user_id{kindred::index_limit}).empty());
  CHECK(liked_items(test).users().size() == 3);
  CHECK(liked_items(kindred::ratings<T>{}).users().empty());
  auto const e = support::error_of([&] { liked_items(test, std::numeric_limits<double>::quiet_NaN()); });
  CHECK(support::says(e, "relevant_from"));
}

TEST_CASE("offered_lists: what top_n gives, whatever the threads, and the figures of evaluate_ranking") {
  auto const parts =
      kindred::random_holdout{.fraction = 0.3}.split(support::ratings_of<float>(support::random_list(90, 40, 0.3, 1)));
  auto const &train = parts.first, &test = parts.second;
  auto const model = support::random_table_model<float>(90, 40, 2);
  liked_items const liked(test, 3.5);
  auto const lists = kindred::offered_by(model, train, liked.users(), 5);
  CHECK(lists.size() == liked.users().size());
  CHECK(lists.length() == 5);
  CHECK(lists.item_count() == 40);
  for (std::size_t k = 0; k != lists.size(); ++k) {
    user_id const u = lists.users()[k];
    std::vector<kindred::scored_item<float>> best(5);
    best.resize(kindred::top_n(model, u, kindred::unseen(train, u), std::span<kindred::scored_item<float>>(best)));
    REQUIRE(best.size() == lists[k].size());
    for (std::size_t p = 0; p != best.size(); ++p) CHECK(best[p].item == lists[k][p]);
    CHECK(lists.of(u).data() == lists[k].data());
  }
  kindred::thread_pool pool(3);
  CHECK(kindred::offered_by(model, train, liked.users(), 5, pool) == lists);
  CHECK(kindred::offered_by(model, train, liked.users(), 5, support::shuffled{}) == lists);

  std::vector<user_id> const users(liked.users().begin(), liked.users().end());
  auto const each =
      kindred::top_n_each(model, liked.users(), [&](user_id u) { return kindred::unseen(train, u); }, 5, pool);
  CHECK(offered_lists::from(users, each, 5, 40) == lists);

  auto const a = kindred::evaluate_ranking(model, train, test, {.length = 5, .relevant_from = 3.5});
  auto const e = kindred::estimate_ranking(model, train, test, {.length = 5, .relevant_from = 3.5}, {.resamples = 200});
  CHECK(e.precision.value == Approx(a.precision).epsilon(1e-14));
  CHECK(e.recall.value == Approx(a.recall).epsilon(1e-14));
  CHECK(e.hit_rate.value == Approx(a.hit_rate).epsilon(1e-14));
  CHECK(e.ndcg.value == Approx(a.ndcg).epsilon(1e-14));
  CHECK(e.map.value == Approx(a.map).epsilon(1e-14));
  CHECK(e.mrr.value == Approx(a.mrr).epsilon(1e-14));
  CHECK(e.ndcg.count == a.users);
  CHECK(e.ndcg.includes(a.ndcg));
  CHECK(e.ndcg.low < e.ndcg.high);
}

TEST_CASE("offered_lists: recommenders are asked like scorers, and judged like them") {
  auto const train = support::ratings_of<float>({}, {2, 4});
  auto const test = support::ratings_of<float>({{0, 2, 5}, {1, 0, 5}}, {2, 4});
  support::table_model<float> const model{{{4, 3, 2, 1}, {4, 3, 2, 1}}, {1, 1, 1, 1}};
  // Items 0 and 1 are the same, and so are 2 and 3: after 0 comes 2.
  auto const alike = [](item_id i, item_id j) noexcept { return to_index(i) / 2 == to_index(j) / 2 ? 1.0f : 0.0f; };
  kindred::diversified const varied{model, alike, kindred::mmr{.lambda = 0.9}};
  liked_items const liked(test);
  auto const lists = kindred::offered_by(varied, train, liked.users(), 2);
  CHECK(std::vector(lists[0].begin(), lists[0].end()) == support::items({0, 2}));
  CHECK(kindred::evaluate_ranking(varied, train, test, {.length = 2}).recall == 1);
  CHECK(kindred::evaluate_ranking(model, train, test, {.length = 2}).recall == 0.5);
}

TEST_CASE("offered_lists: from elsewhere, checked") {
  auto const two = std::vector{user_id{3}, user_id{7}};
  std::vector<std::vector<item_id>> const lists{support::items({4, 1}), {}};
  auto const made = offered_lists::from(two, lists, 3, 5);
  CHECK(std::vector(made.of(user_id{3}).begin(), made.of(user_id{3}).end()) == support::items({4, 1}));
  CHECK(made.of(user_id{7}).empty());
  CHECK(made.of(user_id{4}).empty());
  CHECK(offered_lists{}.of(user_id{0}).empty());
  CHECK_FALSE(made == offered_lists::from(two, lists, 2, 5));

  auto const refused = [&](std::vector<user_id> users, std::vector<std::vector<item_id>> const& of,
                           std::uint32_t length, kindred::error_kind kind, std::string_view words) {
    auto const e = support::error_of([&] { static_cast<void>(offered_lists::from(users, of, length, 5)); });
    CHECK(e.kind() == kind);
    CHECK_MESSAGE(support::says(e, words), e.what());
  };
  using enum kindred::error_kind;
  refused(two, {{}}, 3, shape, "1 lists for 2 users");
  refused({user_id{3}, user_id{3}}, {{}, {}}, 3, data, "users ascend, but number 1");
  refused({user_id{3}}, {support::items({0, 1})}, 1, shape, "has 2 items; the most that it can have is 1");
  refused({user_id{3}}, {support::items({5})}, 3, data, "item 5, which lies beyond");
  refused({user_id{3}}, {support::items({2, 0, 2})}, 3, data, "item 2 twice");
  refused({}, {}, 0, setting, "length = 0");
}
