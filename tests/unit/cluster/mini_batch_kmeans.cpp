// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/mini_batch_kmeans.hpp>

#include "../../support/clouds.hpp"
#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <vector>

using kindred::mini_batch_kmeans;

static_assert(kindred::recipe<mini_batch_kmeans, kindred::matrix_view<float>>);

TEST_CASE_TEMPLATE("mini_batch_kmeans: close to k-means, the same in any order, and told by batch", T, float, double) {
  auto const t = support::clouds<T>(900, 3, 5, 1, 3);
  mini_batch_kmeans const how{.clusters = 5, .batch = 100, .batches = 30, .seed = 2};
  std::vector<double> heard;
  auto const done = kindred::fit(how, t.view(), kindred::sequential{}, [&](kindred::progress const& p) {
    heard.push_back(p.objective);
    return kindred::flow::proceed;
  });
  double const best = kindred::fit(kindred::kmeans<>{.clusters = 5, .seed = 2}, t.view()).model.inertia();
  CHECK(done.model.inertia() < 1.1 * best);
  CHECK(done.model.inertia() >= best * 0.999);
  CHECK(heard.size() == 30);
  CHECK(heard[29] == doctest::Approx(best).epsilon(0.3));
  CHECK(done.report.converged);
  CHECK(kindred::fit(how, t.view(), support::reversed{}).model == done.model);

  auto bad = t;
  bad.value[7] = std::numeric_limits<T>::infinity();
  CHECK(support::error_of([&] { static_cast<void>(kindred::fit(how, bad.view())); }).kind() ==
        kindred::error_kind::data);
  CHECK(support::says(
      support::error_of([&] { static_cast<void>(kindred::fit(mini_batch_kmeans{.clusters = 901}, t.view())); }),
      "clusters = 901 for 900"));
  CHECK(support::says(
      support::error_of([&] { static_cast<void>(kindred::fit(mini_batch_kmeans{.batch = 0}, t.view())); }),
      "batch = 0"));
}
