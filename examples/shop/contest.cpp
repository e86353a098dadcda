// SPDX-License-Identifier: BSL-1.0

#include "contest.hpp"

#include "contestants.hpp"
#include "terminal.hpp"

#include <kindred/compose/top_n.hpp>
#include <kindred/data/k_fold.hpp>
#include <kindred/evaluate/cross_validate.hpp>
#include <kindred/evaluate/ranking_accuracy.hpp>
#include <kindred/evaluate/rating_accuracy.hpp>

#include <array>
#include <chrono>
#include <tuple>

namespace {

using kindred::index_t;
using kindred::user_id;
using data_set = kindred::ratings<float>;

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Ten recommendations for every user, or for the first thousand of many: microseconds for one user.
double recommend_microseconds(kindred::any_scorer<float> const& model, data_set const& data) {
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

score_line measure(contestant const& one, shop_data const& shop, arguments const& asked, kindred::thread_pool& pool) {
  auto const start = std::chrono::steady_clock::now();
  auto const model = one.train(shop.ratings);
  score_line line{.name = one.name, .rates = model.rates.has_value()};
  line.fit_seconds = seconds_since(start);
  line.recommend_microseconds = recommend_microseconds(model.ranks, shop.ratings);

  auto const judge = [&](contestant::model const& trained, data_set const& train, data_set const& test) {
    verdict v;
    if (trained.rates) v.error = kindred::evaluate_ratings(*trained.rates, test, kindred::rating_scale::of(train));
    v.ranking =
        kindred::evaluate_ranking(trained.ranks, train, test, {.length = 10, .relevant_from = shop.relevant_from});
    return v;
  };
  auto const folds = kindred::k_fold{.count = asked.folds, .seed = asked.seed};
  auto const result = kindred::cross_validate(one, shop.ratings, folds, judge, pool);
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
  auto const all = contestants(asked.seed);
  progress_line const progress("recommenders compared", static_cast<std::uint32_t>(all.size()));
  std::vector<score_line> table;
  for (contestant const& one : all) {
    progress.show(static_cast<std::uint32_t>(table.size()), one.name.c_str());
    table.push_back(measure(one, shop, asked, pool));
  }
  return table;
}
