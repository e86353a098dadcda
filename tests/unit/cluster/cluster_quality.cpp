// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/cluster_quality.hpp>

#include "../../support/clouds.hpp"
#include "../../support/error_of.hpp"

#include <kindred/cluster/kmeans.hpp>
#include <kindred/interop/thread_pool.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

using kindred::index_t;

namespace {

using labels = std::vector<index_t>;

// The rows of the linkage test: they look random, and are exact in float.
template <class T>
support::table<T> twelve() {
  support::table<T> out{12, 3, {}};
  for (std::uint32_t i = 0; i != 12; ++i)
    for (std::uint32_t j = 0; j != 3; ++j) {
      std::uint32_t const x = (i * 40503u + j * 9973u + 17u) % 65521u;
      out.value.push_back(static_cast<T>((x * x % 65521u * 31u + x) % 65521u) / T{65536});
    }
  return out;
}
labels const three_of_twelve{0, 1, 1, 2, 2, 1, 1, 0, 1, 1, 2, 2};

}  // namespace

TEST_CASE_TEMPLATE("cluster quality: four numbers by hand", T, float, double) {
  // 0, 2 | 10, 14. Silhouettes: a = 2, b = 12: 10/12; a = 2, b = 10: 8/10; a = 4, b = 9: 5/9; a = 4, b = 13: 9/13.
  // Means 1 and 12: radii 1 and 2, 11 apart. Sums of squares within 2 + 8, between 4 x 5.5^2 = 121: 121 x 2 / 10.
  support::table<T> const t{4, 1, {0, 2, 10, 14}};
  labels const two{0, 0, 1, 1};
  CHECK(kindred::silhouette(t.view(), two) == doctest::Approx((10 / 12.0 + 0.8 + 5 / 9.0 + 9 / 13.0) / 4));
  CHECK(kindred::davies_bouldin(t.view(), two) == doctest::Approx(3 / 11.0));
  CHECK(kindred::calinski_harabasz(t.view(), two) == doctest::Approx(24.2));
  // A row alone has silhouette 0; a cluster without rows is none.
  CHECK(kindred::silhouette(t.view(), labels{0, 0, 0, 5}) ==
        doctest::Approx((1 - 6 / 14.0 + 1 - 5 / 12.0 + (4 - 9) / 9.0) / 4));
}

TEST_CASE_TEMPLATE("cluster quality: the figures of scikit-learn 1.2", T, float, double) {
  auto const t = twelve<T>();
  CHECK(std::abs(kindred::silhouette(t.view(), three_of_twelve) - -0.12140026196684744) < 1e-9);
  CHECK(std::abs(kindred::davies_bouldin(t.view(), three_of_twelve) - 2.832286617664901) < 1e-9);
  CHECK(std::abs(kindred::calinski_harabasz(t.view(), three_of_twelve) - 1.0138105621553966) < 1e-9);
}

TEST_CASE_TEMPLATE("silhouette: of a sample, and on threads", T, float, double) {
  auto const t = support::clouds<T>(200, 3, 4, 0.5, 51);
  auto const model = kindred::fit(kindred::kmeans<>{.clusters = 4}, t.view()).model;
  double const all = kindred::silhouette(t.view(), model.labels());
  CHECK(all > 0.5);
  CHECK(kindred::silhouette(t.view(), model.labels(), 60, 3) == doctest::Approx(all).epsilon(0.1));
  kindred::thread_pool pool(3);
  CHECK(kindred::silhouette(t.view(), model.labels(), 0, 0, pool) == all);
}

TEST_CASE_TEMPLATE("cluster quality: nothing to say is an error", T, float, double) {
  support::table<T> t{4, 1, {0, 2, 10, 14}};
  using support::error_of;
  auto const kind = [&](auto const& f) { return error_of(f).kind(); };
  CHECK(kind([&] { static_cast<void>(kindred::silhouette(t.view(), labels{0, 0, 0, 0})); }) ==
        kindred::error_kind::data);
  CHECK(kind([&] { static_cast<void>(kindred::davies_bouldin(t.view(), labels{0, 1, 2, 3})); }) ==
        kindred::error_kind::data);
  CHECK(kind([&] { static_cast<void>(kindred::calinski_harabasz(t.view(), labels{0, 1})); }) ==
        kindred::error_kind::shape);
  t.value[2] = std::numeric_limits<T>::quiet_NaN();
  CHECK(error_of([&] { static_cast<void>(kindred::silhouette(t.view(), labels{0, 0, 1, 1})); }).row() == 2);
  // All rows the same: no distance, no figure that is none.
  support::table<T> const twins{4, 1, {3, 3, 3, 3}};
  CHECK(kindred::silhouette(twins.view(), labels{0, 0, 1, 1}) == 0);
  CHECK(kindred::davies_bouldin(twins.view(), labels{0, 0, 1, 1}) == 0);
  CHECK(kindred::calinski_harabasz(twins.view(), labels{0, 0, 1, 1}) == 1);
}
