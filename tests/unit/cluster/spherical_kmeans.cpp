// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/spherical_kmeans.hpp>

#include "../../support/clouds.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using kindred::given_centers;
using kindred::index_t;
using kindred::spherical_kmeans;

static_assert(kindred::recipe<spherical_kmeans<>, kindred::weighted_rows<kindred::csr_view<float>>>);

namespace {

template <class T>
std::vector<index_t> labels_of(kindred::clustering<T> const& model) {
  return {model.labels().begin(), model.labels().end()};
}

}  // namespace

TEST_CASE_TEMPLATE("spherical_kmeans: directions by hand, and lengths do not matter", T, float, double) {
  // Two bundles: along x, and along y. The mean direction of (1, 0) and (0.8, 0.6) is (1.8, 0.6) / sqrt(3.6), whose cosine
  // with both is 1.8 / sqrt(3.6) = sqrt(0.9).
  support::table<T> const t{5, 2, {T{1}, 0, T{80}, T{60}, 0, T{0.125}, 0, T{7}, 0, 0}};
  spherical_kmeans<given_centers<T>> const how{.clusters = 2,
                                               .initial = {{kindred::unchecked, t.value.data() + 2, 2, 2, 2}}};
  auto const model = kindred::fit(how, t.view()).model;
  CHECK(labels_of(model) == std::vector<index_t>{0, 0, 1, 1, 0});
  CHECK(model.center(0)[0] == doctest::Approx(1.8 / std::sqrt(3.6)));
  CHECK(model.center(1)[1] == doctest::Approx(1));
  // Two rows of 1 - sqrt(0.9), two of 0, and the row of zeros counts as far as any: (|x|^2 + |c|^2) / 2 = 1/2.
  CHECK(model.inertia() == doctest::Approx(2 * (1 - std::sqrt(0.9)) + 0.5));
  CHECK(model.measured() == kindred::closeness::cosine);
  CHECK(model.distance(t.view().row(0), 0) == doctest::Approx(1 - std::sqrt(0.9)).epsilon(1e-5));
  CHECK(model.distance(t.view().row(4), 1) == 1);

  auto longer = support::counts<T>(150, 20, 8);
  auto const before = kindred::fit(spherical_kmeans<>{.clusters = 4, .seed = 1}, longer.view()).model;
  for (std::size_t k = 0; k != longer.value.size(); ++k) longer.value[k] *= static_cast<T>(1 << (k / 20 % 5));
  CHECK(labels_of(kindred::fit(spherical_kmeans<>{.clusters = 4, .seed = 1}, longer.view()).model) ==
        labels_of(before));
}
