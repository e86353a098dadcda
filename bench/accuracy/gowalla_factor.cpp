// SPDX-License-Identifier: BSL-1.0
// bench: accuracy/gowalla/factor
// flags: -O3 -march=native
//
// Recall@20 and NDCG@20 of implicit_als on Gowalla, in the split and by the protocol of the LightGCN papers (He et al., 2020):
// all items that a user has not visited in training are ranked, users without a test item are left out. Seconds are those of
// the fit and of ranking for everybody, on all cores. Reads gowalla/train.txt and test.txt in the folder that KINDRED_DATA
// names: a line a user, the number of the user and then those of items.
//
// The settings were chosen on a tenth of the training part, drawn evenly and held out; the test part was looked at once.

#include <kindred/evaluate/ndcg_at.hpp>
#include <kindred/evaluate/precision_at.hpp>
#include <kindred/evaluate/ranking_accuracy.hpp>
#include <kindred/factor/implicit_als.hpp>
#include <kindred/interop/thread_pool.hpp>
#include <kindred/io/for_each_row.hpp>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <span>
#include <string>
#include <string_view>

namespace {

using kindred::item_id;
using kindred::user_id;
using data_set = kindred::ratings<float>;

kindred::rating_table<float> visits(std::string const& path) {
  kindred::rating_table<float> table;
  kindred::for_each_row(path, {.separator = " ", .quotes = false}, [&](std::span<std::string_view const> fields) {
    auto const number = [](std::string_view text) {
      return static_cast<kindred::index_t>(std::strtoul(std::string(text).c_str(), nullptr, 10));
    };
    for (auto const item : fields.subspan(1))
      if (!item.empty()) table.add(user_id{number(fields[0])}, item_id{number(item)}, 1);
  });
  return table;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

int main() try {
  char const* const folder = std::getenv("KINDRED_DATA");
  if (folder == nullptr) {
    std::puts("KINDRED_DATA names no folder with data; nothing was measured");
    return 0;
  }
  auto const path = std::string(folder) + "/gowalla/";
  kindred::population const everybody{.users = 29858, .items = 40981};
  auto const train = data_set::from(visits(path + "train.txt"), kindred::on_duplicate::first, everybody);
  auto const test = data_set::from(visits(path + "test.txt"), kindred::on_duplicate::first, everybody);
  std::printf("%zu visits to learn from, %zu to be found\n", train.size(), test.size());

  kindred::thread_pool pool;
  kindred::implicit_als<kindred::subspace, kindred::constant_confidence> how{
      .factors = 384, .sweeps = 10, .regularization = 0.003, .unobserved_weight = 0.01, .solver = {64}};
  how.start.deviation = 0.1 / std::sqrt(static_cast<double>(how.factors));
  auto const start = std::chrono::steady_clock::now();
  auto const model = kindred::fit(how, train, pool).model;
  double const fitted = seconds_since(start);
  auto const judged =
      kindred::judge_ranking(model, train, test, {.length = 20}, pool, kindred::recall_at{20}, kindred::ndcg_at{20});
  double const all = seconds_since(start);
  std::printf("%zu users judged; NDCG@20 %.4f (LightGCN .1554, UltraGCN .1580); fit %.2f s, ranking %.2f s\n",
              judged.users, judged.mean[1], fitted, all - fitted);
  std::printf("BENCH accuracy/gowalla/factor ours=%.4f peer=UltraGCN:0.1862 ratio=%.3f unit=recall@20\n",
              judged.mean[0], judged.mean[0] / 0.1862);
} catch (std::exception const& e) {
  std::fprintf(stderr, "gowalla_factor: %s\n", e.what());
  return 2;
}
