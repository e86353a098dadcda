// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/cluster_stream.hpp>
#include <kindred/cluster/gaussian_mixture.hpp>
#include <kindred/cluster/kmeans.hpp>
#include <kindred/cluster/kmedoids.hpp>
#include <kindred/metric/manhattan.hpp>

#include "../../support/clouds.hpp"

#include <doctest/doctest.h>

#include <array>
#include <vector>

TEST_CASE("segments that follow their rows") {
  auto const old = support::clouds<float>(200, 2, 3, 0.5, 4);
  auto const rows = old.view();
  auto const news = support::clouds<float>(50, 2, 3, 0.5, 4);
  auto const todays_rows = news.view();
  // [stream]
  auto const segments = kindred::fit(kindred::kmeans<>{.clusters = 3, .seed = 7}, rows).model;
  kindred::cluster_stream<float> live(segments, 100'000);  // what is older counts half after 100 000 new rows
  live.update(todays_rows);
  auto const now = live.model();
  // [/stream]
  CHECK(now.size() == 3);
}

TEST_CASE("segments that overlap") {
  auto const table = support::clouds<float>(200, 2, 2, 0.5, 4);
  auto const rows = table.view();
  auto const newcomer = rows.row(3);
  // [mixture]
  auto const segments = kindred::fit(kindred::gaussian_mixture{.clusters = 2, .seed = 7}, rows).model;
  std::array<double, 2> probability{};
  segments.responsibilities(newcomer, probability);  // of each segment, adding up to one
  auto const likeliest = segments.assign(newcomer);
  // [/mixture]
  CHECK(probability[likeliest] >= 0.5);
}

TEST_CASE("segments around rows") {
  auto const table = support::clouds<float>(100, 2, 3, 0.5, 4);
  auto const rows = table.view();
  auto const newcomer = rows.row(3);
  // [medoids]
  auto const segments = kindred::fit(kindred::kmedoids<kindred::manhattan>{.clusters = 3, .seed = 7}, rows).model;
  auto const own = segments.assign(newcomer);
  auto const like_whom = segments.medoids()[own];  // the number of a row
  // [/medoids]
  CHECK(segments.labels()[like_whom] == own);
}
