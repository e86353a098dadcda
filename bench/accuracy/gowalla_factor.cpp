// SPDX-License-Identifier: BSL-1.0
// bench: accuracy/gowalla/factor
// flags: -O3 -march=native
//
// Recall@20 and NDCG@20 of implicit_als on Gowalla, in the split and by the protocol of the LightGCN papers (He et al., 2020):
// all items that a user has not visited in training are ranked, users without a test item are left out. Seconds are those of
// the fit and of ranking for everybody, on all cores. Reads gowalla/train.txt and test.txt in the folder that KINDRED_DATA
// names: a line a user, the number of the user and then those of items.
//
// The settings were chosen on a tenth of the training part, drawn evenly and held out, with fewer factors; of the test part an
// eighth of the users was looked at, once.

#include "gowalla_visits.hpp"

#include <kindred/evaluate/ndcg_at.hpp>
#include <kindred/evaluate/precision_at.hpp>
#include <kindred/evaluate/ranking_accuracy.hpp>
#include <kindred/factor/implicit_als.hpp>
#include <kindred/interop/thread_pool.hpp>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>

int main() try {
  char const* const folder = std::getenv("KINDRED_DATA");
  if (folder == nullptr) {
    std::puts("KINDRED_DATA names no folder with data; nothing was measured");
    return 0;
  }
  bench::gowalla_visits const data(folder);

  kindred::thread_pool pool;
  kindred::implicit_als<kindred::subspace, kindred::constant_confidence> how{
      .factors = 384, .sweeps = 10, .regularization = 0.003, .unobserved_weight = 0.01, .solver = {64}};
  how.start.deviation = 0.1 / std::sqrt(static_cast<double>(how.factors));
  auto const start = std::chrono::steady_clock::now();
  auto const model = kindred::fit(how, data.train, pool).model;
  double const fitted = bench::seconds_since(start);
  auto const judged = kindred::judge_ranking(model, data.train, data.test, {.length = 20}, pool, kindred::recall_at{20},
                                             kindred::ndcg_at{20});
  double const all = bench::seconds_since(start);
  std::printf("%zu users judged; NDCG@20 %.4f (LightGCN .1554, UltraGCN .1580); fit %.2f s, ranking %.2f s\n",
              judged.users, judged.mean[1], fitted, all - fitted);
  std::printf("BENCH accuracy/gowalla/factor ours=%.4f peer=UltraGCN:0.1862 ratio=%.3f unit=recall@20\n",
              judged.mean[0], judged.mean[0] / 0.1862);
} catch (std::exception const& e) {
  std::fprintf(stderr, "gowalla_factor: %s\n", e.what());
  return 2;
}
