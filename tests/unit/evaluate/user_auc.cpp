// SPDX-License-Identifier: BSL-1.0
#include <kindred/evaluate/user_auc.hpp>

#include <kindred/data/random_holdout.hpp>
#include <kindred/evaluate/graded_ndcg.hpp>
#include <kindred/evaluate/sampled_ranking.hpp>
#include <kindred/interop/thread_pool.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"
#include "../../support/table_model.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

using doctest::Approx;
using kindred::auc_by_user;
using kindred::graded_ndcg;
using kindred::index_t;
using kindred::liked_items;

TEST_CASE_TEMPLATE("auc_by_user: by hand", T, float, double) {
  // User 0: has rated item 0; liked 1 (score 3) and 4, which is not known. Others: 2 (score 3), 3 (score 1), and 5, not known.
  // Item 1 ties with 2, beats 3 and 5; item 4 loses to 2 and 3, ties with 5: (0.5 + 1 + 1 + 0.5) / 6.
  // User 1 liked everything: nothing to tell apart.
  auto const train = support::ratings_of<T>({{0, 0, 5}}, {2, 6});
  auto const test = support::ratings_of<T>(
      {{0, 1, 5}, {0, 2, 1}, {0, 4, 5}, {1, 0, 5}, {1, 1, 5}, {1, 2, 5}, {1, 3, 5}, {1, 4, 5}, {1, 5, 5}}, {2, 6});
  support::table_model<T> const model{{{9, 3, 3, 1, 9, 9}, {1, 2, 3, 4, 5, 6}}, {1, 1, 1, 1, 0, 0}};
  auto const auc = auc_by_user(model, train, liked_items(test, 4));
  REQUIRE(auc.size() == 2);
  CHECK(auc[0] == Approx(3.0 / 6));
  CHECK(auc[1] == 0.5);
}

TEST_CASE("auc_by_user: as from all pairs, on any number of threads") {
  auto const parts = kindred::random_holdout{.fraction = 0.3}.split(
      support::ratings_of<double>(support::random_list(40, 300, 0.2, 1)));
  auto const &train = parts.first, &test = parts.second;
  auto const model = support::random_table_model<double>(40, 300, 2);
  liked_items const liked(test, 3.5);
  auto const auc = auc_by_user(model, train, liked);
  for (std::size_t k = 0; k != auc.size(); ++k) {
    auto const u = liked.users()[k];
    auto const own = liked.of(u);
    long double right = 0, pairs = 0;
    auto const value = [&](index_t i) { return model.known[i] != 0 ? model.table[to_index(u)][i] : -1.0; };
    for (auto const i : own)
      for (index_t j = 0; j != 300; ++j) {
        if (train.contains(u, kindred::item_id{j}) || std::binary_search(own.begin(), own.end(), kindred::item_id{j}))
          continue;
        ++pairs;
        right += value(to_index(i)) > value(j) ? 1 : value(to_index(i)) == value(j) ? 0.5L : 0;
      }
    CHECK(auc[k] == Approx(static_cast<double>(right / pairs)).epsilon(1e-12));
  }
  kindred::thread_pool pool(3);
  CHECK(auc_by_user(model, train, liked, pool) == auc);
}

TEST_CASE_TEMPLATE("graded_ndcg: by hand, with a tie", T, float, double) {
  // Scores 3 2 2 1, ratings 0 3 1 2. The tie shares places 2 and 3: gain (3 + 1) / 2 at each. Best order 3 2 1 0.
  std::vector<T> const score{3, 2, 2, 1}, rating{0, 3, 1, 2};
  auto const d = [](double p) { return 1 / std::log2(p + 1); };
  double const best = 3 + 2 * d(2) + d(3);
  CHECK(graded_ndcg<T>(score, rating) == Approx((2 * d(2) + 2 * d(3) + 2 * d(4)) / best).epsilon(1e-12));
  // Of the first two places the tie has one.
  CHECK(graded_ndcg<T>(score, rating, 2) == Approx(2 * d(2) / (3 + 2 * d(2))).epsilon(1e-12));
  // 2^r - 1: gains 0 7 1 3.
  CHECK(graded_ndcg<T>(score, rating, 0, kindred::gain::exponential) ==
        Approx((4 * d(2) + 4 * d(3) + 3 * d(4)) / (7 + 3 * d(2) + d(3))).epsilon(1e-12));
  CHECK(graded_ndcg<T>({}, {}) == 0);
  CHECK(graded_ndcg<T>(score, std::vector<T>(4, 0)) == 0);
  CHECK(graded_ndcg<T>(score, rating, 99) == graded_ndcg<T>(score, rating));
  CHECK(support::error_of([&] { static_cast<void>(graded_ndcg<T>(score, std::vector<T>(3, 0))); }).kind() ==
        kindred::error_kind::shape);
  std::vector<T> const below{0, -1, 0, 0}, nan{0, std::numeric_limits<T>::quiet_NaN(), 0, 0};
  CHECK(support::says(support::error_of([&] { static_cast<void>(graded_ndcg<T>(score, below)); }), "item 1"));
  CHECK(support::says(support::error_of([&] { static_cast<void>(graded_ndcg<T>(nan, rating)); }), "item 1"));
}

TEST_CASE("graded_ndcg: scikit-learn's figures") {
  std::vector<double> const score{.9, .4, .4, .1, .7, .4, .2, .2}, rating{0, 3, 1, 2, 5, 0, 4, 1};
  CHECK(graded_ndcg<double>(score, rating) == Approx(0.6836700520503188).epsilon(1e-12));
  CHECK(graded_ndcg<double>(score, rating, 3) == Approx(0.42347455948863977).epsilon(1e-12));
  CHECK(graded_ndcg<double>(score, rating, 5, kindred::gain::exponential) == Approx(0.5054952687136108).epsilon(1e-12));
}

TEST_CASE_TEMPLATE("evaluate_sampled_ranking: by hand", T, float, double) {
  // One item to draw, item 1: user 0's liked item 0 always beats it, user 1's always ties (rank 1.5 of 2, or 1 + 9 / 2 with nine
  // drawn), user 2 rated or liked everything.
  auto const train = support::ratings_of<T>({{2, 1, 5}}, {3, 2});
  auto const test = support::ratings_of<T>({{0, 0, 5}, {1, 0, 5}, {2, 0, 5}}, {3, 2});
  support::table_model<T> const model{{{2, 1}, {1, 1}, {1, 1}}, {1, 1}};
  liked_items const liked(test);
  auto const s = kindred::evaluate_sampled_ranking(model, train, liked, {.length = 5, .candidates = 9});
  CHECK(s.questions == 2);
  CHECK(s.sampled_hit_rate == Approx(0.5));
  CHECK(s.sampled_mrr == Approx(0.5));
  auto const wide = kindred::evaluate_sampled_ranking(model, train, liked, {.length = 6, .candidates = 9});
  CHECK(wide.sampled_hit_rate == 1);
  CHECK(wide.sampled_ndcg == Approx((1 + 1 / std::log2(6.5)) / 2));
  CHECK(wide.sampled_mrr == Approx((1 + 1 / 5.5) / 2));
  auto const other =
      kindred::evaluate_sampled_ranking(model, train, liked, {.length = 6, .candidates = 9}, support::reversed{});
  CHECK(other.sampled_ndcg == wide.sampled_ndcg);
  CHECK(kindred::evaluate_sampled_ranking(model, train, liked_items(kindred::ratings<T>{})).questions == 0);
  // Liked items beyond the training catalog leave item 1 to be drawn.
  liked_items const later(support::ratings_of<T>({{0, 0, 5}, {0, 2, 5}, {0, 3, 5}}, {3, 4}));
  CHECK(kindred::evaluate_sampled_ranking(model, train, later, {.candidates = 9}).questions == 3);
  auto const refused = [&](kindred::sampled_protocol how, char const* words) {
    auto const e =
        support::error_of([&] { static_cast<void>(kindred::evaluate_sampled_ranking(model, train, liked, how)); });
    CHECK(support::says(e, words));
  };
  refused({.length = 0}, "length = 0");
  refused({.candidates = 0}, "candidates = 0");
  refused({.candidates = 256}, "candidates = 256");
}
