// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/pearson.hpp>

#include "../../support/sparse_rows.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

static_assert(kindred::co_rated<kindred::pearson>);
static_assert(kindred::similarity<kindred::pearson, kindred::sparse_row<double>>);

namespace {

using support::owned_row;

// Covariance over deviations, in two passes over the shared columns.
template <class T>
long double twin(owned_row<T> const& a, owned_row<T> const& b) {
  auto const shared = support::shared_pairs(a, b);
  auto const n = static_cast<long double>(shared.size());
  long double mean_a = 0, mean_b = 0;
  for (auto const& [x, y] : shared) {
    mean_a += x / n;
    mean_b += y / n;
  }
  long double ab = 0, aa = 0, bb = 0;
  for (auto const& [x, y] : shared) {
    ab += (x - mean_a) * (y - mean_b);
    aa += (x - mean_a) * (x - mean_a);
    bb += (y - mean_b) * (y - mean_b);
  }
  return shared.size() > 1 && aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

}  // namespace

TEST_CASE_TEMPLATE("pearson: by hand, over the shared columns alone", T, float, double) {
  // Shared: (1, 2), (2, 4), (3, 5), with means 2 and 11/3. Covariance: (-1)(-5/3) + 0 + (1)(4/3) = 3. Squares:
  // 1 + 0 + 1 = 2 and (25 + 1 + 16) / 9 = 14/3. r = 3 / sqrt(28/3) = 0.98198.
  owned_row<T> const a{{0, 2, 4, 5}, {1, 2, 3, 50}};
  owned_row<T> const b{{0, 1, 2, 4}, {2, -70, 4, 5}};
  CHECK(kindred::pearson{}(a.view(), b.view()) == doctest::Approx(3 / std::sqrt(28.0 / 3)));
}

TEST_CASE_TEMPLATE("pearson: no evidence is zero", T, float, double) {
  owned_row<T> const empty;
  owned_row<T> const a{{0, 1, 2}, {3, 4, 6}};
  owned_row<T> const one_shared{{2, 3}, {3, 4}};
  owned_row<T> const constant{{0, 1, 2}, {T{0.1f}, T{0.1f}, T{0.1f}}};
  owned_row<T> const constant_where_shared{{0, 1, 7}, {2, 2, 9}};
  for (auto const* other : {&empty, &one_shared, &constant, &constant_where_shared}) {
    CHECK(kindred::pearson{}(a.view(), other->view()) == 0);
    CHECK(kindred::pearson{}(other->view(), a.view()) == 0);
  }
}

TEST_CASE_TEMPLATE("pearson: two shared columns correlate perfectly or inversely", T, float, double) {
  owned_row<T> const a{{0, 1}, {3, 4}};
  CHECK(kindred::pearson{}(a.view(), owned_row<T>{{0, 1}, {1, 9}}.view()) == doctest::Approx(1));
  CHECK(kindred::pearson{}(a.view(), owned_row<T>{{0, 1}, {9, 1}}.view()) == doctest::Approx(-1));
}

TEST_CASE_TEMPLATE("pearson: random rows agree with the definition, in both orders, and stay in range", T, float,
                   double) {
  for (std::uint64_t seed = 0; seed != 300; ++seed) {
    auto const a = support::random_row<T>(1 + static_cast<kindred::index_t>(seed % 40), 0.6, seed);
    auto const b = support::random_row<T>(1 + static_cast<kindred::index_t>(seed % 30), 0.6, seed + 1000);
    T const s = kindred::pearson{}(a.view(), b.view());
    CHECK(s == doctest::Approx(static_cast<double>(twin(a, b))).epsilon(1e-6));
    CHECK(kindred::pearson{}(b.view(), a.view()) == s);
    CHECK(std::abs(s) <= 1);
    CHECK(kindred::pearson{}(a.moved(4, 0).view(), b.moved(0.5, 0).view()) ==
          doctest::Approx(static_cast<double>(s)).epsilon(1e-6));
    CHECK(kindred::pearson{}(a.view(), a.view()) <= 1);
  }
}

TEST_CASE("pearson: small differences of large values keep their digits") {
  for (std::uint64_t seed = 0; seed != 50; ++seed) {
    auto const a = support::random_row<double>(60, 0.7, seed).moved(1, 1e6);
    auto const b = support::random_row<double>(60, 0.7, seed + 1000).moved(1e-3, -1e6);
    CHECK(kindred::pearson{}(a.view(), b.view()) == doctest::Approx(static_cast<double>(twin(a, b))).epsilon(1e-6));
  }
  // A float near a million is a multiple of 1/16, and four such values are all that is needed.
  owned_row<float> const x{{0, 1, 2, 3}, {1e6f, 1e6f + 1, 1e6f + 2, 1e6f + 4}};
  owned_row<float> const y{{0, 1, 2, 3}, {0, 1, 2, 4}};
  CHECK(kindred::pearson{}(x.view(), y.view()) == doctest::Approx(1));
}

TEST_CASE("pearson: one outlier first does not drown the rest") {
  // The sums run over deviations from the first pair, which here is a million away from all others.
  owned_row<double> const a{{0, 1, 2, 3}, {1e6, 1, 2, 3}};
  owned_row<double> const b{{0, 1, 2, 3}, {2, 1, 2, 3}};
  CHECK(kindred::pearson{}(a.view(), b.view()) == doctest::Approx(static_cast<double>(twin(a, b))).epsilon(1e-9));
}

TEST_CASE_TEMPLATE("pearson: finite for the largest and the smallest values there are", T, float, double) {
  constexpr T huge = (std::numeric_limits<T>::max)();
  constexpr T tiny = std::numeric_limits<T>::denorm_min();
  for (T const x : {huge, -huge, tiny, T{1e30f}})
    for (T const y : {huge, -huge, tiny, T{1}}) {
      owned_row<T> const a{{0, 1, 2}, {x, y, 0}};
      owned_row<T> const b{{0, 1, 2}, {y, x, 1}};
      CHECK(std::abs(kindred::pearson{}(a.view(), b.view())) <= 1);  // false for NaN
    }
}
