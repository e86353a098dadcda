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

struct line_series {
  std::string name = {};
  std::vector<double> x = {};  // ascending; empty for 1, 2, 3 ...
  std::vector<double> y = {};

  [[nodiscard]] double x_of(std::size_t k) const noexcept { return x.empty() ? static_cast<double>(k + 1) : x[k]; }
};

// Curves: the objective by epoch, recall by the length of the list, popularity by rank. On logarithmic axes (the long tail)
// all values must be above zero. The vertical axis starts at zero unless that would hide the differences: when the lowest
// value is above half of the highest. A curve of very many points is drawn through the lowest and the highest of each
// pixel, which looks the same.
struct line_chart {
  std::string title = {};
  std::string note = {};
  std::string x_label = {};
  std::string y_label = {};
  std::vector<line_series> series = {};
  axis_scale x_scale = axis_scale::linear;
  axis_scale y_scale = axis_scale::linear;
};

namespace detail {

inline void check_lines(line_chart const& chart) {
  for (std::size_t s = 0; s != chart.series.size(); ++s) {
    line_series const& series = chart.series[s];
    auto const fault = [&](error_kind kind, std::size_t k) {
      error e = report_error(kind, "line chart", chart.title);
      e.at(k + 1, s + 1) << "series '";
      e.quote(series.name.data(), series.name.size()) << "', point " << k + 1 << ": ";
      return e;
    };
    if (!series.x.empty() && series.x.size() != series.y.size())
      raise(fault(error_kind::shape, 0) << series.x.size() << " x for " << series.y.size() << " y");
    for (std::size_t k = 0; k != series.y.size(); ++k) {
      double const x = series.x_of(k);
      double const y = series.y[k];
      if (!is_drawable(x)) raise(fault(error_kind::data, k) << "x" << undrawable);
      if (!is_drawable(y)) raise(fault(error_kind::data, k) << "y" << undrawable);
      if (k != 0 && x < series.x_of(k - 1)) raise(fault(error_kind::data, k) << "x = " << x << " goes back");
      if (chart.x_scale == axis_scale::logarithmic && x < smallest_drawn)
        raise(fault(error_kind::data, k) << "x = " << x << " has no place on a logarithmic axis");
      if (chart.y_scale == axis_scale::logarithmic && y < smallest_drawn)
        raise(fault(error_kind::data, k) << "y = " << y << " has no place on a logarithmic axis");
    }
  }
}

// Which points the curve goes through: of those in one column of pixels the first, the lowest, the highest and the last.
[[nodiscard]] inline std::vector<std::size_t> visible_points(line_series const& series, plane const& p) {
  std::vector<std::size_t> points;
  std::size_t const size = series.y.size();
  auto const column = [&](std::size_t k) { return std::floor(p.x_at(series.x_of(k))); };
  for (std::size_t first = 0; first != size;) {
    std::size_t last = first;
    std::size_t lowest = first;
    std::size_t highest = first;
    while (last + 1 != size && column(last + 1) == column(first)) {
      ++last;
      if (series.y[last] < series.y[lowest]) lowest = last;
      if (series.y[last] > series.y[highest]) highest = last;
    }
    std::size_t four[] = {first, lowest, highest, last};
    std::sort(four, four + 4);
    points.insert(points.end(), four, std::unique(four, four + 4));
    first = last + 1;
  }
  return points;
}

[[nodiscard]] inline markup draw_curve(line_series const& series, std::size_t s, plane const& p, bool filled) {
  std::vector<std::size_t> const points = visible_points(series, p);
  if (points.empty()) return {};
  markup path;
  for (std::size_t const k : points) {
    if (path.empty()) path.add("M");
    else path.add("L");
    path.add(p.x_at(series.x_of(k)), " ", p.y_at(series.y[k]));
  }
  markup out;
  if (filled)
    out.add("<path class='area s", color_of(s), "' d='", path, "L", p.x_at(series.x_of(points.back())), " ", p.bottom,
            "H", p.x_at(series.x_of(points.front())), "Z'/>");
  out.add("<path class='curve s", color_of(s), " d", dash_of(s), "' d='", path, "'/>");
  // A dot says its numbers when it is pointed at; dots that would crowd are left out, and where any are, the rest hide.
  bool const crowded = series.y.size() > 24;
  double free_from = -1;
  for (std::size_t const k : points) {
    double const x = p.x_at(series.x_of(k));
    if (x < free_from) continue;
    free_from = x + 8;
    out.add("<circle class='dot s", color_of(s), crowded ? " shy" : "", "' cx='", x, "' cy='", p.y_at(series.y[k]),
            "' r='3'><title>");
    if (!series.name.empty()) out.add(series.name, ", ");
    out.add(number_text(series.x_of(k)), ": ", number_text(series.y[k]), "</title></circle>");
  }
  return out;
}

// The numbers of the curves, at most a few dozen rows of each: the ends, and others at equal distances.
[[nodiscard]] inline data_table numbers_of(line_chart const& chart) {
  constexpr std::size_t most = 30;
  data_table table{
      .columns = {{chart.x_label.empty() ? "x" : chart.x_label}, {chart.y_label.empty() ? "y" : chart.y_label}}};
  bool const several = chart.series.size() > 1;
  if (several) table.columns.insert(table.columns.begin(), {.name = "series"});
  for (line_series const& series : chart.series) {
    std::size_t const size = series.y.size();
    std::size_t const rows = (std::min)(size, most);
    for (std::size_t r = 0; r != rows; ++r) {
      std::size_t const k = rows == 1 ? 0 : r * (size - 1) / (rows - 1);
      std::vector<table_cell>& row = table.rows.emplace_back();
      if (several) row.push_back(series.name);
      row.push_back(series.x_of(k));
      row.push_back(series.y[k]);
    }
  }
  return table;
}

[[nodiscard]] inline std::string summary_of(line_chart const& chart) {
  std::string out = "Curves.";
  for (line_series const& series : chart.series) {
    if (series.y.empty()) continue;
    auto const [lowest, highest] = std::minmax_element(series.y.begin(), series.y.end());
    out += " " + series.name + (series.name.empty() ? "From " : ": from ") + number_text(series.y.front()) + " at " +
           number_text(series.x_of(0)) + " to " + number_text(series.y.back()) + " at " +
           number_text(series.x_of(series.y.size() - 1)) + "; lowest " + number_text(*lowest) + ", highest " +
           number_text(*highest) + ".";
  }
  return out;
}

[[nodiscard]] inline markup draw(line_chart const& chart, std::size_t id) {
  check_lines(chart);
  figure_parts figure{.id = id, .title = chart.title, .note = chart.note};
  line_series const* first = nullptr;
  for (line_series const& series : chart.series)
    if (first == nullptr && !series.y.empty()) first = &series;
  if (first == nullptr) return draw_figure(figure);

  extent x{first->x_of(0), first->x_of(0)};
  extent y{first->y[0], first->y[0]};
  for (line_series const& series : chart.series)
    for (std::size_t k = 0; k != series.y.size(); ++k) {
      x.include(series.x_of(k));
      y.include(series.y[k]);
    }
  plane const p = make_plane(x_axis(x, chart.x_scale), y_axis(y, chart.y_scale), chart.y_label);
  figure.drawing = draw_axes(p, chart.x_label, chart.y_label);
  bool const on_zero = p.y.scale == axis_scale::linear && p.y.low == 0;  // else the area below a curve means nothing
  bool const filled = chart.series.size() == 1 && on_zero;
  std::vector<std::string> names;
  for (std::size_t s = 0; s != chart.series.size(); ++s) {
    figure.drawing.add(draw_curve(chart.series[s], s, p, filled));
    names.push_back(chart.series[s].name);
  }
  if (names.size() > 1 || !names[0].empty()) figure.key = legend(names, legend_mark::curve);
  figure.numbers = numbers_of(chart);
  figure.summary = summary_of(chart);
  return draw_figure(figure);
}

}  // namespace detail

KINDRED_END
