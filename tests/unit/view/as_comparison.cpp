// SPDX-License-Identifier: BSL-1.0
#include <kindred/view/as_comparison.hpp>

#include <kindred/view/row.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace {

using kindred::as_distance;
using kindred::as_similarity;
using kindred::dense_row;

using text = std::string;

// A lambda that may throw, takes anything, captures nothing, and one that cannot be assigned.
constexpr auto first_gap = [](auto a, auto b) { return std::abs(a[0] - b[0]); };
auto scaled(double const& factor) {
  return [&factor](dense_row<double> a, dense_row<double> b) noexcept { return factor * std::abs(a[0] - b[0]); };
}
constexpr auto common_length = [](text const& a, text const& b) { return a.size() < b.size() ? a.size() : b.size(); };

using gap = decltype(as_distance<kindred::metric_traits>(first_gap));
using plain_gap = decltype(as_distance(first_gap));
using scaled_gap = decltype(as_distance(scaled(1)));
using of_texts = decltype(as_similarity(common_length));

static_assert(kindred::metric<gap, dense_row<float>> && kindred::metric<gap, dense_row<double>>);
static_assert(!kindred::comparison<gap, text> || kindred::metric<gap, text>);
static_assert(kindred::distance<plain_gap, dense_row<float>> && !kindred::metric<plain_gap, dense_row<float>>);
static_assert(kindred::distance<scaled_gap, dense_row<double>> && !kindred::comparison<scaled_gap, dense_row<float>>);
static_assert(kindred::similarity<of_texts, text> && !kindred::distance<of_texts, text>);
static_assert(std::is_same_v<decltype(gap(first_gap)(dense_row<float>(), dense_row<float>())), float>);
static_assert(std::is_same_v<decltype(of_texts(common_length)(text(), text())), double>);

// The direction is in the name.
template <kindred::comparison_traits Traits, class F>
constexpr bool makes_a_distance = requires(F f) { as_distance<Traits>(f); };
template <kindred::comparison_traits Traits, class F>
constexpr bool makes_a_similarity = requires(F f) { as_similarity<Traits>(f); };
static_assert(makes_a_distance<kindred::metric_traits, decltype(first_gap)>);
static_assert(!makes_a_distance<kindred::similarity_traits, decltype(first_gap)>);
static_assert(makes_a_similarity<kindred::similarity_traits, decltype(first_gap)>);
static_assert(!makes_a_similarity<kindred::metric_traits, decltype(first_gap)>);

}  // namespace

TEST_CASE("as_distance: is the function") {
  std::vector<double> const a = {3, 1}, b = {5, 1};
  CHECK(as_distance(first_gap)(dense_row<double>(a), dense_row<double>(b)) == 2);
  CHECK(as_similarity(common_length)(text("abc"), text("xy")) == 2);
}

TEST_CASE("as_distance: what captures is copied and assigned") {
  std::vector<double> const a = {3}, b = {5};
  double const two = 2, ten = 10;
  auto how = as_distance(scaled(two));
  auto const other = as_distance(scaled(ten));
  auto const far = [&](auto const& f) { return f(dense_row<double>(a), dense_row<double>(b)); };
  CHECK(far(how) == 4);
  how = other;
  CHECK(far(how) == 20);
  auto const& self = how;
  how = self;
  CHECK(far(how) == 20);
}
