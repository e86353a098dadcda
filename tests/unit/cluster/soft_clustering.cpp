// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/soft_clustering.hpp>

#include "../../support/error_of.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <vector>

using kindred::covariance_shape;
using kindred::index_t;
using kindred::soft_clustering;

namespace {

// Two clusters of width 1 at 0 and at 2, three quarters and a quarter of all.
template <class T>
soft_clustering<T> two() {
  return {{{covariance_shape::full, {0}, {1}}, {covariance_shape::full, {2}, {1}}}, {0.75, 0.25}, {0, 0, 1}, -5, 3};
}

}  // namespace

TEST_CASE_TEMPLATE("soft_clustering: two clusters by hand", T, float, double) {
  auto const model = two<T>();
  // Half way both densities are alike: the shares decide. They balance where log 3 = ((x)^2 - (x - 2)^2) / 2 = 2 x - 2.
  std::vector<T> const half{1}, before{T{1.5}}, after{T{1.6f}};
  std::vector<double> p(2);
  model.responsibilities(half, p);
  CHECK(p[0] == doctest::Approx(0.75));
  CHECK(p[1] == doctest::Approx(0.25));
  CHECK(model.assign(kindred::dense_row<T>(before)) == 0);
  CHECK(model.assign(kindred::dense_row<T>(after)) == 1);
  CHECK(model.log_density(half) == doctest::Approx(-0.5 - std::log(2 * std::numbers::pi) / 2));
  CHECK(model.counts()[0] == 2);
  CHECK(model.occupied() == 2);
  CHECK(model.dims() == 1);
  // Two means, two variances, one share: 5.
  CHECK(model.parameters() == 5);
  CHECK(model.bic() == doctest::Approx(10 + 5 * std::log(3.0)));
  CHECK(model.aic() == doctest::Approx(20));
  CHECK(model == two<T>());
  CHECK_FALSE(model == soft_clustering<T>());
}

TEST_CASE("soft_clustering: what does not fit is refused") {
  auto const model = two<double>();
  std::vector<double> const x{1, 2, 3, 4};
  std::vector<index_t> label(2);
  auto const refused = [](auto const& call, char const* what) {
    auto const e = support::error_of(call);
    CHECK(e.kind() == kindred::error_kind::shape);
    CHECK(support::says(e, what));
  };
  using view = kindred::matrix_view<double>;
  refused([&] { model.assign(view(kindred::unchecked, x.data(), 2, 2, 2), label); }, "2 columns for clusters of 1");
  refused([&] { model.assign(view(kindred::unchecked, x.data(), 4, 1, 1), label); }, "room for 2 labels of 4");
  refused([&] { soft_clustering<double>().assign(view(kindred::unchecked, x.data(), 2, 0, 1), label); }, "no clusters");
  refused([] { static_cast<void>(soft_clustering<double>({}, {1}, {}, 0, 1)); }, "0 densities with 1 shares");
  refused([] { static_cast<void>(soft_clustering<double>({{covariance_shape::full, {0}, {1}}}, {1}, {1}, 0, 1)); },
          "label 1 among 1");
}
