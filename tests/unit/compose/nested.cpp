// SPDX-License-Identifier: BSL-1.0

#include <kindred/baseline/popularity.hpp>
#include <kindred/compose/any_scorer.hpp>
#include <kindred/compose/fallback.hpp>
#include <kindred/compose/weighted.hpp>

#include <doctest/doctest.h>

TEST_CASE("any_scorer is a part of combinators, which are held by any_scorer again") {
  kindred::any_scorer<float> const one{kindred::popularity_model<float>({1.0f, 3.0f})};
  kindred::any_scorer<float> const other{kindred::popularity_model<float>({4.0f, 2.0f})};
  kindred::any_scorer<float> const blend{kindred::weighted{{0.75f, 0.25f}, one, other}};
  kindred::any_scorer<float> const all{kindred::fallback{blend, other}};
  CHECK(kindred::score_of(all, kindred::user_id{0}, kindred::item_id{0}) == 0.75f * 1 + 0.25f * 4);
  CHECK(kindred::score_of(all, kindred::user_id{0}, kindred::item_id{1}) == 0.75f * 3 + 0.25f * 2);
}
