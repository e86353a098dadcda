// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "features.hpp"

#include <kindred/baseline/bias_als.hpp>
#include <kindred/baseline/bias_sgd.hpp>
#include <kindred/baseline/constant.hpp>
#include <kindred/baseline/mean.hpp>
#include <kindred/baseline/popularity.hpp>
#include <kindred/baseline/z_score.hpp>
#include <kindred/content/content.hpp>
#include <kindred/factor/als.hpp>
#include <kindred/factor/asymmetric_svd.hpp>
#include <kindred/factor/bpr.hpp>
#include <kindred/factor/ccd.hpp>
#include <kindred/factor/co_clustering.hpp>
#include <kindred/factor/early_stop.hpp>
#include <kindred/factor/ease.hpp>
#include <kindred/factor/feature_factorization.hpp>
#include <kindred/factor/implicit_als.hpp>
#include <kindred/factor/live_als.hpp>
#include <kindred/factor/live_factors.hpp>
#include <kindred/factor/logistic_mf.hpp>
#include <kindred/factor/nmf.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/factor/simplex_mf.hpp>
#include <kindred/factor/slim.hpp>
#include <kindred/factor/so_rec.hpp>
#include <kindred/factor/social_sgd.hpp>
#include <kindred/factor/softmax_mf.hpp>
#include <kindred/factor/svdpp.hpp>
#include <kindred/factor/time_aware.hpp>
#include <kindred/factor/warp.hpp>
#include <kindred/factor/with_friends.hpp>
#include <kindred/graph/learned_paths.hpp>
#include <kindred/neighbor/implicit_item_knn.hpp>
#include <kindred/neighbor/implicit_user_knn.hpp>
#include <kindred/neighbor/item_knn.hpp>
#include <kindred/neighbor/live_knn.hpp>
#include <kindred/neighbor/on_residuals.hpp>
#include <kindred/neighbor/ridge_neighbors.hpp>
#include <kindred/neighbor/rp3_beta.hpp>
#include <kindred/neighbor/slope_one.hpp>
#include <kindred/neighbor/user_knn.hpp>
#include <kindred/neighbor/user_walk.hpp>
#include <kindred/neighbor/weighted_median.hpp>
#include <kindred/similarity/amplified.hpp>
#include <kindred/similarity/cosine.hpp>
#include <kindred/similarity/log_likelihood.hpp>
#include <kindred/similarity/random_walk.hpp>
#include <kindred/similarity/significance.hpp>
#include <kindred/similarity/spearman.hpp>
#include <kindred/similarity/weighted_by.hpp>
#include <kindred/similarity/weighting/tf_idf.hpp>
#include <kindred/solve/adagrad.hpp>
#include <kindred/solve/frequency_scaled.hpp>
#include <kindred/solve/group_penalty.hpp>
#include <kindred/solve/huber_loss.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace support {

// Content of items about which something random is known.
template <class Liking>
struct random_content {
  double contrast = 1;

  template <kindred::real T, kindred::executor E, kindred::observer O>
  auto fit(kindred::ratings<T> const& data, E& ex, O& watch) const {
    kindred::index_t const items = data.item_count() < 300 ? data.item_count() : 300;
    auto about = kindred::item_features<T>::from(random_features<kindred::item_id>(0, items, 5));
    return kindred::content<T, Liking>{.about = std::move(about), .contrast = contrast}.fit(data, ex, watch);
  }
};

// A factorization machine over items about which something random is known.
struct random_featured {
  template <kindred::real T, kindred::executor E, kindred::observer O>
  auto fit(kindred::ratings<T> const& data, E& ex, O& watch) const {
    kindred::index_t const items = data.item_count() < 300 ? data.item_count() : 300;
    return kindred::feature_factorization<T>{
        .items = kindred::item_features<T>::from(random_features<kindred::item_id>(0, items, 6)),
        .machine = {.factors = 10, .epochs = 2}}
        .fit(data, ex, watch);
  }
};

// What knows of times, of ratings of random ones.
struct at_random_times {
  kindred::time_aware<> how = {};

  template <kindred::real T, kindred::executor E, kindred::observer O>
  auto fit(kindred::ratings<T> const& data, E& ex, O& watch) const {
    kindred::rating_table<T> table;
    for (kindred::index_t u = 0; u != data.user_count(); ++u) {
      auto const row = data.of(kindred::user_id{u});
      for (std::size_t k = 0; k != row.size(); ++k) {
        auto const when = static_cast<std::int64_t>(kindred::mix(7, u, row.index[k]) % 8000000);
        table.add(kindred::user_id{u}, kindred::item_id{row.index[k]}, row.value[k], when);
      }
    }
    return how.fit(kindred::ratings<T>::from(table), ex, watch);
  }
};

// Calls visit(name, recipe) for every way of factorizing ratings, as it comes and on unusual paths.
template <class Visit>
void each_factor_recipe(Visit const& visit) {
  visit("co_clustering", kindred::co_clustering{.user_groups = 4, .sweeps = 5});
  visit("als", kindred::als<>{.factors = 5, .sweeps = 3});
  visit("als, exact", kindred::als<kindred::cholesky>{.factors = 17, .sweeps = 2});
  visit("slim", kindred::slim{.l1 = 0.5, .candidates = 10});
  visit("live_als", kindred::live_als<>{{.factors = 5, .sweeps = 2}});
  visit("live_factors", kindred::live_factors<>{{.factors = 5, .sweeps = 2}});
  visit("implicit_als", kindred::implicit_als<>{.factors = 5, .sweeps = 3});
  visit("implicit_als by subspaces",
        kindred::implicit_als<kindred::subspace, kindred::log_confidence>{.factors = 20, .sweeps = 2, .solver = {16}});
  visit("sgd", kindred::sgd<>{.factors = 10, .epochs = 8});
  visit("bpr, hardest of popular ones",
        kindred::bpr_of<kindred::hardest_of<kindred::popular_negatives>>{.factors = 10, .epochs = 2});
  visit("warp", kindred::warp{.factors = 10, .epochs = 1});
  visit("sgd without factors", kindred::sgd<>{.factors = 0, .epochs = 8});
  visit("svdpp", kindred::svdpp<>{.factors = 10, .epochs = 2});
  visit("ccd", kindred::ccd<>{.factors = 10, .sweeps = 2});
  visit("nmf", kindred::nmf{.factors = 10, .sweeps = 2});
  visit("nmf, multiplicative", kindred::nmf{.factors = 10, .sweeps = 2, .update = kindred::nmf_update::multiplicative});
  visit("feature_factorization", random_featured{});
  visit("asymmetric_svd", kindred::asymmetric_svd<>{.factors = 10, .epochs = 2});
  visit("sgd of groups", kindred::sgd<kindred::squared_loss, kindred::group_penalty>{.factors = 10, .epochs = 2});
  visit("social_mf", kindred::social_sgd<>{.how = {.factors = 10, .epochs = 2},
                                           .friends = {{kindred::user_id{1}, kindred::user_id{0}},
                                                       {kindred::user_id{2}, kindred::user_id{1}}}});
}

// The same for those whose paths do not depend on the type of the numbers: visited for one.
template <class Visit>
void each_more_factor_recipe(Visit const& visit) {
  visit("ease", kindred::ease{.regularization = 20});
  visit("softmax_mf", kindred::softmax_mf{.factors = 10, .epochs = 2, .loss = {.drawn = 5}});
  visit("simplex_mf", kindred::simplex_mf{.factors = 10, .epochs = 2, .loss = {.drawn = 5}});
  visit("logistic_mf", kindred::logistic_mf{.factors = 10, .epochs = 2});
  std::vector<kindred::trust> const friends{{kindred::user_id{1}, kindred::user_id{0}},
                                            {kindred::user_id{2}, kindred::user_id{1}}};
  visit("so_rec", kindred::social_sgd<kindred::so_rec>{.how = {.factors = 10, .epochs = 2}, .friends = friends});
  visit("with_friends", kindred::with_friends<>{.base = {.factors = 10, .epochs = 2}, .friends = friends});
  visit("time_aware",
        at_random_times{{.base = {.factors = 10, .epochs = 2}, .bins = 3, .vectors = kindred::taste::turning}});
  visit("early_stop of scaled strengths and own rates",
        kindred::early_stop<kindred::sgd<kindred::huber_loss, kindred::frequency_scaled<>, kindred::adam>>{
            .how = {.factors = 10, .epochs = 4}});
}

// The same for every way of fitting ratings.
template <class Visit>
void each_recipe(Visit const& visit) {
  visit("constant", kindred::constant{.value = 3});
  visit("user_mean", kindred::user_mean{});
  visit("item_mean", kindred::item_mean{});
  visit("popularity", kindred::popularity{});
  visit("bias_als", kindred::bias_als{});
  visit("bias_als, not damped", kindred::bias_als{.user_damping = 0, .item_damping = 0});
  visit("bias_sgd", kindred::bias_sgd<>{});
  visit("user_knn", kindred::user_knn<>{});
  visit("user_knn, cosine of raw ratings, not damped",
        kindred::user_knn<kindred::cosine, kindred::constant>{
            .neighbors = 5, .min_shared = 1, .aggregate = {.damping = 0}});
  visit("item_knn", kindred::item_knn<>{});
  visit("item_knn on means, not damped", kindred::item_knn<kindred::pearson, kindred::item_mean>{
                                             .neighbors = 2, .candidates = 10, .aggregate = {.damping = 0}});
  visit("user_knn of ranks, amplified", kindred::user_knn<kindred::amplified<kindred::spearman>>{.neighbors = 10});
  visit("item_knn, TF-IDF", kindred::item_knn<kindred::weighted_by<kindred::tf_idf, kindred::cosine>>{});
  visit("item_knn, random walk", kindred::item_knn<kindred::random_walk>{.similarity = {.to = 0.5}});
  visit("item_knn, surprise held back", kindred::item_knn<kindred::significance<kindred::log_likelihood>>{});
  visit("user_knn of z-scores", kindred::user_knn<kindred::pearson, kindred::user_z_score>{.neighbors = 4});
  visit("item_knn of residuals, median",
        kindred::item_knn<kindred::on_residuals<kindred::cosine>, kindred::item_z_score, kindred::weighted_median>{
            .neighbors = 7});
  visit("slope_one", kindred::slope_one<>{.candidates = 50});
  visit("implicit_item_knn", kindred::implicit_item_knn<>{.neighbors = 20});
  visit("implicit_user_knn", kindred::implicit_user_knn<>{.neighbors = 20});
  visit("implicit_user_knn of weights found together",
        kindred::implicit_user_knn<kindred::ridge_neighbors>{
            .neighbors = 20, .similarity = {.regularization = 50, .through = 0.3, .to = 0.8}});
  visit("rp3_beta", kindred::rp3_beta{.neighbors = 20});
  visit("user_walk", kindred::user_walk{.neighbors = 20, .power = 1.4, .hub_power = 1});
  visit("live_knn", kindred::live_knn<kindred::item_knn<kindred::cosine, kindred::item_mean>>{});
  visit("content", random_content<kindred::as_given>{});
  visit("content, above the own mean", random_content<kindred::above_own_mean>{.contrast = 0.5});
  each_factor_recipe(visit);
  kindred::meta_path const walked =
      along(kindred::relation_id{0}) / against(kindred::relation_id{0}) / along(kindred::relation_id{0});
  visit("graph_paths", kindred::graph_paths<>{.links = kindred::entity_links(0, {}, {}), .paths = {{walked, 1}}});
  visit("learned_paths", kindred::learned_paths<>{.links = kindred::entity_links(0, {}, {}),
                                                  .hide = kindred::hidden::items,
                                                  .folds = 2,
                                                  .users = 100,
                                                  .negatives = 3,
                                                  .epochs = 2});
}

}  // namespace support
