// SPDX-License-Identifier: BSL-1.0
// bench: accuracy/filmtrust/sgd accuracy/filmtrust/svdpp accuracy/filmtrust/asymmetric_svd accuracy/filmtrust/trust
// bench: accuracy/filmtrust/social_mf accuracy/filmtrust/so_rec
//
// RMSE on FilmTrust (35 494 ratings from 0.5 to 4, who trusts whom) by 5-fold cross-validation, predictions clipped to the
// scale, with the library's defaults; beside what Guo, Zhang and Yorke-Smith publish for TrustSVD (2015: .787 / .607) and
// LibRec for biased factorization (.797 / .608). Of ratings given twice the last counts. Data are read from the folder that
// KINDRED_DATA names.

#include <kindred/data/k_fold.hpp>
#include <kindred/evaluate/cross_validate.hpp>
#include <kindred/evaluate/rating_accuracy.hpp>
#include <kindred/factor/asymmetric_svd.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/factor/so_rec.hpp>
#include <kindred/factor/social_sgd.hpp>
#include <kindred/factor/svdpp.hpp>
#include <kindred/factor/with_friends.hpp>
#include <kindred/interop/thread_pool.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <string>

namespace {

using data_set = kindred::ratings<float>;

void report(char const* name, auto const& recipe, data_set const& data, double published, kindred::thread_pool& pool,
            char const* peer) {
  auto const error = [](auto const& model, data_set const& train, data_set const& test) {
    return kindred::evaluate_ratings(model, test, kindred::rating_scale::of(train));
  };
  auto const result = kindred::cross_validate(recipe, data, kindred::k_fold{.count = 5, .seed = 1}, error, pool);
  std::printf("%s: RMSE %.4f +- %.4f, MAE %.4f\n", name, result.mean.rmse, result.spread.rmse, result.mean.mae);
  std::printf("BENCH accuracy/filmtrust/%s ours=%.4f peer=%s:%.3f ratio=%.3f unit=rmse\n", name, result.mean.rmse, peer,
              published, published / result.mean.rmse);
}

}  // namespace

int main() try {
  char const* const folder = std::getenv("KINDRED_DATA");
  if (folder == nullptr) {
    std::puts("KINDRED_DATA names no folder with data; nothing was measured");
    return 0;
  }
  // Numbers of users are shared by both files, so that they stay as they are.
  kindred::rating_table<float> table;
  std::ifstream ratings(std::string(folder) + "/filmtrust/ratings.txt");
  kindred::index_t user = 0, item = 0;
  for (float value = 0; ratings >> user >> item >> value;)
    table.add(kindred::user_id{user}, kindred::item_id{item}, value);
  auto const data = data_set::from(table, kindred::on_duplicate::last);

  kindred::with_friends<> social;
  std::ifstream links(std::string(folder) + "/filmtrust/trust.txt");
  kindred::index_t whom = 0;
  for (int value = 0; links >> user >> whom >> value;)
    social.friends.push_back({kindred::user_id{user}, kindred::user_id{whom}});

  kindred::thread_pool pool;
  report("sgd", kindred::sgd<>{}, data, 0.797, pool, "LibRec_BiasedMF");
  report("svdpp", kindred::svdpp<>{}, data, 0.797, pool, "LibRec_BiasedMF");
  report("asymmetric_svd", kindred::asymmetric_svd<>{}, data, 0.797, pool, "LibRec_BiasedMF");
  report("trust", social, data, 0.787, pool, "TrustSVD");
  report("social_mf", kindred::social_sgd<>{.how = {}, .friends = social.friends}, data, 0.797, pool,
         "LibRec_BiasedMF");
  report("so_rec", kindred::social_sgd<kindred::so_rec>{.how = {}, .friends = social.friends}, data, 0.797, pool,
         "LibRec_BiasedMF");
} catch (std::exception const& e) {
  std::fprintf(stderr, "filmtrust: %s\n", e.what());
  return 2;
}
