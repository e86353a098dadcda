// SPDX-License-Identifier: BSL-1.0

#include "training.hpp"

#include "terminal.hpp"

#include <kindred/data/random_holdout.hpp>
#include <kindred/evaluate/rating_accuracy.hpp>
#include <kindred/factor/sgd.hpp>

#include <cstdint>
#include <utility>

std::vector<learning_point> learning_curve(shop_data const& shop, arguments const& asked, kindred::thread_pool& pool) {
  progress_line const progress("points of the learning curve", 10);
  auto const [train, test] = kindred::random_holdout{.fraction = 0.2, .seed = asked.seed}.split(shop.ratings);
  auto const scale = kindred::rating_scale::of(train);
  std::vector<learning_point> curve;
  for (std::uint32_t const epochs : {1u, 2u, 3u, 5u, 8u, 12u, 16u, 20u, 25u, 30u}) {
    auto const model = kindred::fit(kindred::sgd<>{.epochs = epochs, .seed = asked.seed}, train, pool).model;
    curve.push_back({epochs, kindred::evaluate_ratings(model, train, scale, pool).rmse,
                     kindred::evaluate_ratings(model, test, scale, pool).rmse});
    progress.show(static_cast<std::uint32_t>(curve.size()));
  }
  return curve;
}

trained train(shop_data const& shop, arguments const& asked, kindred::thread_pool& pool) {
  kindred::sgd<> const how{.seed = asked.seed};
  progress_line progress("epochs of factorization", how.epochs);
  auto taste = kindred::fit(how, shop.ratings, pool, progress).model;
  auto similar = kindred::fit(kindred::item_knn<>{}, shop.ratings, pool).model;
  auto everyone = kindred::fit(kindred::popularity{}, shop.ratings, pool).model;
  return {recommender{kindred::weighted{{0.5f, 0.5f}, std::move(taste), similar}, std::move(everyone)}, similar};
}
