// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/cosine.hpp>

#include "../../support/sparse_rows.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <type_traits>

static_assert(kindred::co_rated<kindred::cosine>);
static_assert(kindred::similarity<kindred::cosine, kindred::sparse_row<float>>);
static_assert(!kindred::metric<kindred::cosine, kindred::sparse_row<double>>);
static_assert(std::is_empty_v<kindred::cosine>);

namespace {

using support::owned_row;

// Dot product and norms, by the definition.
template <class T>
long double twin(owned_row<T> const& a, owned_row<T> const& b) {
  auto const norm = [](owned_row<T> const& row) {
    long double squares = 0;
    for (long double const v : row.value) squares += v * v;
    return std::sqrt(squares);
  };
  long double dot = 0;
  for (auto const& [x, y] : support::shared_pairs(a, b)) dot += x * y;
  return norm(a) > 0 && norm(b) > 0 ? dot / (norm(a) * norm(b)) : 0;
}

}  // namespace

TEST_CASE_TEMPLATE("cosine: by hand", T, float, double) {
  // a = (1, 2, -, 3), b = (-, 2, 4, 6): a.b = 2 x 2 + 3 x 6 = 22, |a|^2 = 14, |b|^2 = 56, |a| |b| = sqrt(784) = 28.
  owned_row<T> const a{{0, 1, 3}, {1, 2, 3}};
  owned_row<T> const b{{1, 2, 3}, {2, 4, 6}};
  CHECK(kindred::cosine{}(a.view(), b.view()) == doctest::Approx(22.0 / 28));
  CHECK(kindred::cosine{}(a.view(), a.moved(-2, 0).view()) == doctest::Approx(-1));
}

TEST_CASE_TEMPLATE("cosine: no evidence is zero", T, float, double) {
  owned_row<T> const empty;
  owned_row<T> const zeros{{0, 1}, {0, 0}};
  owned_row<T> const a{{0, 1}, {3, 4}};
  owned_row<T> const elsewhere{{2, 3}, {3, 4}};
  for (auto const* other : {&empty, &zeros, &elsewhere}) {
    CHECK(kindred::cosine{}(a.view(), other->view()) == 0);
    CHECK(kindred::cosine{}(other->view(), a.view()) == 0);
  }
  CHECK(kindred::cosine{}(empty.view(), empty.view()) == 0);
}

TEST_CASE_TEMPLATE("cosine: one shared column among many is weak evidence", T, float, double) {
  // Sixteen ones each, one column shared: 1 / (4 x 4).
  owned_row<T> a;
  owned_row<T> b;
  for (kindred::index_t c = 0; c != 16; ++c) a.add(c, 1);
  for (kindred::index_t c = 15; c != 31; ++c) b.add(c, 1);
  CHECK(kindred::cosine{}(a.view(), b.view()) == doctest::Approx(1.0 / 16));
}

TEST_CASE_TEMPLATE("cosine: random rows agree with the definition, in both orders, and stay in range", T, float,
                   double) {
  for (std::uint64_t seed = 0; seed != 300; ++seed) {
    auto const a = support::random_row<T>(1 + static_cast<kindred::index_t>(seed % 40), 0.6, seed);
    auto const b = support::random_row<T>(1 + static_cast<kindred::index_t>(seed % 30), 0.6, seed + 1000);
    T const s = kindred::cosine{}(a.view(), b.view());
    CHECK(s == doctest::Approx(static_cast<double>(twin(a, b))).epsilon(1e-6));
    CHECK(kindred::cosine{}(b.view(), a.view()) == s);
    CHECK(std::abs(s) <= 1);
    CHECK(kindred::cosine{}(a.moved(8, 0).view(), b.view()) == doctest::Approx(static_cast<double>(s)));
    // A row and itself: 1, and never a rounding more.
    T const self = kindred::cosine{}(a.view(), a.view());
    CHECK(self <= 1);
    if (!a.value.empty()) CHECK(self == doctest::Approx(1));
  }
}

TEST_CASE_TEMPLATE("cosine: finite for the largest and the smallest values there are", T, float, double) {
  constexpr T huge = (std::numeric_limits<T>::max)();
  constexpr T tiny = std::numeric_limits<T>::denorm_min();
  for (T const x : {huge, -huge, tiny, T{1e30f}, T{1}})
    for (T const y : {huge, tiny, T{1}}) {
      owned_row<T> const a{{0, 1}, {x, y}};
      owned_row<T> const b{{0, 1}, {y, x}};
      T const s = kindred::cosine{}(a.view(), b.view());
      CHECK(std::abs(s) <= 1);  // false for NaN
    }
}
