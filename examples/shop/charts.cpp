// SPDX-License-Identifier: BSL-1.0

#include "charts.hpp"

#include <algorithm>
#include <utility>

using kindred::index_t;
using kindred::item_id;

kindred::histogram_chart rating_histogram(shop_data const& shop) {
  kindred::histogram_chart chart{.title = "Ratings", .x_label = "rating", .y_label = "ratings"};
  for (float const value : shop.ratings.by_user().value()) chart.values.push_back(static_cast<double>(value));
  return chart;
}

// Ratings of every product, from the most rated on, both axes logarithmic: a power law is a straight line.
kindred::line_chart long_tail(shop_data const& shop) {
  std::vector<double> counts;
  for (index_t i = 0; i != shop.ratings.item_count(); ++i)
    if (auto const n = shop.ratings.of(item_id{i}).size(); n != 0) counts.push_back(static_cast<double>(n));
  std::sort(counts.rbegin(), counts.rend());
  return {.title = "The long tail",
          .note = "A few items have most of the ratings.",
          .x_label = "item, most rated first",
          .y_label = "ratings",
          .series = {{.name = "ratings", .y = std::move(counts)}},
          .x_scale = kindred::axis_scale::logarithmic,
          .y_scale = kindred::axis_scale::logarithmic};
}

kindred::line_chart learning(std::vector<learning_point> const& curve) {
  kindred::line_series seen{.name = "ratings learned from"};
  kindred::line_series unseen{.name = "ratings held out"};
  for (auto const& point : curve) {
    seen.x.push_back(point.epochs);
    seen.y.push_back(point.train_rmse);
    unseen.x.push_back(point.epochs);
    unseen.y.push_back(point.test_rmse);
  }
  return {.title = "How factorization learns",
          .note = "What counts is the error on ratings that it has not seen.",
          .x_label = "epoch",
          .y_label = "RMSE",
          .series = {seen, unseen}};
}

kindred::data_table comparison(std::vector<score_line> const& table) {
  using kindred::best_is;
  kindred::data_table out{.caption = "Means over the folds of a cross-validation; each recommender with its defaults",
                          .columns = {{.name = "recommender"},
                                      {.name = "RMSE", .decimals = 3, .best = best_is::lowest},
                                      {.name = "MAE", .decimals = 3, .best = best_is::lowest},
                                      {.name = "precision@10", .decimals = 3, .best = best_is::highest},
                                      {.name = "recall@10", .decimals = 3, .best = best_is::highest},
                                      {.name = "NDCG@10", .decimals = 3, .best = best_is::highest},
                                      {.name = "coverage", .decimals = 3, .best = best_is::highest},
                                      {.name = "fit, s", .decimals = 3, .best = best_is::lowest},
                                      {.name = "top 10, µs", .decimals = 0, .best = best_is::lowest}}};
  for (auto const& line : table) {
    auto const if_rated = [&](double value) { return line.rates ? kindred::table_cell(value) : kindred::table_cell(); };
    out.rows.push_back({line.name, if_rated(line.rmse), if_rated(line.mae), line.precision, line.recall, line.ndcg,
                        line.coverage, line.fit_seconds, line.recommend_microseconds});
  }
  return out;
}

kindred::bar_chart errors(std::vector<score_line> const& table) {
  kindred::bar_chart chart{.title = "Error", .note = "Lower is better.", .series = {{.name = "RMSE"}, {.name = "MAE"}}};
  for (auto const& line : table) {
    if (!line.rates) continue;
    chart.categories.push_back(line.name);
    chart.series[0].values.push_back(line.rmse);
    chart.series[1].values.push_back(line.mae);
  }
  return chart;
}

kindred::bar_chart ranking(std::vector<score_line> const& table) {
  kindred::bar_chart chart{.title = "Ranking",
                           .note = "Higher is better.",
                           .series = {{.name = "precision@10"}, {.name = "recall@10"}, {.name = "NDCG@10"}}};
  for (auto const& line : table) {
    chart.categories.push_back(line.name);
    chart.series[0].values.push_back(line.precision);
    chart.series[1].values.push_back(line.recall);
    chart.series[2].values.push_back(line.ndcg);
  }
  return chart;
}
