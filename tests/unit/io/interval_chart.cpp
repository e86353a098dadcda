// SPDX-License-Identifier: BSL-1.0
#include <kindred/io/chart/interval_chart.hpp>

#include <kindred/io/learning_curves.hpp>

#include "error_of.hpp"
#include "well_formed.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <limits>
#include <string>

using kindred::estimate;

namespace {

std::string drawn(kindred::interval_chart const& chart) { return kindred::detail::draw(chart, 1).str(); }

}  // namespace

TEST_CASE("interval_chart: a dot, its line and its number, by hand") {
  // Values 1 to 3 on an axis from 1 to 3; names end at 7.4, so it begins at 23.4; numbers "2.0" are 3 x 7.4 = 22.2 wide, so it
  // ends at 420 - 36.2 = 383.8, and 2 lies in the middle, at 203.6.
  std::string const html = drawn({.title = "T",
                                  .categories = {"a", "b"},
                                  .series = {{"", {estimate{2, 1, 3}, estimate{1.5, 1, 2.5}}}},
                                  .decimals = 1,
                                  .best = kindred::best_is::highest});
  CHECK(fault_of(html) == "");
  CHECK(html.find("d='M23.4 13H383.8M23.4 9v8M383.8 9v8'") != std::string::npos);
  CHECK(html.find("<circle class='dot s0' cx='203.6' cy='13' r='4.5'/>") != std::string::npos);
  CHECK(html.find("<title>a: 2.0 (1.0 to 3.0), best</title>") != std::string::npos);
  CHECK(html.find("<title>b: 1.5 (1.0 to 2.5)</title>") != std::string::npos);
  CHECK(html.find("Dots with intervals. Highest: a (2.0), lowest b (1.5).") != std::string::npos);
  CHECK(html.find("class='legend'") == std::string::npos);
}

TEST_CASE("interval_chart: groups, long and hostile names, single values, nothing at all") {
  for (std::string const& name :
       {std::string("<script>alert(1)</script>"), std::string("' onload='x"), std::string()}) {
    kindred::interval_chart const chart{
        .title = name,
        .note = name,
        .x_label = name,
        .categories = {name, "b"},
        .series = {{name, {estimate{5, 5, 5}, estimate{5, 5, 5}}}, {"t", {estimate{0, -1e300, 1e300}, estimate{}}}}};
    std::string const html = drawn(chart);
    CHECK(fault_of(html) == "");
    CHECK(html.find("<script") == std::string::npos);
    CHECK(html.find("onload='") == std::string::npos);
    CHECK(html.find("nan") == std::string::npos);
    CHECK(html.find("inf") == std::string::npos);
  }
  CHECK(drawn({.title = "none"}).find("No data.") != std::string::npos);
}

TEST_CASE("interval_chart: what is refused") {
  auto const refused = [](kindred::interval_chart const& chart, std::string_view words) {
    auto const e = error_of([&] { drawn(chart); });
    CHECK_MESSAGE(std::string_view(e.what()).find(words) != std::string_view::npos, e.what());
  };
  double const nan = std::numeric_limits<double>::quiet_NaN();
  refused({.title = "T", .categories = {"a"}, .series = {{"s", {}}}}, "'T': series 's': 0 values for 1 categories");
  refused({.categories = {"a"}, .series = {{"s", {estimate{nan, 0, 1}}}}}, "value 1 is not a finite number");
  refused({.categories = {"a"}, .series = {{"s", {estimate{1, 2, 1}}}}}, "value 1 is upside down");
}

TEST_CASE("learning_curves: what observers saw") {
  kindred::learning_curves curves;
  auto first = curves.of("a");
  CHECK(first(kindred::progress{1, 0.5}) == kindred::flow::proceed);
  CHECK(first(kindred::progress{2, std::numeric_limits<double>::infinity()}) == kindred::flow::proceed);
  CHECK(first(kindred::progress{3, 0.25}) == kindred::flow::proceed);
  auto second = curves.of(
      "b", [](kindred::progress const& now) { return now.epoch == 2 ? kindred::flow::stop : kindred::flow::proceed; });
  CHECK(second(kindred::progress{1, 4, 5}) == kindred::flow::proceed);
  CHECK(second(kindred::progress{2, 3, 6}) == kindred::flow::stop);
  auto const chart = curves.chart("T");
  REQUIRE(chart.series.size() == 3);
  CHECK(chart.series[0].x == std::vector<double>{1, 3});
  CHECK(chart.series[0].y == std::vector<double>{0.5, 0.25});
  CHECK(chart.series[2].name == "b, held out");
  CHECK(chart.series[2].y == std::vector<double>{5, 6});
  CHECK(fault_of(kindred::detail::draw(chart, 1).str()) == "");
}
