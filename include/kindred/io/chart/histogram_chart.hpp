// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/io/chart/figure.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

KINDRED_BEGIN

// How often which values occur. A few values at equal distances (ratings of one to five stars) get a bar each; others are
// gathered in ranges that begin and end at round numbers, closed below and open above.
struct histogram_chart {
  std::string title = {};
  std::string note = {};
  std::string x_label = {};
  std::string y_label = {};
  std::vector<double> values = {};
  std::vector<std::uint64_t> counts = {};  // how often each value occurs; empty when each stands for one
  int bins = 0;                            // about how many ranges; 0 chooses by the number of values
};

namespace detail {

struct histogram_bar {
  std::string label;  // "4", or "20 to 30"
  std::uint64_t count;
};

// The bars, and the axis that they divide evenly. The axis has a tick in the middle of bars that stand for one value, and
// at the edges of bars that stand for a range.
struct histogram {
  std::vector<histogram_bar> bars;
  axis x;
  bool ranges;
};

using value_count = std::pair<double, std::uint64_t>;

[[nodiscard]] inline std::vector<value_count> sorted_counts(histogram_chart const& chart) {
  std::vector<value_count> all;
  for (std::size_t k = 0; k != chart.values.size(); ++k)
    all.emplace_back(chart.values[k], chart.counts.empty() ? 1 : chart.counts[k]);
  std::sort(all.begin(), all.end());
  std::size_t kept = 0;
  for (value_count const& next : all) {
    if (kept != 0 && all[kept - 1].first == next.first) all[kept - 1].second += next.second;
    else all[kept++] = next;
  }
  all.resize(kept);
  return all;
}

// The distance of which all distances between the values are multiples, when it makes at most 20 bars; else zero.
[[nodiscard]] inline double common_step(std::vector<value_count> const& all) {
  if (all.size() > 20) return 0;
  if (all.size() == 1) return 1;
  double const first = all.front().first;
  double const span = all.back().first - first;
  double step = span;
  for (std::size_t k = 1; k != all.size(); ++k) step = (std::min)(step, all[k].first - all[k - 1].first);
  if (step < smallest_drawn || span / step > 19.5) return 0;
  for (value_count const& v : all) {
    double const place = (v.first - first) / step;
    if (std::fabs(place - std::round(place)) > 1e-6) return 0;
  }
  return step;
}

[[nodiscard]] inline histogram single_values(std::vector<value_count> const& all, double step) {
  histogram h{.bars = {}, .x = {}, .ranges = false};
  double const first = all.front().first;
  auto const place = [&](double value) { return static_cast<std::size_t>(std::lround((value - first) / step)); };
  std::size_t const size = place(all.back().first) + 1;
  for (std::size_t k = 0; k != size; ++k) {
    double const value = first + static_cast<double>(k) * step;
    std::string const label = number_text(std::fabs(value) < step * 1e-6 ? 0 : value);
    h.bars.push_back({label, 0});
    h.x.ticks.push_back({value, (static_cast<double>(k) + 0.5) / static_cast<double>(size), label});
  }
  for (value_count const& v : all) h.bars[place(v.first)].count += v.second;
  return h;
}

[[nodiscard]] inline histogram value_ranges(std::vector<value_count> const& all, int bins) {
  histogram h{
      .bars = {}, .x = linear_axis(all.front().first, all.back().first, bins, axis_ends::ticks), .ranges = true};
  for (std::size_t k = 0; k + 1 < h.x.ticks.size(); ++k)
    h.bars.push_back({h.x.ticks[k].label + " to " + h.x.ticks[k + 1].label, 0});
  auto const size = static_cast<double>(h.bars.size());
  for (value_count const& v : all) {
    // A value on an edge belongs to the range above it; the last range has none above.
    double const place = std::floor(h.x.at(v.first) * size + 1e-9);
    h.bars[static_cast<std::size_t>(std::clamp(place, 0.0, size - 1))].count += v.second;
  }
  return h;
}

[[nodiscard]] inline histogram count_values(histogram_chart const& chart) {
  std::vector<value_count> const all = sorted_counts(chart);
  if (double const step = chart.bins == 0 ? common_step(all) : 0; step > 0) return single_values(all, step);
  double total = 0;
  for (value_count const& v : all) total += static_cast<double>(v.second);
  double const wanted = chart.bins > 0 ? chart.bins : 2 * std::cbrt(total);  // Terrell and Scott (1985)
  return value_ranges(all, static_cast<int>((std::min)((std::max)(wanted, 4.0), 60.0)));
}

[[nodiscard]] inline markup draw(histogram_chart const& chart, std::size_t id) {
  auto const fault = [&](error_kind kind) { return report_error(kind, "histogram", chart.title); };
  if (!chart.counts.empty() && chart.counts.size() != chart.values.size())
    raise(fault(error_kind::shape) << chart.counts.size() << " counts for " << chart.values.size() << " values");
  for (std::size_t k = 0; k != chart.values.size(); ++k)
    if (!is_drawable(chart.values[k])) raise(fault(error_kind::data).at(k + 1) << "value " << k + 1 << undrawable);

  figure_parts figure{.id = id, .title = chart.title, .note = chart.note};
  if (chart.values.empty()) return draw_figure(figure);

  histogram const h = count_values(chart);
  std::uint64_t total = 0;
  histogram_bar const* tallest = &h.bars.front();
  for (histogram_bar const& bar : h.bars) {
    total += bar.count;
    if (bar.count > tallest->count) tallest = &bar;
  }
  auto const share = [&](histogram_bar const& bar) {
    return total == 0 ? 0 : 100 * static_cast<double>(bar.count) / static_cast<double>(total);
  };
  int const marks = static_cast<int>((std::min)((std::max)(tallest->count, std::uint64_t{1}), std::uint64_t{4}));
  plane const p =
      make_plane(h.x, linear_axis(0, static_cast<double>(tallest->count), marks, axis_ends::ticks), chart.y_label);
  figure.drawing.add(draw_axes(p, chart.x_label, chart.y_label));

  double const width = (p.right - p.left) / static_cast<double>(h.bars.size());
  double const gap = h.ranges ? 1 : width * 0.22;
  figure.numbers.columns = {
      {chart.x_label.empty() ? "value" : chart.x_label}, {.name = "count"}, {.name = "percent", .decimals = 1}};
  bool const numbered = label_width(number_text(static_cast<double>(tallest->count))) < width;
  for (std::size_t k = 0; k != h.bars.size(); ++k) {
    histogram_bar const& bar = h.bars[k];
    std::string const count = number_text(static_cast<double>(bar.count));
    double const x = p.left + static_cast<double>(k) * width + gap / 2;
    double const y = p.y_at(static_cast<double>(bar.count));
    figure.drawing.add("<g class='mark'><title>", bar.label, ": ", count, " (", number_text(share(bar), 1),
                       " %)</title><rect class='bar s0' x='", x, "' y='", y, "' width='", width - gap, "' height='",
                       p.bottom - y, "' rx='", h.ranges ? 0.5 : 2.0, "'/>");
    if (numbered)
      figure.drawing.add("<text class='number mid' x='", x + (width - gap) / 2, "' y='", y - 5, "'>", count, "</text>");
    figure.drawing.add("</g>");
    figure.numbers.rows.push_back({bar.label, bar.count, share(bar)});
  }
  figure.summary = "Histogram of " + number_text(static_cast<double>(total)) + " values in " +
                   std::to_string(h.bars.size()) + " bars. Most frequent: " + tallest->label + " (" +
                   number_text(share(*tallest), 1) + " %).";
  return draw_figure(figure);
}

}  // namespace detail

KINDRED_END
