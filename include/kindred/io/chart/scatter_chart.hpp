// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/io/chart/figure.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

KINDRED_BEGIN

struct scatter_series {
  std::string name = {};
  std::vector<double> x = {};
  std::vector<double> y = {};
};

// Points in a plane, a color for each series: segments in two principal components, users by what they buy and how often. The
// name of a series stands at the middle of its points. At most 400 points of a series are drawn, evenly taken; the table
// behind the picture has their numbers and means.
struct scatter_chart {
  std::string title = {};
  std::string note = {};
  std::string x_label = {};
  std::string y_label = {};
  std::vector<scatter_series> series = {};
};

namespace detail {

inline void check_scatter(scatter_chart const& chart) {
  for (std::size_t s = 0; s != chart.series.size(); ++s) {
    scatter_series const& series = chart.series[s];
    auto const fault = [&](error_kind kind, std::size_t k) {
      error e = report_error(kind, "scatter chart", chart.title);
      e.at(k + 1, s + 1) << "series '";
      e.quote(series.name.data(), series.name.size()) << "': ";
      return e;
    };
    if (series.x.size() != series.y.size())
      raise(fault(error_kind::shape, 0) << series.x.size() << " x for " << series.y.size() << " y");
    for (std::size_t k = 0; k != series.x.size(); ++k)
      if (!is_drawable(series.x[k]) || !is_drawable(series.y[k]))
        raise(fault(error_kind::data, k) << "point " << k + 1 << undrawable);
  }
}

[[nodiscard]] inline double mean_of_points(std::vector<double> const& values) noexcept {
  double mean = 0;
  for (std::size_t k = 0; k != values.size(); ++k) mean += (values[k] - mean) / static_cast<double>(k + 1);
  return mean;
}

[[nodiscard]] inline markup draw(scatter_chart const& chart, std::size_t id) {
  constexpr std::size_t most = 400;
  check_scatter(chart);
  figure_parts figure{.id = id, .title = chart.title, .note = chart.note};
  scatter_series const* first = nullptr;
  for (scatter_series const& series : chart.series)
    if (first == nullptr && !series.x.empty()) first = &series;
  if (first == nullptr) return draw_figure(figure);

  extent x{first->x[0], first->x[0]};
  extent y{first->y[0], first->y[0]};
  for (scatter_series const& series : chart.series)
    for (std::size_t k = 0; k != series.x.size(); ++k) {
      x.include(series.x[k]);
      y.include(series.y[k]);
    }
  plane const p = make_plane(x_axis(x, axis_scale::linear), y_axis(y, axis_scale::linear), chart.y_label);
  figure.drawing = draw_axes(p, chart.x_label, chart.y_label);
  figure.numbers = {.columns = {{"series"}, {"points"}, {"mean x"}, {"mean y"}}};
  figure.summary = "Points.";
  std::vector<std::string> names;
  markup labels;
  for (std::size_t s = 0; s != chart.series.size(); ++s) {
    scatter_series const& series = chart.series[s];
    names.push_back(series.name);
    if (series.x.empty()) continue;
    std::size_t const size = series.x.size();
    std::size_t const shown = (std::min)(size, most);
    for (std::size_t r = 0; r != shown; ++r) {
      std::size_t const k = r * size / shown;
      figure.drawing.add("<circle class='bar s", color_of(s), "' fill-opacity='.55' cx='", p.x_at(series.x[k]),
                         "' cy='", p.y_at(series.y[k]), "' r='2.2'/>");
    }
    double const middle_x = mean_of_points(series.x);
    double const middle_y = mean_of_points(series.y);
    if (!series.name.empty())
      labels.add("<text class='mid best' x='", p.x_at(middle_x), "' y='", p.y_at(middle_y) + 4, "'>",
                 fitted_label(series.name, 120), "</text>");
    figure.numbers.rows.push_back({series.name, size, middle_x, middle_y});
    figure.summary += " " + series.name + (series.name.empty() ? "" : ": ") + std::to_string(size) + " around (" +
                      number_text(middle_x) + ", " + number_text(middle_y) + ").";
  }
  figure.drawing.add(labels);
  if (names.size() > 1 || !names[0].empty()) figure.key = legend(names, legend_mark::bar);
  return draw_figure(figure);
}

}  // namespace detail

KINDRED_END
