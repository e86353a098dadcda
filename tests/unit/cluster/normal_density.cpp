// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/normal_density.hpp>

#include "../../support/error_of.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <vector>

using kindred::covariance_shape;
using kindred::normal_density;

TEST_CASE_TEMPLATE("normal_density: by hand", T, float, double) {
  // S = (4 2; 2 5) has determinant 16 and inverse (5 -2; -2 4) / 16; at a gap of (2, 1): (20 - 8 + 4) / 16 = 1.
  normal_density const full(covariance_shape::full, {1, 1}, {4, 2, 5});
  std::vector<T> const row{3, 2};
  double const around = std::log(2 * std::numbers::pi);
  CHECK(full.log_density(kindred::dense_row<T>(row)) == doctest::Approx(-around - std::log(16.0) / 2 - 0.5));
  CHECK(full.covariance(0, 1) == 2);
  CHECK(full.covariance(1, 0) == 2);
  // Variances 4 and 5 alone: 4 / 4 + 1 / 5.
  normal_density const diagonal(covariance_shape::diagonal, {1, 1}, {4, 5});
  CHECK(diagonal.log_density(kindred::dense_row<T>(row)) == doctest::Approx(-around - std::log(20.0) / 2 - 0.6));
  CHECK(diagonal.covariance(0, 1) == 0);
  CHECK(diagonal.covariance(1, 1) == 5);
}

TEST_CASE("normal_density: rows together are rows alone") {
  constexpr std::size_t lanes = normal_density::lanes;
  for (auto const shape : {covariance_shape::diagonal, covariance_shape::full}) {
    auto const covariance =
        shape == covariance_shape::full ? std::vector<double>{2, 1, 3, -1, 0.5, 4} : std::vector<double>{2, 3, 4};
    normal_density const f(shape, {0.5, -1, 2}, covariance);
    std::vector<double> gap(3 * lanes), out(lanes);
    for (std::size_t k = 0; k != gap.size(); ++k) gap[k] = std::sin(static_cast<double>(k * k));
    f.log_densities(gap.data(), lanes, out.data());
    for (std::size_t l = 0; l != lanes; ++l) {
      std::vector<double> row;
      for (std::size_t j = 0; j != 3; ++j) row.push_back(gap[j * lanes + l] + f.mean()[j]);
      CHECK(out[l] == doctest::Approx(f.log_density(kindred::dense_row<double>(row))).epsilon(1e-12));
    }
  }
}

TEST_CASE("normal_density: what is no covariance, and rows beyond all measure") {
  using kindred::error_kind;
  auto const refused = [](covariance_shape shape, std::vector<double> covariance, error_kind kind, char const* what) {
    auto const e = support::error_of([&] { static_cast<void>(normal_density(shape, {0, 0}, std::move(covariance))); });
    CHECK(e.kind() == kind);
    CHECK(support::says(e, what));
  };
  refused(covariance_shape::full, {1, 2, 4}, error_kind::numeric, "column 1 leaves a variance of 0");
  refused(covariance_shape::diagonal, {1, -1}, error_kind::numeric, "column 1");
  refused(covariance_shape::diagonal, {HUGE_VAL, 1}, error_kind::numeric, "column 0");
  refused(covariance_shape::full, {1, 1}, error_kind::shape, "2 covariances");
  normal_density const narrow(covariance_shape::diagonal, {0, 0}, {1e-200, 1e-200});
  std::vector<double> const far{1e200, -1e200};
  CHECK(narrow.log_density(kindred::dense_row<double>(far)) == normal_density::least);
}
