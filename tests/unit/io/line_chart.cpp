// SPDX-License-Identifier: BSL-1.0
#include <kindred/io/chart/line_chart.hpp>

#include <kindred/core/error.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "well_formed.hpp"

using kindred::axis_scale;

namespace {

std::string drawn(kindred::line_chart const& chart) { return kindred::detail::draw(chart, 1).str(); }

constexpr double huge = 1e300;
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("line_chart: a straight line by hand") {
  // Labels "0" ... "10": two digits are 14.8 wide, so the plane begins at 24.8; the last label below, "3", needs less than
  // the 8 that are always left free, so it ends at 412. Its top is at 12 without a title; the bottom at 250 - 34 - 6 = 210.
  std::string const html = drawn({.series = {{.y = {0, 5, 10}}}});
  CHECK(html.find("d='M24.8 210L218.4 111L412 12'") != std::string::npos);
  CHECK(html.find("class='area s0'") != std::string::npos);  // one curve over a zero line
  CHECK(occurrences(html, "<circle class='dot s0'") == 3);
  CHECK(html.find("<title>2: 5</title>") != std::string::npos);
  CHECK(fault_of(html) == "");
}

TEST_CASE("line_chart: the vertical axis starts at zero unless that hides the differences") {
  CHECK(drawn({.series = {{.y = {3, 10}}}}).find(">0</text>") != std::string::npos);
  std::string const close = drawn({.series = {{.y = {9, 10}}}});
  CHECK(close.find(">0</text>") == std::string::npos);
  CHECK(close.find("class='area") == std::string::npos);
  CHECK(drawn({.series = {{.y = {-3, -10}}}}).find(">0</text>") != std::string::npos);
}

TEST_CASE("line_chart: whole numbers below have no fractions between them") {
  std::string const html = drawn({.series = {{.y = {1, 2, 3}}}});  // epochs 1, 2, 3
  CHECK(html.find(">1.5<") == std::string::npos);
  CHECK(drawn({.series = {{.y = {1}}}}).find(">1</text>") != std::string::npos);
}

TEST_CASE("line_chart: logarithmic axes") {
  std::string const html = drawn({.x_label = "rank",
                                  .y_label = "ratings",
                                  .series = {{.x = {1, 10, 100}, .y = {1000, 100, 10}}},
                                  .x_scale = axis_scale::logarithmic,
                                  .y_scale = axis_scale::logarithmic});
  CHECK(fault_of(html) == "");
  // A power law is a straight line: the middle point lies in the middle. "1000" is 29.6 wide, so the plane begins at 39.6;
  // "100" below needs 11.1, so it ends at 408.9; top 30 with a title.
  CHECK(html.find("d='M39.6 30L224.2 120L408.9 210'") != std::string::npos);
}

TEST_CASE("line_chart: many points keep their extremes and cost little") {
  kindred::line_series series;
  for (int k = 0; k != 100'000; ++k) series.y.push_back(std::sin(k * 0.7));
  series.y[50'000] = 40;  // a spike among 250 points of the same pixel
  std::string const html = drawn({.series = {series}});
  CHECK(html.size() < 60'000);
  // Axis 0 ... 40 or from below: the spike reaches the top of the plane.
  CHECK(html.find(" 12L") != std::string::npos);
  CHECK(html.find("highest 40.") != std::string::npos);
  CHECK(html.find("shy") != std::string::npos);
}

TEST_CASE("line_chart: several curves differ in color and dash") {
  kindred::line_chart chart{.title = "T"};
  for (int s = 0; s != 24; ++s)
    chart.series.push_back({.name = "<" + std::to_string(s) + ">", .y = {1.0 * s, 2.0 * s}});
  std::string const html = drawn(chart);
  CHECK(fault_of(html) == "");
  for (std::size_t a = 0; a != 24; ++a)
    for (std::size_t b = 0; b != a; ++b)
      CHECK((kindred::detail::color_of(a) != kindred::detail::color_of(b) ||
             kindred::detail::dash_of(a) != kindred::detail::dash_of(b)));
  CHECK(html.find("&lt;23&gt;</li>") != std::string::npos);
  CHECK(html.find("class='area") == std::string::npos);
}

TEST_CASE("line_chart: nothing, one point, equal values and the ends of double") {
  CHECK(drawn({.title = "T"}).find("No data.") != std::string::npos);
  CHECK(drawn({.title = "T", .series = {{.name = "empty"}}}).find("No data.") != std::string::npos);
  CHECK(fault_of(drawn({.series = {{.name = "empty"}, {.name = "one", .y = {1}}}})) == "");
  for (auto const& y :
       {std::vector<double>{5}, {7, 7, 7}, {0, 0}, {-huge, huge}, {5e-324, 1e-323}, {-1e-9, 1e-9}, {1e9, 1e9 + 1}}) {
    std::string const html = drawn({.series = {{.y = y}}});
    CHECK(fault_of(html) == "");
    CHECK(html.find("nan") == std::string::npos);
    CHECK(html.find("inf") == std::string::npos);
  }
}

TEST_CASE("line_chart: what has no place is refused, with its place") {
  CHECK_THROWS_WITH_AS(drawn({.title = "T", .series = {{.name = "s", .y = {1, not_a_number}}}}),
                       "line chart 'T': series 's', point 2: y is not a finite number of at most 1e300",
                       kindred::error);
  CHECK_THROWS_WITH_AS(drawn({.title = "T", .series = {{.name = "s", .x = {1, 2}, .y = {1}}}}),
                       "line chart 'T': series 's', point 1: 2 x for 1 y", kindred::error);
  CHECK_THROWS_WITH_AS(drawn({.title = "T", .series = {{.name = "s", .x = {1, 0}, .y = {1, 2}}}}),
                       "line chart 'T': series 's', point 2: x = 0 goes back", kindred::error);
  CHECK_THROWS_WITH_AS(
      drawn({.title = "T", .series = {{.name = "s", .x = {0, 1}, .y = {1, 2}}}, .x_scale = axis_scale::logarithmic}),
      "line chart 'T': series 's', point 1: x = 0 has no place on a logarithmic axis", kindred::error);
  CHECK_THROWS_WITH_AS(
      drawn({.title = "T", .series = {{.name = "s", .y = {1, -2}}}, .y_scale = axis_scale::logarithmic}),
      "line chart 'T': series 's', point 2: y = -2 has no place on a logarithmic axis", kindred::error);
}
