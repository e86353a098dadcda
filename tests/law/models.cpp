// SPDX-License-Identifier: BSL-1.0
//
// The models, recipes, splitters and metrics of the library keep the laws, on the data of a generated shop.
#include "../support/sanitized.hpp"
#include "caught.hpp"

#include <kindred/baseline/bias_als.hpp>
#include <kindred/baseline/bias_sgd.hpp>
#include <kindred/baseline/constant.hpp>
#include <kindred/baseline/mean.hpp>
#include <kindred/baseline/popularity.hpp>
#include <kindred/baseline/z_score.hpp>
#include <kindred/compose/any_scorer.hpp>
#include <kindred/compose/fallback.hpp>
#include <kindred/compose/weighted.hpp>
#include <kindred/content/content.hpp>
#include <kindred/data/k_fold.hpp>
#include <kindred/data/leave_one_out.hpp>
#include <kindred/data/random_holdout.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/data/time_split.hpp>
#include <kindred/evaluate/average_precision_at.hpp>
#include <kindred/evaluate/ndcg_at.hpp>
#include <kindred/evaluate/precision_at.hpp>
#include <kindred/factor/als.hpp>
#include <kindred/factor/implicit_als.hpp>
#include <kindred/factor/live_als.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/factor/slim.hpp>
#include <kindred/interop/thread_pool.hpp>
#include <kindred/neighbor/implicit_item_knn.hpp>
#include <kindred/neighbor/implicit_user_knn.hpp>
#include <kindred/neighbor/item_knn.hpp>
#include <kindred/neighbor/live_knn.hpp>
#include <kindred/neighbor/on_residuals.hpp>
#include <kindred/neighbor/user_knn.hpp>
#include <kindred/neighbor/weighted_median.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/similarity/cosine.hpp>
#include <kindred/testing/generate.hpp>
#include <kindred/testing/laws/explainer.hpp>
#include <kindred/testing/laws/ranking_metric.hpp>
#include <kindred/testing/laws/recipe.hpp>
#include <kindred/testing/laws/scorer.hpp>
#include <kindred/testing/laws/splitter.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <span>
#include <vector>

using namespace kindred;
using testing::check_ranking_metric;
using testing::check_splitter;
using testing::check_stable_splitter;

namespace {

template <real T>
ratings<T> const& shop_ratings() {
  static ratings<T> const data = [] {
    auto const shop = testing::generate({.users = 150, .products = 320, .seed = 11});
    return ratings<T>::from(shop.ratings<T>(), on_duplicate::error, shop.size());
  }();
  return data;
}

// What the products of that shop are.
template <real T>
item_features<T> shop_features() {
  auto const shop = testing::generate({.users = 150, .products = 320, .seed = 11});
  feature_table<item_id> catalog;
  for (index_t i = 0; i != shop.products.size(); ++i) {
    auto const& p = shop.products[i];
    catalog.about(item_id{i}).category("category", testing::categories[p.category].name).number("price", p.price);
    if (i % 7 != 0) catalog.about(item_id{i}).text("description", p.description);
  }
  return item_features<T>::from(catalog);
}

// Some users, and items that fill more than a block; cold ones among them, and ids beyond the data.
std::span<user_id const> some_users() {
  static std::vector<user_id> const users = [] {
    std::vector<user_id> some;
    for (index_t u = 0; u < 160; u += 9) some.push_back(user_id{u});
    return some;
  }();
  return users;
}
std::span<item_id const> all_items_and_more() {
  static std::vector<item_id> const items = [] {
    std::vector<item_id> all;
    for (index_t i = 0; i != 330; ++i) all.push_back(item_id{i});
    return all;
  }();
  return items;
}

template <scorer S>
bool lawful(S const& model) {
  bool good = holds(testing::check_scorer(model, some_users(), all_items_and_more()));
  if constexpr (explainer<S>)
    good = holds(testing::check_explainer(model, some_users().first(6), all_items_and_more())) && good;
  return good;
}

template <real T, class R>
bool lawful_recipe(R const& how) {
  thread_pool pool(3);
  return holds(testing::check_recipe(how, shop_ratings<T>(), pool, some_users(), all_items_and_more().first(100))) &&
         lawful(fit(how, shop_ratings<T>()).model);
}

}  // namespace

TEST_CASE_TEMPLATE("laws: recipes and their models", T, float, double) {
  if constexpr (support::is_tried<T>) {
    CHECK(lawful_recipe<T>(popularity{}));
    CHECK(lawful_recipe<T>(constant{.value = 3}));
    CHECK(lawful_recipe<T>(user_mean{}));
    CHECK(lawful_recipe<T>(item_mean{}));
    CHECK(lawful_recipe<T>(bias_als{}));
    CHECK(lawful_recipe<T>(bias_sgd<>{.epochs = 5}));
    CHECK(lawful_recipe<T>(sgd<>{.factors = 7, .epochs = 5}));
    CHECK(lawful_recipe<T>(als<>{.factors = 7, .sweeps = 4}));
    CHECK(lawful_recipe<T>(implicit_als<>{.factors = 7, .sweeps = 4}));
    CHECK(lawful_recipe<T>(live_als<>{{.factors = 7, .sweeps = 4}}));
    CHECK(lawful_recipe<T>(slim{.candidates = 10}));
    CHECK(lawful_recipe<T>(content{shop_features<T>()}));
    CHECK(lawful_recipe<T>(content<T, above_own_mean>{.about = shop_features<T>(), .contrast = 0.5}));
    CHECK(lawful_recipe<T>(item_knn<>{.neighbors = 10}));
    CHECK(lawful_recipe<T>(user_knn<>{.neighbors = 10}));
    CHECK(lawful_recipe<T>(item_knn<cosine, constant>{.neighbors = 10, .candidates = 20}));
    CHECK(lawful_recipe<T>(user_knn<on_residuals<cosine>, user_z_score, weighted_median>{.neighbors = 10}));
    CHECK(lawful_recipe<T>(live_knn<user_knn<cosine, user_mean>>{}));
    CHECK(lawful_recipe<T>(implicit_item_knn<>{.neighbors = 10}));
    CHECK(lawful_recipe<T>(implicit_user_knn<>{.neighbors = 10}));
  }
}

TEST_CASE("laws: combinators of models are models") {
  auto const& data = shop_ratings<float>();
  auto const taste = fit(sgd<>{.factors = 4, .epochs = 3}, data).model;
  auto const similar = fit(item_knn<>{.neighbors = 5}, data).model;
  auto const popular = fit(popularity{}, data).model;
  CHECK(lawful(weighted{{0.7f, 0.3f}, taste, similar}));
  CHECK(lawful(fallback{taste, popular}));
  CHECK(lawful(fallback{weighted{{1.0f, 2.0f}, taste, similar}, popular}));
  CHECK(lawful(any_scorer<float>(fallback{similar, popular})));
  CHECK(lawful(any_predictor<float>(taste)));
}

TEST_CASE_TEMPLATE("laws: splitters", T, float, double) {
  auto const& data = shop_ratings<T>();
  CHECK(holds(check_splitter(k_fold{.count = 4, .seed = 2}, data)));
  CHECK(holds(check_splitter(random_holdout{.fraction = 0.3}, data)));
  CHECK(holds(check_splitter(leave_one_out{}, data)));
  CHECK(holds(check_splitter(leave_last_out{}, data)));
  CHECK(holds(check_splitter(since{.instant = testing::world_begin + 26 * testing::week}, data)));
  CHECK(holds(check_splitter(time_split{}, data)));
  CHECK(holds(check_splitter(user_time_split{}, data)));
  CHECK(holds(check_stable_splitter(k_fold{}, data)));
  CHECK(holds(check_stable_splitter(random_holdout{}, data)));
}

TEST_CASE("laws: ranking metrics") {
  for (std::uint32_t const k : {1u, 5u, 10u, 100u}) {
    CHECK(holds(check_ranking_metric(precision_at{k})));
    CHECK(holds(check_ranking_metric(recall_at{k})));
    CHECK(holds(check_ranking_metric(hit_rate_at{k})));
    CHECK(holds(check_ranking_metric(average_precision_at{k})));
    CHECK(holds(check_ranking_metric(reciprocal_rank_at{k})));
    CHECK(holds(check_ranking_metric(ndcg_at{k})));
  }
}
