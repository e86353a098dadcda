// SPDX-License-Identifier: BSL-1.0
#include <kindred/io/chart/bar_chart.hpp>

#include <kindred/core/error.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <string_view>

#include "well_formed.hpp"

namespace {

std::string drawn(kindred::bar_chart const& chart) { return kindred::detail::draw(chart, 1).str(); }

std::string fault_in(kindred::bar_chart const& chart, kindred::error_kind kind) {
  try {
    drawn(chart);
  } catch (kindred::error const& e) {
    CHECK(e.kind() == kind);
    return e.what();
  }
  return "nothing was thrown";
}

constexpr double huge = 1e300;

}  // namespace

TEST_CASE("bar_chart: lengths are in proportion, and start at zero") {
  // One series: names are 7.4 wide, bars begin at 7.4 + 10; numbers "4" need 7.4 + 8, so bars end at 420 - 15.4 = 404.6.
  std::string const html = drawn({.title = "T", .categories = {"a", "b"}, .series = {{"", {4, 2}}}});
  CHECK(fault_of(html) == "");
  CHECK(html.find("x='17.4' y='3' width='387.2'") != std::string::npos);
  CHECK(html.find("x='17.4' y='29' width='193.6'") != std::string::npos);
  CHECK(html.find("<title>a: 4</title>") != std::string::npos);
  CHECK(html.find("class='legend'") == std::string::npos);  // one nameless series needs no legend
}

TEST_CASE("bar_chart: negative values go to the other side of zero") {
  // Room for "-1" on the left: 2 * 7.4 + 8 = 22.8 after names (17.4), so 40.2; right end 420 - 15.4 = 404.6.
  // Zero lies a quarter in between: 40.2 + 364.4 / 4 = 131.3.
  std::string const html = drawn({.categories = {"a", "b"}, .series = {{"", {3, -1}}}});
  CHECK(html.find("x='131.3' y='3' width='273.3'") != std::string::npos);
  CHECK(html.find("x='40.2' y='29' width='91.1'") != std::string::npos);
}

TEST_CASE("bar_chart: groups, legend and the best of each series") {
  std::string const html = drawn({.title = "Two measures",
                                  .categories = {"one", "two"},
                                  .series = {{"recall", {0.25, 0.5}}, {"error", {0.125, 0.0625}}},
                                  .best = kindred::best_is::highest});
  CHECK(fault_of(html) == "");
  CHECK(occurrences(html, "<rect class='bar s0'") == 3);  // two bars and the legend
  CHECK(occurrences(html, "<rect class='bar s1'") == 3);
  CHECK(html.find("<title>two, recall: 0.50 (best)</title>") != std::string::npos);
  CHECK(html.find("<title>one, error: 0.1250 (best)</title>") != std::string::npos);
  CHECK(occurrences(html, "(best)</title>") == 2);
  CHECK(html.find("Bars. recall: highest two (0.50), lowest one (0.25).") != std::string::npos);
}

TEST_CASE("bar_chart: names of any length and content") {
  std::string const name(100, 'w');
  std::string const html = drawn(
      {.title = "<T>", .note = "a & b", .categories = {name, "<b>", "'\"", "\xFF"}, .series = {{"s&t", {1, 2, 3, 4}}}});
  CHECK(fault_of(html) == "");
  CHECK(html.find(name + "</text>") == std::string::npos);          // cut on the sheet,
  CHECK(html.find("www\xE2\x80\xA6</text>") != std::string::npos);  // and marked as cut,
  CHECK(html.find("<title>" + name) != std::string::npos);          // whole where one points at it
}

TEST_CASE("bar_chart: nothing, zeros and the ends of double") {
  CHECK(drawn({.title = "T"}).find("No data.") != std::string::npos);
  CHECK(drawn({.categories = {"a"}}).find("No data.") != std::string::npos);
  for (kindred::bar_chart const& chart :
       {kindred::bar_chart{.categories = {"a", "b"}, .series = {{"", {0, 0}}}},
        kindred::bar_chart{.categories = {"a", "b"}, .series = {{"", {-huge, huge}}}},
        kindred::bar_chart{.categories = {"a", "b"}, .series = {{"", {5e-324, -5e-324}}}}}) {
    std::string const html = drawn(chart);
    CHECK(fault_of(html) == "");
    CHECK(html.find("nan") == std::string::npos);
    CHECK(html.find("inf") == std::string::npos);
    CHECK(html.find("width='-") == std::string::npos);
  }
}

TEST_CASE("bar_chart: what does not fit or is not finite is refused, with its place") {
  CHECK(fault_in({.title = "T", .categories = {"a", "b"}, .series = {{"s", {1}}}}, kindred::error_kind::shape) ==
        "bar chart 'T': series 's': 1 values for 2 categories");
  CHECK(fault_in(
            {.title = "T", .categories = {"a", "b"}, .series = {{"s", {1, std::numeric_limits<double>::infinity()}}}},
            kindred::error_kind::data) == "bar chart 'T': series 's': value 2 is not a finite number of at most 1e300");
}
