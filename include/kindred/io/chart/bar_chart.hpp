// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/io/chart/figure.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

KINDRED_BEGIN

struct bar_series {
  std::string name = {};
  std::vector<double> values = {};  // one for each category
};

// Bars that compare categories (models, say), in groups when there are several series (data sets, say). They lie on their
// side, so that names stay readable however long they are, start at zero, and carry their numbers.
struct bar_chart {
  std::string title = {};
  std::string note = {};  // what the reader should see in it
  std::vector<std::string> categories = {};
  std::vector<bar_series> series = {};
  int decimals = -1;                 // of the numbers; -1 shows four digits of the largest
  best_is best = best_is::unmarked;  // marks the best category of each series
};

namespace detail {

[[nodiscard]] inline data_table numbers_of(bar_chart const& chart) {
  data_table table{.columns = {{}}};
  for (bar_series const& s : chart.series)
    table.columns.push_back(
        {.name = s.name.empty() ? "value" : s.name, .decimals = chart.decimals, .best = chart.best});
  for (std::size_t c = 0; c != chart.categories.size(); ++c) {
    std::vector<table_cell>& row = table.rows.emplace_back();
    row.push_back(chart.categories[c]);
    for (bar_series const& s : chart.series) row.push_back(s.values[c]);
  }
  return table;
}

// The strongest and the weakest of each series, in words.
[[nodiscard]] inline std::string summary_of(bar_chart const& chart, std::vector<column_style> const& styles) {
  std::string out = "Bars.";
  for (std::size_t s = 0; s != chart.series.size(); ++s) {
    std::vector<double> const& values = chart.series[s].values;
    std::size_t highest = 0;
    std::size_t lowest = 0;
    for (std::size_t c = 1; c != values.size(); ++c) {
      if (values[c] > values[highest]) highest = c;
      if (values[c] < values[lowest]) lowest = c;
    }
    auto const part = [&](std::size_t c) {
      return chart.categories[c] + " (" + table_cell(values[c]).text(styles[s + 1].decimals) + ")";
    };
    out += " " + chart.series[s].name + (chart.series[s].name.empty() ? "Highest: " : ": highest ") + part(highest) +
           ", lowest " + part(lowest) + ".";
  }
  return out;
}

// Where things stand on the sheet.
struct bar_layout {
  bool above;    // the names stand above the bars, because one is too long to stand beside them
  double names;  // the right end of names beside the bars
  double left;   // of the lowest value, or of zero
  double right;  // of the highest value, or of zero
  double lowest;
  double span;
  double thickness;

  [[nodiscard]] double x_at(double value) const noexcept {
    return span < smallest_drawn ? left : left + (value - lowest) / span * (right - left);
  }
};

[[nodiscard]] inline bar_layout layout_of(bar_chart const& chart, std::vector<column_style> const& styles) {
  double names = 0;
  for (std::string const& name : chart.categories) names = (std::max)(names, label_width(name));
  double lowest = 0;
  double highest = 0;
  double left_numbers = 0;
  double right_numbers = 0;
  for (std::size_t s = 0; s != chart.series.size(); ++s)
    for (double const value : chart.series[s].values) {
      double& room = value < 0 ? left_numbers : right_numbers;
      room = (std::max)(room, label_width(table_cell(value).text(styles[s + 1].decimals)) + 8);
      lowest = (std::min)(lowest, value);
      highest = (std::max)(highest, value);
    }
  bool const above = names > 150;
  return {.above = above,
          .names = names,
          .left = (above ? 0 : names + 10) + left_numbers,
          .right = sheet_width - right_numbers,
          .lowest = lowest,
          .span = highest - lowest,
          .thickness = chart.series.size() == 1 ? 20.0 : 15.0};
}

// One bar with its number.
[[nodiscard]] inline markup draw_bar(bar_chart const& chart, std::size_t s, std::size_t c, column_style const& style,
                                     bar_layout const& at, double y) {
  double const value = chart.series[s].values[c];
  double const zero = at.x_at(0);
  double const end = at.x_at(value);
  std::string const number = table_cell(value).text(style.decimals);
  bool const best = number == style.best;
  markup out;
  out.add("<g class='mark'><title>", chart.categories[c]);
  if (!chart.series[s].name.empty()) out.add(", ", chart.series[s].name);
  out.add(": ", number, best ? " (best)" : "", "</title><rect class='bar s", color_of(s), "' x='",
          (std::min)(zero, end), "' y='", y + 1, "' width='", std::fabs(end - zero), "' height='", at.thickness - 2,
          "' rx='2'/><text class='number", value < 0 ? " end" : "", best ? " best" : "", "' x='",
          value < 0 ? end - 5 : end + 5, "' y='", y + at.thickness / 2 + 4, "'>", number, "</text></g>");
  return out;
}

inline void check_bars(bar_chart const& chart) {
  for (std::size_t s = 0; s != chart.series.size(); ++s) {
    std::vector<double> const& values = chart.series[s].values;
    auto const fault = [&](error_kind kind, std::size_t c) {
      error e = report_error(kind, "bar chart", chart.title);
      e.at(c + 1, s + 1) << "series '";
      e.quote(chart.series[s].name.data(), chart.series[s].name.size()) << "': ";
      return e;
    };
    if (values.size() != chart.categories.size())
      raise(fault(error_kind::shape, 0) << values.size() << " values for " << chart.categories.size() << " categories");
    for (std::size_t c = 0; c != values.size(); ++c)
      if (!is_drawable(values[c])) raise(fault(error_kind::data, c) << "value " << c + 1 << undrawable);
  }
}

[[nodiscard]] inline markup draw(bar_chart const& chart, std::size_t id) {
  check_bars(chart);
  figure_parts figure{.id = id, .title = chart.title, .note = chart.note};
  if (chart.categories.empty() || chart.series.empty()) return draw_figure(figure);

  figure.numbers = numbers_of(chart);
  std::vector<column_style> styles;
  for (std::size_t c = 0; c != figure.numbers.columns.size(); ++c) styles.push_back(style_of(figure.numbers, c));
  figure.summary = summary_of(chart, styles);

  bar_layout const at = layout_of(chart, styles);
  double const group = at.thickness * static_cast<double>(chart.series.size());
  double y = 2;
  for (std::size_t c = 0; c != chart.categories.size(); ++c) {
    std::string const& name = chart.categories[c];
    if (at.above) {
      figure.drawing.add("<text x='0' y='", y + 12, "'>", fitted_label(name, sheet_width), "</text>");
      y += line_height + 2;
    } else {
      figure.drawing.add("<text class='end' x='", at.names, "' y='", y + group / 2 + 4, "'>", name, "</text>");
    }
    figure.drawing.add("<path class='base' d='M", at.x_at(0), " ", y - 2, "v", group + 4, "'/>");
    for (std::size_t s = 0; s != chart.series.size(); ++s, y += at.thickness)
      figure.drawing.add(draw_bar(chart, s, c, styles[s + 1], at, y));
    y += chart.series.size() == 1 ? 6 : 12;
  }
  figure.height = y;
  std::vector<std::string> series_names;
  for (bar_series const& s : chart.series) series_names.push_back(s.name);
  if (series_names.size() > 1 || !series_names[0].empty()) figure.key = legend(series_names, legend_mark::bar);
  return draw_figure(figure);
}

}  // namespace detail

KINDRED_END
