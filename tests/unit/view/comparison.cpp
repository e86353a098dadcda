// SPDX-License-Identifier: BSL-1.0
#include <kindred/view/comparison.hpp>

#include <kindred/view/row.hpp>

#include <doctest/doctest.h>

#include <limits>

namespace {

using row = kindred::sparse_row<float>;

template <kindred::comparison_traits Traits>
struct declared {
  static constexpr kindred::comparison_traits traits = Traits;
  float operator()(row, row) const noexcept { return 0; }
};

using kindred::sense;
using a_similarity = declared<kindred::comparison_traits{.direction = sense::larger_is_closer, .triangle = true}>;
using a_distance = declared<kindred::comparison_traits{.direction = sense::smaller_is_closer, .symmetric = true}>;
using one_way =
    declared<kindred::comparison_traits{.direction = sense::smaller_is_closer, .symmetric = false, .triangle = true}>;
using a_metric =
    declared<kindred::comparison_traits{.direction = sense::smaller_is_closer, .symmetric = true, .triangle = true}>;

struct undeclared {
  float operator()(row, row) const noexcept { return 0; }
};
struct theirs {
  float operator()(row, row) const noexcept { return 0; }
};
struct may_throw {
  [[maybe_unused]] static constexpr kindred::comparison_traits traits{.direction = sense::larger_is_closer};
  float operator()(row, row) const { return 0; }
};
struct counts {
  [[maybe_unused]] static constexpr kindred::comparison_traits traits{.direction = sense::larger_is_closer};
  int operator()(row, row) const noexcept { return 0; }
};

}  // namespace

template <>
inline constexpr kindred::comparison_traits kindred::traits_of<theirs>{.direction = kindred::sense::larger_is_closer};

static_assert(kindred::similarity<a_similarity, row> && !kindred::distance<a_similarity, row>);
static_assert(!kindred::metric<a_similarity, row>);
static_assert(kindred::distance<a_distance, row> && !kindred::similarity<a_distance, row>);
static_assert(!kindred::metric<a_distance, row> && !kindred::metric<one_way, row> && kindred::metric<a_metric, row>);
static_assert(kindred::similarity<theirs, row>);

// Answers, not errors.
static_assert(!kindred::comparison<undeclared, row> && !kindred::similarity<undeclared, row>);
static_assert(!kindred::distance<undeclared, row> && !kindred::metric<undeclared, row>);
static_assert(!kindred::comparison<may_throw, row> && !kindred::comparison<counts, row>);
static_assert(!kindred::comparison<a_metric, int> && !kindred::comparison<int, row>);

TEST_CASE("comparison_traits: promise nothing but a direction unless told to") {
  constexpr kindred::comparison_traits traits{.direction = sense::smaller_is_closer};
  CHECK(!traits.symmetric);
  CHECK(!traits.triangle);
  CHECK(traits.lowest == -std::numeric_limits<double>::infinity());
  CHECK(traits.highest == std::numeric_limits<double>::infinity());
}
