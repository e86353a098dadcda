// SPDX-License-Identifier: BSL-1.0
#include <kindred/io/segment_page.hpp>

#include "../../support/clouds.hpp"
#include "error_of.hpp"
#include "well_formed.hpp"

#include <kindred/cluster/agglomerative.hpp>
#include <kindred/cluster/kmeans.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

using kindred::index_t;

TEST_CASE_TEMPLATE("principal_plane: a cigar and a disk by hand", T, float, double) {
  // Variances 8 along (1, 1) and 2 along (1, -1), and none along the third.
  support::table<T> const t{4, 3, {2, 2, 5, -2, -2, 5, 1, -1, 5, -1, 1, 5}};
  auto const plane = kindred::principal_plane_of(t.view());
  double const r = std::sqrt(0.5);
  CHECK(plane.mean[2] == 5);
  CHECK(plane.axis[0][0] == doctest::Approx(r));
  CHECK(plane.axis[0][1] == doctest::Approx(r));
  CHECK(std::abs(plane.axis[1][0]) == doctest::Approx(r));
  CHECK(plane.axis[1][0] == doctest::Approx(-plane.axis[1][1]));
  CHECK(plane.share[0] == doctest::Approx(0.8));
  CHECK(plane.share[1] == doctest::Approx(0.2));
  CHECK(plane.at(t.view().row(0))[0] == doctest::Approx(std::sqrt(8.0)));
  // One direction only, and none at all.
  support::table<T> const line{2, 2, {0, 0, 3, 4}};
  CHECK(kindred::principal_plane_of(line.view()).share[0] == doctest::Approx(1));
  CHECK(kindred::principal_plane_of(line.view()).share[1] == doctest::Approx(0));
  support::table<T> const point{2, 2, {3, 4, 3, 4}};
  CHECK(kindred::principal_plane_of(point.view()).share[0] == 0);
}

TEST_CASE("scatter_chart: points, names, and what is refused") {
  kindred::scatter_chart chart{.title = "T", .series = {{"a & b", {0, 10}, {0, 4}}, {"none", {}, {}}}};
  std::string const html = kindred::detail::draw(chart, 3).str();
  CHECK(fault_of(html) == "");
  CHECK(html.find("a &amp; b: 2 around (5, 2).") != std::string::npos);
  chart.series[0].x[1] = std::numeric_limits<double>::infinity();
  CHECK(error_of([&] { static_cast<void>(kindred::detail::draw(chart, 1)); }).kind() == kindred::error_kind::data);
  chart.series[0].x.pop_back();
  CHECK(error_of([&] { static_cast<void>(kindred::detail::draw(chart, 1)); }).kind() == kindred::error_kind::shape);
  CHECK(kindred::detail::draw(kindred::scatter_chart{}, 1).str().find("No data.") != std::string::npos);
}

TEST_CASE("dendrogram_chart: branches meet at their heights") {
  // 0 and 1 meet at 5, both and 2 at 10.
  kindred::dendrogram_chart chart{.title = "T", .tree = kindred::dendrogram::from(3, {{0, 1, 5, 2}, {0, 2, 10, 3}})};
  std::string const html = kindred::detail::draw(chart, 3).str();
  CHECK(fault_of(html) == "");
  CHECK(html.find("row 2") != std::string::npos);
  // Names end at 5 x 7.4 = 37, heights go from 47 to 406: 5 is at 226.5. Leaves from the top: 2, 0, 1, in lines of 17.
  CHECK(html.find("d='M47 33.5H226.5V50.5H47'") != std::string::npos);
  CHECK(html.find("d='M47 16.5H406V42H226.5'") != std::string::npos);
  chart.leaves = 2;
  std::string const fewer = kindred::detail::draw(chart, 3).str();
  CHECK(fewer.find("2 rows") != std::string::npos);
  CHECK(fewer.find("row 0") == std::string::npos);
  chart.names = {"x"};
  CHECK(error_of([&] { static_cast<void>(kindred::detail::draw(chart, 1)); }).kind() == kindred::error_kind::shape);
  CHECK(kindred::detail::draw(kindred::dendrogram_chart{}, 1).str().find("No data.") != std::string::npos);
}

TEST_CASE("add_segments: a page about segments, and a note where they are empty") {
  auto const t = support::clouds<float>(120, 3, 3, 0.5, 8);
  auto const model = kindred::fit(kindred::kmeans<>{.clusters = 3, .seed = 1}, t.view()).model;
  kindred::report page("Segments");
  kindred::add_segments(page, t.view(), model.labels(), model.size(),
                        {.columns = {"age, years"}, .segments = {"<young>"}});
  std::string const html = page.html();
  CHECK(fault_of(html) == "");
  CHECK(html.find("mean of age, years") != std::string::npos);
  CHECK(html.find("&lt;young&gt;") != std::string::npos);
  CHECK(html.find("segment 2") != std::string::npos);
  CHECK(html.find("hold no rows") == std::string::npos);

  kindred::report note("Segments");
  kindred::add_segments(note, t.view(), model.labels(), 5);
  CHECK(note.html().find("Note: 2 of 5 segments hold no rows") != std::string::npos);
}
