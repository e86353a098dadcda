// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

#include <cmath>
#include <cstdint>
#include <numbers>

KINDRED_BEGIN

enum class angle_unit : std::uint8_t { radians, degrees };

// The way along a great circle of a sphere between two places, rows of latitude and longitude. A metric. For kilometers on
// Earth, whose mean radius is 6371.0088:
//
//   haversine{.unit = angle_unit::degrees, .radius = 6371.0088}
//
// Two haversines, that of the places and that of one place and the antipode of the other, so that neither neighbors nor
// antipodes lose digits. Computed in double.
struct haversine {
  static constexpr comparison_traits traits{
      .direction = sense::smaller_is_closer, .symmetric = true, .triangle = true, .lowest = 0};

  angle_unit unit = angle_unit::radians;
  double radius = 1;

  template <real T>
  [[nodiscard]] T operator()(dense_row<T> a, dense_row<T> b) const noexcept {
    KINDRED_ASSERT(a.size() == 2 && b.size() == 2);
    double const scale = unit == angle_unit::degrees ? std::numbers::pi / 180 : 1;
    auto const half = [&](T x, T y) { return scale * (static_cast<double>(x) + static_cast<double>(y)) / 2; };
    double const cosines = std::cos(scale * static_cast<double>(a[0])) * std::cos(scale * static_cast<double>(b[0]));
    auto const squared = [](double x) { return x * x; };
    double const east = half(a[1], -b[1]);
    double const near_by = squared(std::sin(half(a[0], -b[0]))) + cosines * squared(std::sin(east));
    double const far_off = squared(std::sin(half(a[0], b[0]))) + cosines * squared(std::cos(east));
    auto const root = [](double x) { return x > 0 ? std::sqrt(x) : 0.0; };
    return static_cast<T>(2 * radius * std::atan2(root(near_by), root(far_off)));
  }

  void check() const { check_not_negative("haversine: radius", radius); }
};

KINDRED_END
