// SPDX-License-Identifier: BSL-1.0
#include <kindred/metric/elementwise.hpp>
#include <kindred/neighbor/brute_force.hpp>
#include <kindred/testing/laws/comparison.hpp>
#include <kindred/testing/laws/rows.hpp>

#include <doctest/doctest.h>

#include <array>
#include <vector>

namespace {

// [model]
// Manhattan's distance, in which nothing under half a point counts: ratings wobble by that much.
struct beyond_doubt {
  static constexpr kindred::comparison_traits traits{
      .direction = kindred::sense::smaller_is_closer, .symmetric = true, .lowest = 0};
  static constexpr bool monotone = true;  // one sum, never negative; a wider gap never adds less

  template <class V>
  V step(V sum, V a, V b) const noexcept {
    V const gap = kindred::math::abs(V(a - b)) - V(0.5f);
    return sum + kindred::math::larger(gap, V(0.0f));
  }
  template <kindred::real T>
  T finish(T sum) const noexcept {
    return sum;
  }
  template <kindred::real T>
  T operator()(kindred::dense_row<T> a, kindred::dense_row<T> b) const noexcept {
    return kindred::distance_of(*this, a, b);  // the same line in every elementwise distance
  }
};
static_assert(kindred::elementwise<beyond_doubt, float> && kindred::elementwise<beyond_doubt, double>);
static_assert(kindred::distance<beyond_doubt, kindred::dense_row<float>>);
// [/model]
static_assert(!kindred::metric<beyond_doubt, kindred::dense_row<float>>);

}  // namespace

TEST_CASE_TEMPLATE("the minimal elementwise distance keeps the laws, and is no metric", T, float, double) {
  kindred::testing::law_rows<T> const hard;
  auto const rows = hard.dense();
  auto const law = kindred::testing::check_comparison<kindred::dense_row<T>>(beyond_doubt{}, rows);
  CHECK_MESSAGE(law.holds(), law.message());

  std::vector<T> const value = {0, T{0.5}, 1};
  auto const place = [&](std::size_t k) { return kindred::dense_row<T>(value).subspan(k, 1); };
  CHECK(beyond_doubt{}(place(0), place(1)) == 0);
  CHECK(beyond_doubt{}(place(1), place(2)) == 0);
  CHECK(beyond_doubt{}(place(0), place(2)) == T{0.5});
}

TEST_CASE("the minimal elementwise distance is searched by") {
  std::vector<float> const value = {1, 5, 3, 3, 3.4f, 3.2f};
  kindred::matrix_view<float> const rows(kindred::unchecked, value.data(), 3, 2, 2);
  kindred::brute_force<float, beyond_doubt> const search(rows);
  std::array<kindred::neighbor<float>, 2> out;
  REQUIRE(search.search(rows.row(1), out) == 2);
  CHECK(out[0] == kindred::neighbor<float>{1, 0});
  CHECK(out[1] == kindred::neighbor<float>{2, 0});
}
