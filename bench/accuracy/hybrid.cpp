// SPDX-License-Identifier: BSL-1.0
// bench: accuracy/ml100k/hybrid
//
// RMSE on MovieLens 100K, by 5-fold cross-validation, of a blend of the library's models with their defaults: the weights are learned
// within each training part, from predictions for what the models had not seen. Predictions are clipped to the scale of the
// ratings. The peer is the best single model that MyMediaLite publishes (SVD++ with frequency regularization). Reads
// ml-100k/u.data in the folder that KINDRED_DATA names.

#include <kindred/baseline/bias_als.hpp>
#include <kindred/compose/stacking.hpp>
#include <kindred/data/k_fold.hpp>
#include <kindred/evaluate/cross_validate.hpp>
#include <kindred/evaluate/rating_accuracy.hpp>
#include <kindred/factor/asymmetric_svd.hpp>
#include <kindred/factor/svdpp.hpp>
#include <kindred/interop/thread_pool.hpp>
#include <kindred/io/read_ratings.hpp>
#include <kindred/neighbor/item_knn.hpp>
#include <kindred/neighbor/user_knn.hpp>
#include <kindred/similarity/pearson.hpp>
#include <kindred/similarity/shrunk.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

int main() try {
  using data_set = kindred::ratings<float>;
  char const* const folder = std::getenv("KINDRED_DATA");
  if (folder == nullptr) {
    std::puts("KINDRED_DATA names no folder with data; nothing was measured");
    return 0;
  }
  auto const file = kindred::read_ratings<float>(std::string(folder) + "/ml-100k/u.data", kindred::movielens_100k);
  auto const data = data_set::from(file.table);
  kindred::thread_pool pool;
  kindred::stacking const hybrid(kindred::svdpp<>{}, kindred::asymmetric_svd<>{}, kindred::item_knn<>{},
                                 kindred::user_knn<kindred::shrunk<kindred::pearson>, kindred::bias_als>{},
                                 kindred::bias_als{});
  auto const error = [](auto const& model, data_set const& train, data_set const& test) {
    return kindred::evaluate_ratings(model, test, kindred::rating_scale::of(train));
  };
  auto const result = kindred::cross_validate(hybrid, data, kindred::k_fold{.count = 5, .seed = 1}, error, pool);
  std::printf("RMSE %.4f +- %.4f, MAE %.4f\n", result.mean.rmse, result.spread.rmse, result.mean.mae);
  std::printf("BENCH accuracy/ml100k/hybrid ours=%.4f peer=MyMediaLite_SVD++:0.9065 ratio=%.3f unit=rmse\n",
              result.mean.rmse, 0.9065 / result.mean.rmse);
} catch (std::exception const& e) {
  std::fprintf(stderr, "hybrid: %s\n", e.what());
  return 2;
}
