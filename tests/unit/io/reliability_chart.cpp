// SPDX-License-Identifier: BSL-1.0
#include <kindred/io/chart/reliability_chart.hpp>

#include <kindred/io/report.hpp>

#include <doctest/doctest.h>

#include <vector>

TEST_CASE("reliability_chart: one point a part that has examples, and the diagonal") {
  std::vector<kindred::reliability_bin> const bins{{2, 0.1, 0.25}, {}, {5, 0.8, 0.7}};
  auto const chart = kindred::reliability_chart(bins);
  REQUIRE(chart.series.size() == 2);
  CHECK(chart.series[0].x == std::vector<double>{0.1, 0.8});
  CHECK(chart.series[0].y == std::vector<double>{0.25, 0.7});
  CHECK(chart.series[1].x == chart.series[1].y);
  kindred::report page("clicks");
  page.line(chart).line(kindred::reliability_chart({}));  // nothing to show is shown as nothing
  CHECK(page.html().find("share that happened") != std::string::npos);
}
