// SPDX-License-Identifier: BSL-1.0

#include "contest.hpp"

#include "terminal.hpp"

#include <kindred/kindred.hpp>

#include <array>
#include <chrono>
#include <cmath>
#include <tuple>
#include <utility>

namespace {

using kindred::index_t;
using kindred::user_id;
using data_set = kindred::ratings<float>;

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Ten recommendations for every user, or for the first thousand of many: microseconds for one user.
template <class Model>
double recommend_microseconds(Model const& model, data_set const& data) {
  index_t const users = data.user_count() < 1000 ? data.user_count() : 1000;
  std::array<kindred::scored_item<float>, 10> best;
  auto const start = std::chrono::steady_clock::now();
  for (index_t u = 0; u != users; ++u)
    static_cast<void>(kindred::top_n(model, user_id{u}, kindred::unseen(data, user_id{u}), best));
  return 1e6 * seconds_since(start) / users;
}

// What a fold of the cross-validation says: errors, where scores are ratings, and the ranking.
struct verdict {
  kindred::rating_accuracy error;
  kindred::ranking_accuracy ranking;

  friend auto fields(verdict& v) { return std::tuple_cat(fields(v.error), fields(v.ranking)); }
};

template <class Recipe>
score_line measure(std::string name, Recipe const& recipe, shop_data const& shop, arguments const& asked,
                   kindred::thread_pool& pool) {
  auto const start = std::chrono::steady_clock::now();
  auto model = kindred::fit(recipe, shop.ratings).model;
  score_line line{.name = std::move(name), .rates = kindred::predictor<decltype(model)>};
  line.fit_seconds = seconds_since(start);
  line.recommend_microseconds = recommend_microseconds(model, shop.ratings);

  auto const judge = [&](auto const& trained, data_set const& train, data_set const& test) {
    verdict v;
    if constexpr (kindred::predictor<std::decay_t<decltype(trained)>>)
      v.error = kindred::evaluate_ratings(trained, test, kindred::rating_scale::of(train));
    v.ranking = kindred::evaluate_ranking(trained, train, test, {.length = 10, .relevant_from = shop.relevant_from});
    return v;
  };
  auto const folds = kindred::k_fold{.count = asked.folds, .seed = asked.seed};
  auto const result = kindred::cross_validate(recipe, shop.ratings, folds, judge, pool);
  line.rmse = result.mean.error.rmse;
  line.rmse_spread = result.spread.error.rmse;
  line.mae = result.mean.error.mae;
  line.precision = result.mean.ranking.precision;
  line.recall = result.mean.ranking.recall;
  line.ndcg = result.mean.ranking.ndcg;
  line.coverage = result.mean.ranking.coverage;
  return line;
}

}  // namespace

std::vector<score_line> compare(shop_data const& shop, arguments const& asked, kindred::thread_pool& pool) {
  progress_line const progress("recommenders compared", 5);
  std::vector<score_line> table;
  auto const enter = [&](char const* name, auto const& recipe) {
    progress.show(static_cast<std::uint32_t>(table.size()), name);
    table.push_back(measure(name, recipe, shop, asked, pool));
  };
  enter("popularity", kindred::popularity{});
  enter("bias", kindred::bias_als{});
  enter("user k-NN", kindred::user_knn<>{});
  enter("item k-NN", kindred::item_knn<>{});
  enter("factorization", kindred::sgd<>{.seed = asked.seed});
  return table;
}
