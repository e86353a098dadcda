// SPDX-License-Identifier: BSL-1.0
#include <kindred/io/chart/histogram_chart.hpp>

#include <kindred/core/error.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "well_formed.hpp"

namespace {

using counts = std::vector<std::uint64_t>;
using labels = std::vector<std::string>;

counts counts_of(kindred::histogram_chart const& chart) {
  counts out;
  for (auto const& bar : kindred::detail::count_values(chart).bars) out.push_back(bar.count);
  return out;
}

labels labels_of(kindred::histogram_chart const& chart) {
  labels out;
  for (auto const& bar : kindred::detail::count_values(chart).bars) out.push_back(bar.label);
  return out;
}

std::string drawn(kindred::histogram_chart const& chart) { return kindred::detail::draw(chart, 1).str(); }

constexpr double huge = 1e300;

}  // namespace

TEST_CASE("histogram_chart: ratings get a bar each, and a rating that nobody gave gets an empty one") {
  kindred::histogram_chart const stars{.values = {5, 1, 4, 4, 2, 5, 4}};
  CHECK(labels_of(stars) == labels{"1", "2", "3", "4", "5"});
  CHECK(counts_of(stars) == counts{1, 1, 0, 3, 2});
  kindred::histogram_chart const halves{.values = {0.5, 2, 1}, .counts = {10, 20, 30}};  // half a star is the step
  CHECK(labels_of(halves) == labels{"0.5", "1", "1.5", "2"});
  CHECK(counts_of(halves) == counts{10, 30, 0, 20});
}

TEST_CASE("histogram_chart: ranges are closed below and open above, but the last is closed") {
  // 0 to 10 in about five ranges: by 2. The edges 2 and 4 belong to the ranges that they begin, 10 to the last.
  kindred::histogram_chart const chart{.values = {0, 1.9, 2, 3, 4, 9.5, 10}, .bins = 5};
  CHECK(labels_of(chart) == labels{"0 to 2", "2 to 4", "4 to 6", "6 to 8", "8 to 10"});
  CHECK(counts_of(chart) == counts{2, 2, 1, 0, 2});
  // Tenths are no binary fractions: 0.3 must not fall below the edge 0.3.
  for (int first = -30; first != 30; ++first) {
    kindred::histogram_chart tenths{.bins = 20};
    for (int k = 0; k != 21; ++k) tenths.values.push_back((first + k) / 10.0);
    counts expected(20, 1);
    expected.back() = 2;
    CHECK(counts_of(tenths) == expected);
  }
}

TEST_CASE("histogram_chart: counts stand for repeated values") {
  std::vector<double> repeated;
  for (int k = 0; k != 1000; ++k) repeated.push_back(0.37 * (k % 50));
  std::vector<double> distinct;
  for (int k = 0; k != 50; ++k) distinct.push_back(0.37 * k);
  CHECK(counts_of({.values = repeated}) == counts_of({.values = distinct, .counts = counts(50, 20)}));
}

TEST_CASE("histogram_chart: every value is counted once, whatever the values") {
  std::vector<std::vector<double>> const samples = {{3},
                                                    {0, 0, 0},
                                                    {-huge, 0, huge},
                                                    {5e-324, 1e-323},
                                                    {-1e-9, -3e-9, -4.2e-9},
                                                    {1e9, 1e9 + 1, 1e9 + 1.5},
                                                    {-5, 5, 5.0001},
                                                    {1e300, 5e299},
                                                    {-0.0, 0.0}};
  for (auto const& values : samples)
    for (int const bins : {0, 1, 7, 1000}) {
      std::uint64_t total = 0;
      for (std::uint64_t const count : counts_of({.values = values, .bins = bins})) total += count;
      CHECK(total == values.size());
      std::string const html = drawn({.values = values, .bins = bins});
      CHECK(fault_of(html) == "");
      CHECK(html.find("nan") == std::string::npos);
      CHECK(html.find("width='-") == std::string::npos);
      CHECK(html.find("height='-") == std::string::npos);
    }
}

TEST_CASE("histogram_chart: shows counts and shares") {
  std::string const html =
      drawn({.title = "Stars", .x_label = "stars", .y_label = "<ratings>", .values = {1, 2, 2, 2}});
  CHECK(fault_of(html) == "");
  CHECK(html.find("<title>2: 3 (75.0 %)</title>") != std::string::npos);
  CHECK(html.find("Histogram of 4 values in 2 bars. Most frequent: 2 (75.0 %).") != std::string::npos);
  CHECK(html.find("&lt;ratings&gt;") != std::string::npos);
  CHECK(drawn({.title = "T"}).find("No data.") != std::string::npos);
  CHECK(fault_of(drawn({.values = {1, 2}, .counts = {0, 0}})) == "");
}

TEST_CASE("histogram_chart: what does not fit or is not finite is refused") {
  CHECK_THROWS_WITH_AS(drawn({.title = "T", .values = {1, 2}, .counts = {1}}), "histogram 'T': 1 counts for 2 values",
                       kindred::error);
  CHECK_THROWS_WITH_AS(drawn({.title = "T", .values = {1, std::numeric_limits<double>::quiet_NaN()}}),
                       "histogram 'T': value 2 is not a finite number of at most 1e300", kindred::error);
}
