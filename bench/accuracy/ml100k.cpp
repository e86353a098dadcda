// SPDX-License-Identifier: BSL-1.0
// bench: accuracy/ml100k/bias accuracy/ml100k/knn_basic accuracy/ml100k/knn_centered accuracy/ml100k/knn_zscore
// bench: accuracy/ml100k/knn_baseline accuracy/ml100k/knn_best accuracy/ml100k/slope_one accuracy/ml100k/co_clustering
// bench: accuracy/ml100k/sgd accuracy/ml100k/nmf accuracy/ml100k/svdpp accuracy/ml100k/asymmetric_svd
// bench: accuracy/ml100k/ccd accuracy/ml100k/tuned accuracy/ml100k/standard accuracy/ml100k/u1
//
// RMSE on MovieLens 100K by 5-fold cross-validation with the library's defaults, beside what Surprise 1.1 publishes for its
// own (README of the project: 5 folds, predictions clipped to the scale of the ratings, as here). Reads ml-100k/u.data in
// the folder that KINDRED_DATA names.
//
// All k-NN but the last are by user and have the default settings of their parts: the base is what makes them basic, centered,
// of z-scores or on baselines. The basic one compares by mean squared difference, as Surprise does. The best is item_knn<>
// as it comes, beside what MyMediaLite publishes for ItemKNNPearson; strength and damping were chosen by cross-validation
// within the training part of the first fold.
//
// `tuned` is the best single model: asymmetric_svd<> with time_aware biases, whose factors, strength and rate are those with the
// least error on a tenth that is held out of the first fold's training part; it is asked what the user would say at the time of the
// rating. `standard` is the mean over the folds u1 to u5 that come with the data, by asymmetric_svd<> as it comes, without times.

#include <kindred/baseline/bias_als.hpp>
#include <kindred/baseline/mean.hpp>
#include <kindred/baseline/z_score.hpp>
#include <kindred/data/k_fold.hpp>
#include <kindred/data/random_holdout.hpp>
#include <kindred/evaluate/cross_validate.hpp>
#include <kindred/evaluate/rating_accuracy.hpp>
#include <kindred/factor/asymmetric_svd.hpp>
#include <kindred/factor/ccd.hpp>
#include <kindred/factor/co_clustering.hpp>
#include <kindred/factor/nmf.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/factor/svdpp.hpp>
#include <kindred/factor/time_aware.hpp>
#include <kindred/interop/thread_pool.hpp>
#include <kindred/io/read_ratings.hpp>
#include <kindred/neighbor/item_knn.hpp>
#include <kindred/neighbor/slope_one.hpp>
#include <kindred/neighbor/user_knn.hpp>
#include <kindred/similarity/mean_squared_difference.hpp>
#include <kindred/similarity/pearson.hpp>
#include <kindred/similarity/shrunk.hpp>

#include <cmath>
#include <cstdint>
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

// The error of a model that knows what time it is, asked for each rating at its own.
double timed_rmse(auto const& model, data_set const& test, kindred::rating_scale scale) {
  double sum = 0;
  for (kindred::index_t u = 0; u != test.user_count(); ++u) {
    auto const row = test.of(kindred::user_id{u});
    for (std::size_t k = 0; k != row.size(); ++k) {
      kindred::item_id const item{row.index[k]};
      float said = 0;
      model.score_at(kindred::user_id{u}, test.times(kindred::user_id{u})[k], {&item, 1}, {&said, 1});
      double const wrong = scale.clip(static_cast<double>(said)) - static_cast<double>(row.value[k]);
      sum += wrong * wrong;
    }
  }
  return std::sqrt(sum / static_cast<double>(test.size()));
}

using timed = kindred::time_aware<kindred::asymmetric_svd<>>;

double fold_rmse(timed const& how, data_set const& train, data_set const& test, kindred::thread_pool& pool) {
  return timed_rmse(kindred::fit(how, train, pool).model, test, kindred::rating_scale::of(train));
}

void tuned(data_set const& data, kindred::thread_pool& pool) {
  kindred::k_fold const folds{.count = 5, .seed = 1};
  auto const [known, held_out] = kindred::random_holdout{.fraction = 0.1, .seed = 3}.split(folds.split(data, 0).first);
  timed best;
  double least = 10;
  for (kindred::index_t const factors : {40u, 100u})
    for (double const strength : {0.1, 0.15, 0.2})
      for (double const rate : {0.004, 0.006}) {
        timed how;
        how.base.factors = factors;
        how.base.vector.strength = strength;
        how.base.rate = {.rate = rate, .decay = 0.02};
        how.base.epochs = rate < 0.005 ? 35 : 22;
        double const error = fold_rmse(how, known, held_out, pool);
        if (error < least) {
          least = error;
          best = how;
        }
      }
  double sum = 0;
  for (std::uint32_t fold = 0; fold != folds.count; ++fold) {
    auto const [train, test] = folds.split(data, fold);
    sum += fold_rmse(best, train, test, pool) / folds.count;
  }
  std::printf("tuned: %u factors, strength %.2f, rate %.3f, %u epochs\n", best.base.factors, best.base.vector.strength,
              best.base.rate.rate, best.base.epochs);
  std::printf("BENCH accuracy/ml100k/tuned ours=%.4f peer=MyMediaLite_SVD++:0.9065 ratio=%.3f unit=rmse\n", sum,
              0.9065 / sum);
}

// The folds that come with the data; ids are those of the files, less one.
data_set standard_part(std::string const& path) {
  auto const file = kindred::read_ratings<float, std::int64_t>(path, kindred::movielens_100k);
  auto table = file.table;
  for (std::size_t k = 0; k != table.size(); ++k) {
    table.user[k] = kindred::user_id{static_cast<kindred::index_t>(file.users.key(table.user[k]) - 1)};
    table.item[k] = kindred::item_id{static_cast<kindred::index_t>(file.items.key(table.item[k]) - 1)};
  }
  return data_set::from(table, kindred::on_duplicate::error, {.users = 943, .items = 1682});
}

void standard(std::string const& folder, kindred::thread_pool& pool) {
  double sum = 0, first = 0;
  for (int fold = 1; fold != 6; ++fold) {
    std::string const name = folder + "/ml-100k/u" + std::to_string(fold);
    auto const train = standard_part(name + ".base");
    auto const model = kindred::fit(kindred::asymmetric_svd<>{}, train, pool).model;
    double const error =
        kindred::evaluate_ratings(model, standard_part(name + ".test"), kindred::rating_scale::of(train)).rmse;
    if (fold == 1) first = error;
    sum += error / 5;
  }
  std::printf("BENCH accuracy/ml100k/standard ours=%.4f peer=cmfrec:0.9108 ratio=%.3f unit=rmse\n", sum, 0.9108 / sum);
  std::printf("BENCH accuracy/ml100k/u1 ours=%.4f peer=bar:0.915 ratio=%.3f unit=rmse\n", first, 0.915 / first);
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
  report("ccd", kindred::ccd<>{}, data, 0.934, pool, "Surprise_SVD");
  report("nmf", kindred::nmf{}, data, 0.963, pool);
  report("svdpp", kindred::svdpp<>{}, data, 0.919, pool);
  report("asymmetric_svd", kindred::asymmetric_svd<>{}, data, 0.9065, pool, "MyMediaLite_SVD++");
  tuned(data, pool);
  standard(folder, pool);
} catch (std::exception const& e) {
  std::fprintf(stderr, "ml100k: %s\n", e.what());
  return 2;
}
