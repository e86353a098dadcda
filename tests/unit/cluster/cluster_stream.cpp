// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/cluster_stream.hpp>

#include "../../support/clouds.hpp"
#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <vector>

using kindred::closeness;
using kindred::cluster_stream;
using kindred::clustering;
using kindred::index_t;

TEST_CASE_TEMPLATE("cluster_stream: centers are the means of what they were given", T, float, double) {
  // Two centers: 0 for two rows, 10 for one. 3 and 6 are both assigned before either moves anything: 3 to the first, whose mean
  // is then 3/3; 6 to the second: 10 + (6 - 10) / 2.
  clustering<T> const start(closeness::euclidean, 1, {0, 10}, {0, 0, 1}, 0);
  cluster_stream<T> live(start);
  support::table<T> const rows{2, 1, {3, 6}};
  live.update(rows.view());
  CHECK(live.model().center(0)[0] == 1);
  CHECK(live.model().center(1)[0] == 8);
  CHECK(live.mass(0) == 3);
  CHECK(live.mass(1) == 2);
  CHECK(live.model().labels().empty());

  // With a half life of two rows, a batch of two halves what was there: 0 + (3 - 0) / 2; 10 + (6 - 10) / 1.5.
  cluster_stream<T> forgetful(start, 2);
  forgetful.update(rows.view());
  CHECK(forgetful.model().center(0)[0] == doctest::Approx(1.5));
  CHECK(forgetful.model().center(1)[0] == doctest::Approx(10 - 4 / 1.5));
}

TEST_CASE_TEMPLATE("cluster_stream: what is refused, and leaves no trace", T, float, double) {
  clustering<T> const start(closeness::euclidean, 1, {0, 10}, {0, 0, 1}, 0);
  cluster_stream<T> live(start);
  support::table<T> const bad{2, 1, {3, std::numeric_limits<T>::quiet_NaN()}};
  CHECK(support::error_of([&] { live.update(bad.view()); }).row() == 1);
  CHECK(live.mass(0) == 2);
  support::table<T> const wide{1, 2, {3, 4}};
  CHECK(support::error_of([&] { live.update(wide.view()); }).kind() == kindred::error_kind::shape);
  auto const kind = [](clustering<T> const& from, double half_life) {
    return support::error_of([&] { cluster_stream<T>(from, half_life); }).kind();
  };
  CHECK(kind(start, -1) == kindred::error_kind::setting);
  CHECK(kind(clustering<T>{}, 0) == kindred::error_kind::setting);
  CHECK(kind(clustering<T>(closeness::cosine, 1, {1}, {}, 0), 0) == kindred::error_kind::setting);
}
