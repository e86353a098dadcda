// SPDX-License-Identifier: BSL-1.0

// Which recipe is better, and is the difference more than luck? Five folds, several figures, all of one's own choice.

#include <kindred/interop/thread_pool.hpp>
#include <kindred/kindred.hpp>
#include <kindred/testing/generate.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iomanip>
#include <iostream>
#include <span>
#include <tuple>

using kindred::item_id;

// [metric]
// How far down a user has to look for something new to like: 1 at the first place, less by 1/k at every further one.
struct early_find_at {
  std::uint32_t k = 10;
  double operator()(std::span<item_id const> ranked, std::span<item_id const> relevant) const noexcept {
    for (std::size_t p = 0; p != ranked.size() && p != k; ++p)
      if (std::binary_search(relevant.begin(), relevant.end(), ranked[p])) return 1 - static_cast<double>(p) / k;
    return 0;
  }
};
// [/metric]

// [figures]
struct figures {
  double rmse = 0, ndcg = 0, early = 0;
  friend auto fields(figures& f) noexcept { return std::tie(f.rmse, f.ndcg, f.early); }
};
// [/figures]

int main() {
  auto const shop = kindred::testing::generate({.users = 400, .products = 200, .seed = 7});
  auto const ratings =
      kindred::ratings<double>::from(shop.ratings<double>(), kindred::on_duplicate::error, shop.size());

  // [evaluate]
  auto const evaluate = [](auto const& model, auto const& train, auto const& test) {
    kindred::sequential here;  // the folds are what runs in parallel
    auto const error = kindred::evaluate_ratings(model, test, kindred::rating_scale::of(train));
    auto const ranking = kindred::judge_ranking(model, train, test, {.length = 20, .relevant_from = 4}, here,
                                                kindred::ndcg_at{10}, early_find_at{20});
    return figures{error.rmse, ranking.mean[0], ranking.mean[1]};
  };
  // [/evaluate]

  std::cout << std::fixed << std::setprecision(2) << "           RMSE          NDCG@10       early find@20\n";
  kindred::thread_pool pool(4);
  auto const compare = [&](char const* name, auto const& how) {
    // [run]
    auto const result = kindred::cross_validate(how, ratings, kindred::k_fold{.count = 5, .seed = 1}, evaluate, pool);
    auto const show = [&](double figures::* f) { std::cout << "  " << result.mean.*f << " +- " << result.spread.*f; };
    std::cout << name, show(&figures::rmse), show(&figures::ndcg), show(&figures::early);
    std::cout << '\n';
    // [/run]
  };
  compare("item mean", kindred::item_mean{});
  compare("biases   ", kindred::bias_als{});
  compare("factors  ", kindred::sgd<>{.factors = 8, .epochs = 20, .seed = 1});
}
