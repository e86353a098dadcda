// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/clustering.hpp>

#include "../../support/clouds.hpp"
#include "../../support/error_of.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using kindred::closeness;
using kindred::clustering;
using kindred::index_t;

TEST_CASE_TEMPLATE("clustering: distances by hand, of dense and of sparse rows", T, float, double) {
  // From (3, 0): to (0, 4) the length 5, or 7 block by block; the directions (1, 0) and (0, 1) have nothing in common.
  std::vector<T> const row{3, 0}, value{3};
  std::vector<index_t> const column{0};
  kindred::dense_row<T> const dense(row);
  kindred::sparse_row<T> const sparse{column, value};
  auto const check = [&](closeness by, std::vector<T> centers, double first, double second) {
    clustering<T> const model(by, 2, std::move(centers), {0, 1, 1}, 9);
    CHECK(model.distance(dense, 0) == doctest::Approx(first));
    CHECK(model.distance(sparse, 0) == doctest::Approx(first));
    CHECK(model.distance(dense, 1) == doctest::Approx(second));
    CHECK(model.distance(sparse, 1) == doctest::Approx(second));
    CHECK(model.assign(dense) == (first <= second ? 0u : 1u));
    CHECK(model.assign(sparse) == model.assign(dense));
    CHECK(model.counts()[1] == 2);
    CHECK(model.inertia() == 9);
  };
  check(closeness::euclidean, {0, 4, 3, 1}, 5, 1);
  check(closeness::manhattan, {0, 4, 3, 1}, 7, 1);
  check(closeness::cosine, {1, 0, 0, 1}, 0, 1);
  // Equally close: the lower number.
  check(closeness::euclidean, {3, 2, 3, -2}, 2, 2);
}

TEST_CASE("clustering: what does not fit is refused") {
  support::table<double> const t{2, 1, {1, 2}};
  std::vector<index_t> label(2);
  clustering<double> const model(closeness::euclidean, 2, {0, 0}, {}, 0);
  auto const shape = [](auto const& call) { return support::error_of(call).kind() == kindred::error_kind::shape; };
  CHECK(shape([&] { model.assign(t.view(), label); }));
  CHECK(shape([&] { clustering<double>(closeness::euclidean, 1, {0}, {}, 0).assign(t.view(), {label.data(), 1}); }));
  CHECK(shape([&] { clustering<double>().assign(kindred::matrix_view<double>{}, {}); }));
  CHECK(shape([] { static_cast<void>(clustering<double>(closeness::euclidean, 1, {0}, {1}, 0)); }));
  CHECK(clustering<double>().occupied() == 0);
}
