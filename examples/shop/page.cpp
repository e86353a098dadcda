// SPDX-License-Identifier: BSL-1.0

#include "page.hpp"

#include "charts.hpp"

#include <kindred/io/report.hpp>

void draw_page(std::string const& path, shop_data const& shop, std::vector<score_line> const& table,
               std::vector<learning_point> const& curve, std::vector<offers> const& lists) {
  auto const& data = shop.ratings;
  kindred::report page(shop.title,
                       "Five recommenders learn what people like, are compared, and say what they would offer.");
  page.paragraph(shop.account);
  page.key_numbers({{"ratings", data.size()},
                    {"users", data.user_count()},
                    {"items", data.item_count()},
                    {"of all pairs are rated, %", 100.0 * static_cast<double>(data.size()) /
                                                      static_cast<double>(data.user_count()) / data.item_count()}});
  page.heading("What people do");
  page.histogram(rating_histogram(shop));
  page.line(long_tail(shop));
  page.heading("Which recommender is best");
  page.table(comparison(table));
  page.bars(errors(table));
  page.bars(ranking(table));
  page.line(learning(curve));
  page.heading("What it recommends");
  for (auto const& list : lists) {
    kindred::recommendation_list shown{.title = list.title, .note = list.note};
    for (auto const& one : list.best)
      shown.items.push_back({.item = one.item, .score = one.score, .reasons = {one.reason}});
    page.list(shown);
  }
  page.save(path);
}
