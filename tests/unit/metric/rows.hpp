// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/run/random.hpp>
#include <kindred/testing/laws/comparison.hpp>
#include <kindred/testing/laws/rows.hpp>
#include <kindred/view/row.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace {

// Relative agreement that is asked of every distance.
template <class T>
constexpr double close_enough = sizeof(T) == 4 ? 1e-5 : 1e-12;

// Two rows of 37 numbers that float and double hold exactly, and that a line of Python makes again:
//   k = numpy.arange(37); a = ((k*7 + 3) % 11 + 1) / 16; b = ((k*5 + 1) % 13 + 1) / 8
template <class T>
struct golden_rows {
  std::vector<T> a, b, signed_a, signed_b, weight;

  golden_rows() {
    for (int k = 0; k != 37; ++k) {
      a.push_back(static_cast<T>((k * 7 + 3) % 11 + 1) / 16);
      b.push_back(static_cast<T>((k * 5 + 1) % 13 + 1) / 8);
      signed_a.push_back(a.back() - T{0.375});
      signed_b.push_back(T{0.75} - b.back());
      weight.push_back(static_cast<T>((k * 3) % 5) / 4);
    }
  }
  template <class F>
  double of(F const& f) const {
    return static_cast<double>(f(kindred::dense_row<T>(a), kindred::dense_row<T>(b)));
  }
  template <class F>
  double of_signed(F const& f) const {
    return static_cast<double>(f(kindred::dense_row<T>(signed_a), kindred::dense_row<T>(signed_b)));
  }
};

enum class values { normal, positive };

template <class T>
std::vector<T> random_values(std::size_t n, std::uint64_t seed, values kind) {
  kindred::random_stream random(seed, n);
  std::vector<T> row;
  for (std::size_t k = 0; k != n; ++k) {
    double const v = kindred::normal(random);
    row.push_back(static_cast<T>(kind == values::normal ? v : std::abs(v)));
  }
  return row;
}

// Compares a distance with a twin on two vectors of long double, for rows of many lengths.
template <class T, class F, class Twin>
void check_twin(F const& f, Twin const& twin, values kind = values::normal) {
  for (std::size_t const n : {0u, 1u, 2u, 3u, 5u, 8u, 15u, 16u, 17u, 31u, 32u, 33u, 64u, 100u, 129u}) {
    auto const a = random_values<T>(n, 1, kind);
    auto const b = random_values<T>(n, 2, kind);
    std::vector<long double> const x(a.begin(), a.end());
    std::vector<long double> const y(b.begin(), b.end());
    auto const found = static_cast<double>(f(kindred::dense_row<T>(a), kindred::dense_row<T>(b)));
    auto const wanted = static_cast<double>(twin(x, y));
    CAPTURE(n);
    CHECK(std::abs(found - wanted) <= close_enough<T> * (std::abs(wanted) + (wanted == 0 ? 1e-3 : 0)));
  }
}

// Tries what the traits of a distance promise.
template <class T, class F>
void check_promises(F const& f) {
  kindred::testing::law_rows<T> const rows;
  auto const dense = rows.dense();
  auto const law = kindred::testing::check_comparison(f, std::span<kindred::dense_row<T> const>(dense));
  CHECK_MESSAGE(law.holds(), law.message());
}

}  // namespace
