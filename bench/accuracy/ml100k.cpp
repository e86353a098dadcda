// SPDX-License-Identifier: BSL-1.0
// bench: accuracy/ml100k/bias accuracy/ml100k/knn_basic accuracy/ml100k/knn_centered accuracy/ml100k/knn_zscore
// bench: accuracy/ml100k/knn_baseline accuracy/ml100k/knn_best accuracy/ml100k/slope_one accuracy/ml100k/co_clustering
// bench: accuracy/ml100k/sgd accuracy/ml100k/nmf accuracy/ml100k/svdpp accuracy/ml100k/asymmetric_svd
//
// RMSE on MovieLens 100K by 5-fold cross-validation with the library's defaults, beside what Surprise 1.1 publishes for its
// own (README of the project: 5 folds, predictions clipped to the scale of the ratings, as here). Reads ml-100k/u.data in
// the folder that KINDRED_DATA names.
//
// All k-NN but the last are by user and have the default settings of their parts: the base is what makes them basic, centered,
// of z-scores or on baselines. The basic one compares by mean squared difference, as Surprise does. The best is item_knn<>
// as it comes, beside what MyMediaLite publishes for ItemKNNPearson; strength and damping were chosen by cross-validation
// within the training part of the first fold.

#include <kindred/baseline/bias_als.hpp>
#include <kindred/baseline/mean.hpp>
#include <kindred/baseline/z_score.hpp>
#include <kindred/data/k_fold.hpp>
#include <kindred/evaluate/cross_validate.hpp>
#include <kindred/evaluate/rating_accuracy.hpp>
#include <kindred/factor/asymmetric_svd.hpp>
#include <kindred/factor/co_clustering.hpp>
#include <kindred/factor/nmf.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/factor/svdpp.hpp>
#include <kindred/interop/thread_pool.hpp>
#include <kindred/io/read_ratings.hpp>
#include <kindred/neighbor/item_knn.hpp>
#include <kindred/neighbor/slope_one.hpp>
#include <kindred/neighbor/user_knn.hpp>
#include <kindred/similarity/mean_squared_difference.hpp>
#include <kindred/similarity/pearson.hpp>
#include <kindred/similarity/shrunk.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

namespace {

using data_set = kindred::ratings<float>;
using kindred::mean_squared_difference;
using kindred::pearson;
using kindred::shrunk;
using kindred::user_knn;

void report(char const* name, auto const& recipe, data_set const& data, double published, kindred::thread_pool& pool,
            char const* peer = "Surprise") {
  auto const error = [](auto const& model, data_set const& train, data_set const& test) {
    return kindred::evaluate_ratings(model, test, kindred::rating_scale::of(train));
  };
  auto const result = kindred::cross_validate(recipe, data, kindred::k_fold{.count = 5, .seed = 1}, error, pool);
  std::printf("%s: RMSE %.4f +- %.4f, MAE %.4f\n", name, result.mean.rmse, result.spread.rmse, result.mean.mae);
  std::printf("BENCH accuracy/ml100k/%s ours=%.4f peer=%s:%.4f ratio=%.3f unit=rmse\n", name, result.mean.rmse, peer,
              published, published / result.mean.rmse);
}

}  // namespace

int main() try {
  char const* const folder = std::getenv("KINDRED_DATA");
  if (folder == nullptr) {
    std::puts("KINDRED_DATA names no folder with data; nothing was measured");
    return 0;
  }
  auto const file = kindred::read_ratings<float>(std::string(folder) + "/ml-100k/u.data", kindred::movielens_100k);
  auto const data = data_set::from(file.table);
  kindred::thread_pool pool;
  report("bias", kindred::bias_als{}, data, 0.944, pool);
  report("knn_basic", user_knn<mean_squared_difference, kindred::overall_mean>{}, data, 0.980, pool);
  report("knn_centered", user_knn<>{}, data, 0.951, pool);
  report("knn_zscore", user_knn<shrunk<pearson>, kindred::user_z_score>{}, data, 0.951, pool);
  report("knn_baseline", user_knn<shrunk<pearson>, kindred::bias_als>{}, data, 0.931, pool);
  report("knn_best", kindred::item_knn<>{}, data, 0.9133, pool, "MyMediaLite");
  report("slope_one", kindred::slope_one<>{}, data, 0.946, pool);
  report("co_clustering", kindred::co_clustering{}, data, 0.963, pool);
  report("sgd", kindred::sgd<>{}, data, 0.934, pool);
  report("nmf", kindred::nmf{}, data, 0.963, pool);
  report("svdpp", kindred::svdpp<>{}, data, 0.919, pool);
  report("asymmetric_svd", kindred::asymmetric_svd<>{}, data, 0.9065, pool, "MyMediaLite_SVD++");
} catch (std::exception const& e) {
  std::fprintf(stderr, "ml100k: %s\n", e.what());
  return 2;
}
