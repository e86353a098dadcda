// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/co_rated.hpp>
#include <kindred/testing/laws/comparison.hpp>
#include <kindred/testing/laws/rows.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

#include <doctest/doctest.h>

#include <array>

namespace {

// [model]
// How often two rows agree: the share of their common columns in which both are above 3, or both are not.
struct agreement {
  static constexpr kindred::comparison_traits traits{
      .direction = kindred::sense::larger_is_closer, .symmetric = true, .lowest = 0, .highest = 1};

  struct sums {
    kindred::index_t count = 0;
    kindred::index_t agreed = 0;
    void add(double a, double b) noexcept {
      ++count;
      agreed += (a > 3) == (b > 3);
    }
  };
  double finish(sums const& shared, kindred::row_sums const&, kindred::row_sums const&) const noexcept {
    return shared.count == 0 ? 0 : static_cast<double>(shared.agreed) / shared.count;
  }
  template <kindred::real T>
  T operator()(kindred::sparse_row<T> a, kindred::sparse_row<T> b) const noexcept {
    return static_cast<T>(kindred::similarity_of(*this, a, b));
  }
};
static_assert(kindred::co_rated<agreement>);
static_assert(kindred::similarity<agreement, kindred::sparse_row<float>>);
// [/model]

}  // namespace

TEST_CASE("the minimal co_rated similarity keeps the laws") {
  kindred::testing::law_rows<float> const hard;
  auto const rows = hard.sparse();
  auto const law = kindred::testing::check_comparison<kindred::sparse_row<float>>(agreement{}, rows);
  CHECK_MESSAGE(law.holds(), law.message());
  auto const form = kindred::testing::check_co_rated<agreement, float>(agreement{}, rows);
  CHECK_MESSAGE(form.holds(), form.message());
}

TEST_CASE("the minimal co_rated similarity by hand") {
  std::array<kindred::index_t, 4> const a_index{0, 2, 3, 9};
  std::array<float, 4> const a_value{5, 1, 4, 2};
  std::array<kindred::index_t, 3> const b_index{2, 3, 9};
  std::array<float, 3> const b_value{2, 5, 4};
  kindred::sparse_row<float> const a{a_index, a_value};
  kindred::sparse_row<float> const b{b_index, b_value};
  CHECK(agreement{}(a, b) == doctest::Approx(2.0 / 3));  // of columns 2, 3 and 9 they agree in 2 and 3
}
