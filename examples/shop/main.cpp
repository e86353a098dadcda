// SPDX-License-Identifier: BSL-1.0

// The demo: a shop that learns what people like, compares five recommenders, recommends with reasons, and draws a report.

#include "arguments.hpp"
#include "contest.hpp"
#include "offers.hpp"
#include "page.hpp"
#include "shop_data.hpp"
#include "training.hpp"

#include <kindred/data/statistics.hpp>
#include <kindred/interop/thread_pool.hpp>

#include <cstdio>
#include <exception>

namespace {

void print(shop_data const& shop) {
  auto const s = kindred::statistics(shop.ratings);
  std::printf("%s: %zu ratings by %u users of %u items (%.2f %% of all pairs)\n", shop.title.c_str(), s.ratings,
              s.active_users, s.active_items, 100 * s.density);
  std::printf("mean %.2f, from %g to %g; %.0f %% of the ratings are in the long tail\n\n", s.mean, s.lowest, s.highest,
              100 * s.long_tail_share);
}

void print(std::vector<score_line> const& table) {
  std::printf("%-14s %7s %7s %8s %8s %8s %9s %8s %10s\n", "", "RMSE", "MAE", "prec@10", "rec@10", "NDCG@10", "coverage",
              "fit s", "top 10 us");
  for (auto const& line : table) {
    if (line.rates) std::printf("%-14s %7.4f %7.4f", line.name.c_str(), line.rmse, line.mae);
    else std::printf("%-14s %7s %7s", line.name.c_str(), "-", "-");
    std::printf(" %8.4f %8.4f %8.4f %9.4f %8.3f %10.1f\n", line.precision, line.recall, line.ndcg, line.coverage,
                line.fit_seconds, line.recommend_microseconds);
  }
}

void print(offers const& list) {
  std::printf("\n%s\n%s\n", list.title.c_str(), list.note.c_str());
  for (std::size_t k = 0; k != list.best.size(); ++k)
    std::printf("%4zu. %s - %s\n", k + 1, list.best[k].item.c_str(), list.best[k].reason.c_str());
}

int run(arguments const& asked) {
  kindred::thread_pool pool(asked.threads);
  shop_data const shop = load(asked);
  print(shop);
  auto const table = compare(shop, asked, pool);
  std::printf("Means over %u folds, each recommender with its defaults; liked is a rating of %g or more\n", asked.folds,
              shop.relevant_from);
  print(table);
  auto const curve = learning_curve(shop, asked, pool);
  auto const [model, similar] = train(shop, asked, pool);
  auto const lists = recommend(shop, model, similar);
  for (auto const& list : lists) print(list);
  draw_page(asked.report, shop, table, curve, lists);
  std::printf("\nThe report with pictures is %s\n", asked.report.c_str());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    arguments const asked = parse_arguments(argc, argv);
    if (asked.help) {
      std::fputs(usage, stdout);
      return 0;
    }
    return run(asked);
  } catch (std::exception const& e) {
    std::fprintf(stderr, "shop: %s\n", e.what());
    return 2;
  }
}
