// SPDX-License-Identifier: BSL-1.0
#include <kindred/testing/laws/comparison.hpp>
#include <kindred/testing/laws/rows.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>

namespace {

// [model]
// The largest difference in any column: Chebyshev's distance, a metric.
struct largest_gap {
  static constexpr kindred::comparison_traits traits{
      .direction = kindred::sense::smaller_is_closer, .symmetric = true, .triangle = true, .lowest = 0};

  template <kindred::real T>
  T operator()(kindred::dense_row<T> a, kindred::dense_row<T> b) const noexcept {
    T gap = 0;
    for (std::size_t k = 0; k != a.size(); ++k) gap = std::fmax(gap, std::abs(a[k] - b[k]));
    return gap;
  }
};
static_assert(kindred::metric<largest_gap, kindred::dense_row<float>>);
// [/model]
static_assert(!kindred::similarity<largest_gap, kindred::dense_row<float>>);

}  // namespace

TEST_CASE("the minimal metric keeps the laws") {
  kindred::testing::law_rows<double> const hard;
  auto const rows = hard.dense();
  auto const law = kindred::testing::check_comparison<kindred::dense_row<double>>(largest_gap{}, rows);
  CHECK_MESSAGE(law.holds(), law.message());

  std::array<double, 3> const a{1, 5, 2};
  std::array<double, 3> const b{2, 2, 2};
  CHECK(largest_gap{}(kindred::dense_row<double>(a), kindred::dense_row<double>(b)) == 3.0);
}
