// SPDX-License-Identifier: BSL-1.0
// bench: accuracy/ml100k/bias accuracy/ml100k/knn_centered accuracy/ml100k/item_knn accuracy/ml100k/sgd
//
// RMSE on MovieLens 100K by 5-fold cross-validation with the library's defaults, beside what Surprise 1.1 publishes for its
// own (README of the project: 5 folds, predictions clipped to the scale of the ratings, as here). Reads ml-100k/u.data in
// the folder that KINDRED_DATA names.

#include <kindred/baseline/bias_als.hpp>
#include <kindred/data/k_fold.hpp>
#include <kindred/evaluate/cross_validate.hpp>
#include <kindred/evaluate/rating_accuracy.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/interop/thread_pool.hpp>
#include <kindred/io/read_ratings.hpp>
#include <kindred/neighbor/item_knn.hpp>
#include <kindred/neighbor/user_knn.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

namespace {

using data_set = kindred::ratings<float>;

void report(char const* name, auto const& recipe, data_set const& data, double published, kindred::thread_pool& pool) {
  auto const error = [](auto const& model, data_set const& train, data_set const& test) {
    return kindred::evaluate_ratings(model, test, kindred::rating_scale::of(train));
  };
  auto const result = kindred::cross_validate(recipe, data, kindred::k_fold{.count = 5, .seed = 1}, error, pool);
  std::printf("%s: RMSE %.4f +- %.4f, MAE %.4f\n", name, result.mean.rmse, result.spread.rmse, result.mean.mae);
  std::printf("BENCH accuracy/ml100k/%s ours=%.4f peer=Surprise:%.3f ratio=%.3f unit=rmse\n", name, result.mean.rmse,
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
  report("knn_centered", kindred::user_knn<>{}, data, 0.951, pool);
  report("item_knn", kindred::item_knn<>{}, data, 0.931, pool);
  report("sgd", kindred::sgd<>{}, data, 0.934, pool);
} catch (std::exception const& e) {
  std::fprintf(stderr, "ml100k: %s\n", e.what());
  return 2;
}
