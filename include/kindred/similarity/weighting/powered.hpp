// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/similarity/prepared.hpp>

#include <cmath>

KINDRED_BEGIN

// A weighting: every value to a power, its sign kept. One half damps counts; 0 makes ones of them, whatever was clicked how often.
struct powered {
  double power = 0.5;  // zero or more

  template <entity_id Row, real T>
  [[nodiscard]] ratings<T> prepare(ratings<T> const& data) const {
    return revalued<Row>(data, [&](index_t, index_t, double value) {
      return value == 0 ? 0.0 : std::copysign(std::pow(std::abs(value), power), value);
    });
  }

  void check() const { check_not_negative("powered: power", power); }
};

KINDRED_END
