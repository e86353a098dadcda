// SPDX-License-Identifier: BSL-1.0
#include <kindred/metric/haversine.hpp>

#include "rows.hpp"

#include "../../support/error_of.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <span>
#include <vector>

using kindred::angle_unit;
using kindred::dense_row;
using kindred::haversine;

namespace {

constexpr haversine on_earth{.unit = angle_unit::degrees, .radius = 6371.0088};

template <class T>
double far(haversine const& how, std::vector<T> const& a, std::vector<T> const& b) {
  return static_cast<double>(how(dense_row<T>(a), dense_row<T>(b)));
}

}  // namespace

TEST_CASE_TEMPLATE("haversine: from the pole to the equator is a quarter of the way around", T, float, double) {
  std::vector<T> const pole = {90, 77}, equator = {0, -20}, antipode = {-90, 5};
  constexpr double around = 2 * std::numbers::pi * 6371.0088;
  CHECK(far(on_earth, pole, equator) == doctest::Approx(around / 4).epsilon(close_enough<T>));
  CHECK(far(on_earth, pole, antipode) == doctest::Approx(around / 2).epsilon(close_enough<T>));
  CHECK(far(on_earth, equator, equator) == 0);
  std::vector<T> const west = {0, -180}, east = {0, 180};  // one meridian
  CHECK(far(on_earth, west, east) < 1e-6);
}

TEST_CASE_TEMPLATE("haversine: agrees with scikit-learn 1.2", T, float, double) {
  std::vector<T> const aachen = {50.75, 6.0}, sydney = {-33.875, 151.25};
  CHECK(far(on_earth, aachen, sydney) == doctest::Approx(16644.06854852277).epsilon(close_enough<T>));
  std::vector<T> const a = {0.5, 1.25}, b = {-0.25, -0.75};  // radians
  CHECK(far(haversine{}, a, b) == doctest::Approx(2.062878118287133).epsilon(close_enough<T>));
}

TEST_CASE("haversine: a meter is a meter, here and beside the antipode") {
  double const degree = 180 / std::numbers::pi / 6371008.8;  // of a meter, along a meridian
  constexpr haversine in_meters{.unit = angle_unit::degrees, .radius = 6371008.8};
  std::vector<double> const here = {40, 10}, near_by = {40 + degree, 10}, off_antipode = {-40 + degree, -170};
  CHECK(far(in_meters, here, near_by) == doctest::Approx(1).epsilon(1e-7));
  CHECK(std::numbers::pi * 6371008.8 - far(in_meters, here, off_antipode) == doctest::Approx(1).epsilon(1e-7));
}

TEST_CASE_TEMPLATE("haversine: keeps its promises", T, float, double) {
  std::vector<T> const places = {90, 0,   -90, 0,  0,    0,   0,    180,     0,   -180, 50,     6,       50,
                                 6,  -50, 174, 50, 6.5f, 51,  6.5f, 50.001f, 6,   -50,  -174,   33.875f, 9,
                                 12, 300, 0,   90, 0,    -90, 100,  10,      -95, -10,  0.001f, 0};
  std::vector<dense_row<T>> rows;
  for (std::size_t k = 0; k != places.size(); k += 2) rows.push_back(dense_row<T>(places).subspan(k, 2));
  for (haversine const& how : {haversine{}, haversine{.unit = angle_unit::degrees}}) {
    auto const law = kindred::testing::check_comparison(how, std::span<dense_row<T> const>(rows));
    CHECK_MESSAGE(law.holds(), law.message());
  }
}

TEST_CASE("haversine: a sphere has a radius") {
  CHECK_NOTHROW(on_earth.check());
  for (double const radius : {-1.0, std::numeric_limits<double>::infinity()})
    CHECK(support::says(support::error_of([&] { haversine{.radius = radius}.check(); }), "haversine: radius"));
}
