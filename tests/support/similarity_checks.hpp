// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "sparse_rows.hpp"

#include <kindred/core/scalar.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/testing/laws/comparison.hpp>
#include <kindred/testing/laws/rows.hpp>
#include <kindred/view/comparison.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <type_traits>
#include <vector>

namespace support {

// Two rows of eight columns, for numbers that scipy and scikit-learn computed: (5, 3, -, 4, 1, -, 2, -) and
// (4, -, 2, 5, 2, -, -, 1). They share columns 0, 3 and 4.
template <kindred::real T>
owned_row<T> first_row() {
  return {{0, 1, 3, 4, 6}, {5, 3, 4, 1, 2}};
}
template <kindred::real T>
owned_row<T> second_row() {
  return {{0, 2, 3, 4, 7}, {4, 2, 5, 2, 1}};
}

template <kindred::real T>
doctest::Approx about(double value) {
  return doctest::Approx(value).epsilon(std::is_same_v<T, float> ? 1e-6 : 1e-13);
}

// Rows of positive values, or of both signs.
template <kindred::real T>
owned_row<T> row_for_twins(bool positive, std::uint64_t seed) {
  auto row =
      random_row<T>(1 + static_cast<kindred::index_t>(seed % 40), 0.3 + 0.1 * static_cast<double>(seed % 7), seed);
  if (positive)
    for (T& v : row.value) v = std::abs(v) + T{0.125f};
  return row;
}

// The similarity agrees with `twin(a, b)`, the definition in long double, on random rows: 1e-5 for float, 1e-12 for double.
template <kindred::real T, class S, class Twin>
void check_twin(S const& how, Twin const& twin, bool positive = false) {
  for (std::uint64_t seed = 0; seed != 120; ++seed) {
    auto const a = row_for_twins<T>(positive, seed);
    auto const b = row_for_twins<T>(positive, seed + 1000);
    double const tolerance = std::is_same_v<T, float> ? 1e-5 : 1e-12;
    auto const expected = static_cast<double>(twin(a, b));
    auto const found = static_cast<double>(how(a.view(), b.view()));
    CHECK(std::abs(found - expected) <= tolerance * (1 + std::abs(expected)));
  }
}

// The laws, on rows that are hard and on values that leave every range. `bounded`: also where values are negative.
template <kindred::real T, class S>
void check_laws(S const& how) {
  kindred::testing::law_rows<T> const hard;
  auto const rows = hard.sparse();
  std::span<kindred::sparse_row<T> const> const all(rows);
  auto const comparison = kindred::testing::check_comparison(how, all);
  CHECK_MESSAGE(comparison.holds(), comparison.message());
  auto const form = kindred::testing::check_co_rated(how, all);
  CHECK_MESSAGE(form.holds(), form.message());

  constexpr T huge = (std::numeric_limits<T>::max)();
  constexpr T tiny = std::numeric_limits<T>::denorm_min();
  std::vector<owned_row<T>> hostile{{}, {{3}, {0}}};
  for (T const x :
       {huge, -huge, tiny, static_cast<T>(1e30), static_cast<T>(1e300 < static_cast<double>(huge) ? 1e300 : 1)})
    for (T const y : {huge, tiny, T{1}, T{0}}) {
      hostile.push_back({{0, 1, 3}, {x, y, 0}});
      hostile.push_back({{1, 3}, {y, x}});
      hostile.push_back({{3}, {x}});
    }
  for (auto const& a : hostile)
    for (auto const& b : hostile) {
      double const s = kindred::similarity_of(how, a.view(), b.view());
      CHECK(kindred::is_finite(s));
      CHECK((s >= S::traits.lowest && s <= S::traits.highest));
      if (S::traits.symmetric) CHECK(s == kindred::similarity_of(how, b.view(), a.view()));
    }
}

}  // namespace support
