// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/evaluate/estimate.hpp>
#include <kindred/io/chart/axis.hpp>
#include <kindred/io/chart/bar_chart.hpp>
#include <kindred/io/chart/figure.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

KINDRED_BEGIN

struct interval_series {
  std::string name = {};
  std::vector<estimate> values = {};  // one for each category
};

// Figures with how sure they are: a dot at the value, a line from one end of its interval to the other. Categories (models, say) lie
// below each other, in groups when there are several series. The axis does not start at zero: dots have no length that could
// mislead. The value stands beside.
struct interval_chart {
  std::string title = {};
  std::string note = {};
  std::string x_label = {};
  std::vector<std::string> categories = {};
  std::vector<interval_series> series = {};
  int decimals = -1;                 // of the numbers; -1 shows four digits of the largest
  best_is best = best_is::unmarked;  // marks the best category of each series
};

namespace detail {

inline void check_intervals(interval_chart const& chart) {
  for (std::size_t s = 0; s != chart.series.size(); ++s) {
    std::vector<estimate> const& values = chart.series[s].values;
    auto const fault = [&](error_kind kind, std::size_t c) {
      error e = report_error(kind, "interval chart", chart.title);
      e.at(c + 1, s + 1) << "series '";
      e.quote(chart.series[s].name.data(), chart.series[s].name.size()) << "': ";
      return e;
    };
    if (values.size() != chart.categories.size())
      raise(fault(error_kind::shape, 0) << values.size() << " values for " << chart.categories.size() << " categories");
    for (std::size_t c = 0; c != values.size(); ++c) {
      estimate const& e = values[c];
      if (!is_drawable(e.value) || !is_drawable(e.low) || !is_drawable(e.high))
        raise(fault(error_kind::data, c) << "value " << c + 1 << undrawable);
      if (e.low > e.high) raise(fault(error_kind::data, c) << "the interval of value " << c + 1 << " is upside down");
    }
  }
}

// The values as bars have them, to be listed and summed up by the same words; and a table with the ends.
[[nodiscard]] inline bar_chart values_of(interval_chart const& chart) {
  bar_chart out{.categories = chart.categories, .decimals = chart.decimals, .best = chart.best};
  for (interval_series const& s : chart.series) {
    bar_series& made = out.series.emplace_back();
    made.name = s.name;
    for (estimate const& e : s.values) made.values.push_back(e.value);
  }
  return out;
}

[[nodiscard]] inline data_table numbers_of(interval_chart const& chart) {
  data_table table{.columns = {{}}};
  for (interval_series const& s : chart.series) {
    std::string const name = s.name.empty() ? "value" : s.name;
    table.columns.push_back({.name = name, .decimals = chart.decimals, .best = chart.best});
    table.columns.push_back({.name = "from", .decimals = chart.decimals});
    table.columns.push_back({.name = "to", .decimals = chart.decimals});
  }
  for (std::size_t c = 0; c != chart.categories.size(); ++c) {
    std::vector<table_cell>& row = table.rows.emplace_back();
    row.push_back(chart.categories[c]);
    for (interval_series const& s : chart.series) {
      row.push_back(s.values[c].value);
      row.push_back(s.values[c].low);
      row.push_back(s.values[c].high);
    }
  }
  return table;
}

[[nodiscard]] inline markup draw(interval_chart const& chart, std::size_t id) {
  check_intervals(chart);
  figure_parts figure{.id = id, .title = chart.title, .note = chart.note};
  if (chart.categories.empty() || chart.series.empty()) return draw_figure(figure);
  bar_chart const values = values_of(chart);
  figure.numbers = numbers_of(chart);
  data_table const plain = numbers_of(values);
  std::vector<column_style> styles;
  for (std::size_t c = 0; c != plain.columns.size(); ++c) styles.push_back(style_of(plain, c));
  figure.summary = "Dots with intervals." + summary_of(values, styles).substr(5);

  extent x{chart.series[0].values[0].low, chart.series[0].values[0].high};
  double numbers = 0, names = 0;
  for (std::size_t s = 0; s != chart.series.size(); ++s)
    for (estimate const& e : chart.series[s].values) {
      x.include(e.low);
      x.include(e.high);
      numbers = (std::max)(numbers, label_width(table_cell(e.value).text(styles[s + 1].decimals)));
    }
  for (std::string const& name : chart.categories) names = (std::max)(names, label_width(name));
  bool const above = names > 150;
  plane p = make_plane(linear_axis(x.lowest, x.highest, 5, axis_ends::ticks), {}, {});
  p.left = above ? 8 : names + 16;
  p.right = sheet_width - numbers - 14;
  p.top = 2;
  double const thickness = chart.series.size() == 1 ? 22.0 : 15.0;
  double y = p.top;
  markup rows;
  for (std::size_t c = 0; c != chart.categories.size(); ++c) {
    double const group = thickness * static_cast<double>(chart.series.size());
    if (above) {
      rows.add("<text x='0' y='", y + 12, "'>", fitted_label(chart.categories[c], sheet_width), "</text>");
      y += line_height + 2;
    } else {
      rows.add("<text class='end' x='", names, "' y='", y + group / 2 + 4, "'>", chart.categories[c], "</text>");
    }
    for (std::size_t s = 0; s != chart.series.size(); ++s, y += thickness) {
      estimate const& e = chart.series[s].values[c];
      column_style const& style = styles[s + 1];
      std::string const number = table_cell(e.value).text(style.decimals);
      bool const best = number == style.best;
      double const middle = y + thickness / 2;
      rows.add("<g class='mark'><title>", chart.categories[c]);
      if (!chart.series[s].name.empty()) rows.add(", ", chart.series[s].name);
      rows.add(": ", number, " (", table_cell(e.low).text(style.decimals), " to ",
               table_cell(e.high).text(style.decimals), best ? "), best" : ")", "</title><path class='curve s",
               color_of(s), "' d='M", p.x_at(e.low), " ", middle, "H", p.x_at(e.high), "M", p.x_at(e.low), " ",
               middle - 4, "v8M", p.x_at(e.high), " ", middle - 4, "v8'/><circle class='dot s", color_of(s), "' cx='",
               p.x_at(e.value), "' cy='", middle, "' r='4.5'/><text class='number", best ? " best" : "", "' x='",
               p.right + 14, "' y='", middle + 4, "'>", number, "</text></g>");
    }
    y += chart.series.size() == 1 ? 4 : 10;
  }
  p.bottom = y + 2;
  for (tick const& t : p.x.ticks) {
    double const at = p.left + t.at * (p.right - p.left);
    figure.drawing.add("<path class='grid' d='M", at, " ", p.top, "V", p.bottom, "'/>");
  }
  figure.drawing.add(rows, draw_axes(p, chart.x_label, {}));
  figure.height = p.bottom + (chart.x_label.empty() ? 1.0 : 2.0) * line_height + 6;
  std::vector<std::string> series_names;
  for (interval_series const& s : chart.series) series_names.push_back(s.name);
  if (series_names.size() > 1 || !series_names[0].empty()) figure.key = legend(series_names, legend_mark::bar);
  return draw_figure(figure);
}

}  // namespace detail

KINDRED_END
