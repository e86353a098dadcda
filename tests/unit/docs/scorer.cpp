// SPDX-License-Identifier: BSL-1.0
#include <kindred/compose/top_n.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/testing/laws/scorer.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <span>

namespace {

// [model]
// New things first: ids are given in order of arrival.
struct newest_first {
  using value_type = float;
  bool knows(kindred::user_id) const noexcept { return true; }
  bool knows(kindred::item_id) const noexcept { return true; }
  void score(kindred::user_id, std::span<kindred::item_id const> items, std::span<float> out) const noexcept {
    for (std::size_t k = 0; k != items.size(); ++k) out[k] = static_cast<float>(kindred::to_index(items[k]));
  }
};
static_assert(kindred::scorer<newest_first>);
// [/model]
static_assert(!kindred::predictor<newest_first>);

struct newest_first_in_stars : newest_first {
  static constexpr bool calibrated = true;
};
static_assert(kindred::predictor<newest_first_in_stars>);

}  // namespace

TEST_CASE("the minimal scorer keeps the laws and ranks") {
  std::array const users{kindred::user_id{0}, kindred::user_id{7}};
  std::array const items{kindred::item_id{0}, kindred::item_id{1}, kindred::item_id{9}};
  auto const law = kindred::testing::check_scorer(newest_first{}, users, items);
  CHECK_MESSAGE(law.holds(), law.message());

  std::array<kindred::scored_item<float>, 2> best;
  REQUIRE(kindred::top_n(newest_first{}, kindred::user_id{0}, kindred::all_items{5}, best) == 2);
  CHECK(best[0].item == kindred::item_id{4});
  CHECK(best[1].item == kindred::item_id{3});
  CHECK(kindred::score_of(newest_first{}, kindred::user_id{0}, kindred::item_id{3}) == 3.0f);
}
