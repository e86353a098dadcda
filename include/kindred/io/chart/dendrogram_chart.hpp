// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/dendrogram.hpp>
#include <kindred/io/chart/figure.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

KINDRED_BEGIN

// A tree of merges, lying on its side: the further to the right two branches meet, the further apart they are. Of many rows
// the last `leaves` clusters are drawn as leaves, and say how many rows they have; the table has the merges drawn.
struct dendrogram_chart {
  std::string title = {};
  std::string note = {};
  std::string height_label = "height";
  dendrogram tree = {};
  std::vector<std::string> names = {};  // of the rows; may be left out
  std::size_t leaves = 30;              // at least 2
};

namespace detail {

[[nodiscard]] inline markup draw(dendrogram_chart const& chart, std::size_t id) {
  figure_parts figure{.id = id, .title = chart.title, .note = chart.note};
  index_t const rows = chart.tree.rows();
  if (!chart.names.empty() && chart.names.size() != rows)
    raise(report_error(error_kind::shape, "dendrogram", chart.title)
          << chart.names.size() << " names for " << rows << " rows");
  if (rows < 2) return draw_figure(figure);
  auto const merges = chart.tree.merges();
  std::size_t const leaves = (std::min)((std::max)(chart.leaves, std::size_t{2}), std::size_t{rows});
  std::size_t const first = rows - leaves;  // the first merge that is drawn

  auto const name_of = [&](index_t node) {
    if (node >= rows) return std::to_string(merges[node - rows].size) + " rows";
    return chart.names.empty() ? "row " + std::to_string(node) : chart.names[node];
  };
  // Leaves from the top down, as the tree hangs together: the smaller branch of a merge first. A stack, for chains are deep.
  std::vector<index_t> order;
  std::vector<index_t> open{static_cast<index_t>(rows + merges.size() - 1)};
  while (!open.empty()) {
    index_t const node = open.back();
    open.pop_back();
    if (node < rows + first) {
      order.push_back(node);
      continue;
    }
    open.push_back(merges[node - rows].second);
    open.push_back(merges[node - rows].first);
  }

  double widest = 0;
  for (index_t const leaf : order) widest = (std::max)(widest, label_width(name_of(leaf)));
  double const names = (std::min)(widest, 150.0);
  double const top = 8;
  double const step = line_height;
  extent heights{0, 0};
  for (cluster_merge const& m : merges) {
    if (!is_drawable(m.height))
      raise(report_error(error_kind::data, "dendrogram", chart.title) << "a height" << undrawable);
    heights.include(m.height);
  }
  plane p{.x = x_axis(heights, axis_scale::linear),
          .y = {},
          .left = names + 10,
          .top = top,
          .right = sheet_width - 14,
          .bottom = top + step * static_cast<double>(order.size())};
  figure.height = p.bottom + 2 * line_height + 6;
  figure.drawing = draw_axes(p, chart.height_label, "");

  // Where every node stands: leaves in their lines, a merge between its parts.
  std::vector<std::pair<double, double>> at(rows + merges.size());
  for (std::size_t k = 0; k != order.size(); ++k) {
    double const y = top + step * (static_cast<double>(k) + 0.5);
    at[order[k]] = {p.x_at(0), y};
    figure.drawing.add("<text class='end' x='", names, "' y='", y + 4, "'>", fitted_label(name_of(order[k]), 150),
                       "</text>");
  }
  figure.numbers = {.columns = {{"cluster"}, {"with"}, {"height"}, {"rows"}}};
  for (std::size_t k = first; k != merges.size(); ++k) {
    cluster_merge const& m = merges[k];
    auto const [x1, y1] = at[m.first];
    auto const [x2, y2] = at[m.second];
    double const x = p.x_at(m.height);
    figure.drawing.add("<path class='curve s0' d='M", x1, " ", y1, "H", x, "V", y2, "H", x2, "'/>");
    at[rows + k] = {x, (y1 + y2) / 2};
    figure.numbers.rows.push_back({name_of(m.first), name_of(m.second), m.height, m.size});
  }
  figure.summary = "A tree of " + std::to_string(rows) + " rows. The last two clusters, of " +
                   std::to_string(merges.back().size) + " rows together, meet at " + number_text(merges.back().height) +
                   ".";
  return draw_figure(figure);
}

}  // namespace detail

KINDRED_END
