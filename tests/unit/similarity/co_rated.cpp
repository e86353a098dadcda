// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/co_rated.hpp>

#include "../../support/sparse_rows.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace {

using support::owned_row;

// Writes down what it is given.
struct recorder {
  struct sums {
    kindred::index_t count = 0;
    double last = -1;
    double trace = 0;
    bool ascending = true;
    void add(double a, double b) noexcept {
      ++count;
      ascending = ascending && a > last;
      last = a;
      trace += a * b;
    }
  };
  double finish(sums const& shared, kindred::row_sums const& a, kindred::row_sums const& b) const noexcept {
    return !shared.ascending ? -1 : shared.trace + 1000 * shared.count + 1e6 * a.sum + 1e9 * b.squares;
  }
};
static_assert(kindred::co_rated<recorder>);

struct no_finish {
  using sums = recorder::sums;
};
static_assert(!kindred::co_rated<no_finish> && !kindred::co_rated<int>);

}  // namespace

TEST_CASE_TEMPLATE("sums_of: count, sum and squares of a whole row", T, float, double) {
  owned_row<T> const a{{2, 5, 7}, {1, -2, T{0.5}}};
  auto const sums = kindred::sums_of(a.view());
  CHECK(sums.count == 3);
  CHECK(sums.sum == -0.5);
  CHECK(sums.squares == 5.25);
  auto const none = kindred::sums_of(owned_row<T>{}.view());
  CHECK(none.count == 0);
  CHECK(none.sum == 0);
}

TEST_CASE_TEMPLATE("similarity_of: visits the shared columns in ascending order", T, float, double) {
  // Values of a ascend with the column, so ascending calls are ascending columns. Shared: 3 and 7, with (2, 5) and (4, 6):
  // trace 2 x 5 + 4 x 6 = 34, two calls; a sums up to 10; the squares of b to 1 + 25 + 36 + 1 = 63.
  owned_row<T> const a{{1, 3, 7, 9}, {1, 2, 4, 3}};
  owned_row<T> const b{{0, 3, 7, 8}, {1, 5, 6, 1}};
  CHECK(kindred::similarity_of(recorder{}, a.view(), b.view()) == 34 + 2000 + 10e6 + 63e9);
  CHECK(kindred::similarity_of(recorder{}, a.view(), owned_row<T>{}.view()) == 10e6);
  CHECK(kindred::similarity_of(recorder{}, owned_row<T>{}.view(), b.view()) == 63e9);
}

TEST_CASE_TEMPLATE("similarity_of: finds what comparing all with all finds", T, float, double) {
  struct dot {
    struct sums {
      kindred::index_t count = 0;
      double product = 0;
      void add(double a, double b) noexcept {
        ++count;
        product += a * b;
      }
    };
    double finish(sums const& shared, kindred::row_sums const&, kindred::row_sums const&) const noexcept {
      return shared.product + 100.0 * shared.count;
    }
  };
  for (std::uint64_t seed = 0; seed != 200; ++seed) {
    auto const a = support::random_row<T>(1 + static_cast<kindred::index_t>(seed % 50), 0.4, seed);
    auto const b = support::random_row<T>(1 + static_cast<kindred::index_t>(seed % 20), 0.9, seed + 1000);
    auto const shared = support::shared_pairs(a, b);
    long double expected = 100.0L * static_cast<long double>(shared.size());
    for (auto const& [x, y] : shared) expected += x * y;
    CHECK(kindred::similarity_of(dot{}, a.view(), b.view()) == doctest::Approx(static_cast<double>(expected)));
  }
}
