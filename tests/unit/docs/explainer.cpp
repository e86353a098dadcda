// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/ratings.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/testing/laws/explainer.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace {

// [model]
// Says of an item what one trusted user said of it; zero where they said nothing.
struct trusting {
  using value_type = float;
  kindred::ratings<float> said;
  kindred::user_id friend_of_all;

  bool knows(kindred::user_id) const noexcept { return true; }
  bool knows(kindred::item_id i) const noexcept { return said.contains(friend_of_all, i); }
  void score(kindred::user_id, std::span<kindred::item_id const> items, std::span<float> out) const noexcept {
    auto const row = said.of(friend_of_all);
    for (std::size_t k = 0; k != items.size(); ++k) {
      std::size_t const at = kindred::position_of(row.index, kindred::to_index(items[k]));
      out[k] = at == row.size() ? 0.0f : row.value[at];
    }
  }
  kindred::explanation<float> explain(kindred::user_id u, kindred::item_id i,
                                      std::span<kindred::evidence<float>> out) const noexcept {
    if (!knows(i) || out.empty()) return {0.0f, 0};
    out[0] = {kindred::evidence_kind::user, kindred::to_index(friend_of_all), kindred::score_of(*this, u, i)};
    return {0.0f, 1};
  }
};
static_assert(kindred::explainer<trusting>);
// [/model]

}  // namespace

TEST_CASE("the minimal explainer keeps the laws") {
  std::vector<kindred::rating<float>> const triples{{kindred::user_id{1}, kindred::item_id{0}, 4.0f},
                                                    {kindred::user_id{0}, kindred::item_id{1}, 2.0f}};
  trusting const model{kindred::ratings<float>::from(triples), kindred::user_id{1}};
  std::array const users{kindred::user_id{0}, kindred::user_id{1}};
  std::array const items{kindred::item_id{0}, kindred::item_id{1}, kindred::item_id{7}};
  auto const law = kindred::testing::check_explainer(model, users, items);
  CHECK_MESSAGE(law.holds(), law.message());

  std::array<kindred::evidence<float>, 2> why;
  REQUIRE(model.explain(kindred::user_id{0}, kindred::item_id{0}, why).count == 1);
  CHECK(why[0].kind == kindred::evidence_kind::user);
  CHECK(why[0].id == 1);
  CHECK(why[0].share == 4.0f);
}
