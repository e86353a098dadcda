// SPDX-License-Identifier: BSL-1.0
#include <kindred/compose/weighted.hpp>

#include "../../support/error_of.hpp"
#include "../../support/scores.hpp"
#include "../../support/table_scorer.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <vector>

using kindred::item_id;
using kindred::user_id;
using kindred::weighted;
using support::table_scorer;

namespace {
template <class T>
using ratings_scorer = table_scorer<T, true>;
}

static_assert(kindred::predictor<weighted<ratings_scorer<float>, ratings_scorer<float>>>);
static_assert(kindred::scorer<weighted<ratings_scorer<float>, table_scorer<float>>>);
static_assert(!kindred::predictor<weighted<ratings_scorer<float>, table_scorer<float>>>);
static_assert(!kindred::predictor<weighted<table_scorer<double>>>);
static_assert(kindred::predictor<weighted<weighted<ratings_scorer<float>>, ratings_scorer<float>>>);

TEST_CASE_TEMPLATE("weighted: the weighted mean of its parts", T, float, double) {
  table_scorer<T> const a{.value = {1, 2, 8}};
  table_scorer<T> const b{.value = {5, 6, 0}};
  // Weights 3 and 1 are 3/4 and 1/4.
  weighted const blend{{T{3}, T{1}}, a, b};
  CHECK(support::scores(blend, user_id{0}, support::first_items(3)) == std::vector<T>{2, 3, 6});
  weighted const all_a{{T{0.5}, T{0}}, a, b};
  CHECK(support::scores(all_a, user_id{0}, support::first_items(3)) == a.value);
  weighted const three{{T{1}, T{1}, T{2}}, a, b, a};
  CHECK(support::scores(three, user_id{0}, support::first_items(3)) == std::vector<T>{2, 3, 6});
  weighted const nested{{T{1}, T{1}}, blend, b};
  CHECK(support::scores(nested, user_id{0}, support::first_items(3)) == std::vector<T>{3.5, 4.5, 3});
  CHECK(support::is_pointwise(blend, user_id{0}, support::first_items(300)));
}

TEST_CASE("weighted: knows what any part knows; the others say their neutral value") {
  table_scorer<float> const a{.value = {4, 4}, .users = 1, .known = {1, 0}, .neutral = 2};
  table_scorer<float> const b{.value = {8, 8, 8}, .users = 3, .known = {0, 1, 0}, .neutral = 0};
  weighted const blend{{0.5f, 0.5f}, a, b};
  CHECK(blend.knows(user_id{2}));
  CHECK(!blend.knows(user_id{3}));
  CHECK(blend.knows(item_id{0}));
  CHECK(blend.knows(item_id{1}));
  CHECK(!blend.knows(item_id{2}));
  CHECK(support::scores(blend, user_id{0}, support::first_items(3)) == std::vector<float>{2, 5, 1});
}

TEST_CASE("weighted: weights are finite, not negative, and not all zero") {
  table_scorer<double> const part{.value = {1}};
  auto const refused = [&](double first, double second) {
    auto const e = support::error_of([&] { static_cast<void>(weighted{{first, second}, part, part}); });
    CHECK(e.kind() == kindred::error_kind::setting);
  };
  refused(0, 0);
  refused(1, -0.5);
  refused(std::numeric_limits<double>::quiet_NaN(), 1);
  refused(1, std::numeric_limits<double>::infinity());
  refused(1e308, 1e308);  // each is finite, their sum is not
  weighted const tiny{{1e-300, 3e-300}, part, part};
  CHECK(kindred::score_of(tiny, user_id{0}, item_id{0}) == doctest::Approx(1));
}
