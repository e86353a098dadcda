// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/principal_plane.hpp>
#include <kindred/cluster/segment_profile.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/io/chart/bar_chart.hpp>
#include <kindred/io/chart/scatter_chart.hpp>
#include <kindred/io/number_text.hpp>
#include <kindred/io/report.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/view/matrix_view.hpp>

#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

KINDRED_BEGIN

// What a page about segments says besides the numbers. Columns and segments without a name are called by their number.
struct segment_page {
  std::vector<std::string> columns = {};   // with their unit: "spent a month, EUR"
  std::vector<std::string> segments = {};  // "bargain hunters"
  std::size_t traits = 5;                  // shown for each segment
};

// Adds the profile of segments to a report: how large they are, where they lie, and what makes each of them - the columns in
// which it differs most from everybody else, with means in the unit of the column and effects in standard deviations. Says so
// when segments are empty. Labels and rows as for describe_segments.
template <real T, executor E = sequential>
void add_segments(report& page, matrix_view<T> rows, std::span<index_t const> labels, index_t segments,
                  segment_page const& how = {}, E&& ex = {}) {
  auto const profiles = describe_segments(rows, labels, segments, ex);
  auto const named = [](std::vector<std::string> const& names, std::size_t k, char const* what) {
    return k < names.size() && !names[k].empty() ? names[k] : what + std::to_string(k);
  };
  bar_chart sizes{.title = "How large they are", .series = {{.name = "rows"}}, .decimals = 0};
  data_table means{.columns = {{"segment"}, {"rows"}, {.name = "share, %", .decimals = 1}}};
  for (index_t j = 0; j != rows.columns(); ++j)
    means.columns.push_back({"mean of " + named(how.columns, j, "column ")});
  std::size_t empty = 0;
  for (segment_profile const& p : profiles) {
    std::string const name = named(how.segments, p.segment, "segment ");
    sizes.categories.push_back(name);
    sizes.series[0].values.push_back(p.rows);
    if (p.rows == 0) {
      ++empty;
      continue;
    }
    std::vector<table_cell> row(3 + rows.columns());
    row[0] = name;
    row[1] = p.rows;
    row[2] = 100 * p.share;
    for (segment_trait const& t : p.traits) row[3 + t.column] = t.mean;
    means.rows.push_back(std::move(row));
  }
  if (empty != 0)
    page.paragraph(
        "Note: " + std::to_string(empty) + " of " + std::to_string(segments) +
        " segments hold no rows: there are fewer different rows than segments, or no row was closest to them.");
  page.bars(sizes);

  auto const plane = principal_plane_of(rows, ex);
  auto const percent = [](double share) { return number_text(std::round(1000 * share) / 10) + " % of the variance"; };
  scatter_chart map{.title = "Where they lie",
                    .note = "The plane in which the rows differ most.",
                    .x_label = "first principal component, " + percent(plane.share[0]),
                    .y_label = "second, " + percent(plane.share[1])};
  for (index_t c = 0; c != segments; ++c) map.series.push_back({.name = named(how.segments, c, "segment ")});
  for (index_t i = 0; i != rows.rows(); ++i) {
    auto const place = plane.at(rows.row(i));
    map.series[labels[i]].x.push_back(place[0]);
    map.series[labels[i]].y.push_back(place[1]);
  }
  page.scatter(map);

  for (segment_profile const& p : profiles) {
    if (p.rows == 0) continue;
    bar_chart bars{
        .title = named(how.segments, p.segment, "segment "),
        .note = "What sets it apart: its mean less that of the others, in standard deviations over all rows.",
        .series = {{.name = ""}},
        .decimals = 2};
    for (std::size_t k = 0; k != p.traits.size() && k != how.traits; ++k) {
      bars.categories.push_back(named(how.columns, p.traits[k].column, "column "));
      bars.series[0].values.push_back(p.traits[k].effect);
    }
    page.bars(bars);
  }
  page.table(means);
}

KINDRED_END
