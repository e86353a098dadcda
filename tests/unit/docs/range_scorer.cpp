// SPDX-License-Identifier: BSL-1.0
//
// The code of docs/concepts/range_scorer.md.
#include <kindred/score/range_scorer.hpp>
#include <kindred/testing/laws/range_scorer.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <span>
#include <vector>

namespace {

// [model]
// What the shop wants to sell: one number an item, the same for everybody.
struct margins {
  using value_type = float;
  std::vector<float> margin;

  bool knows(kindred::user_id) const noexcept { return true; }
  bool knows(kindred::item_id i) const noexcept { return kindred::to_index(i) < margin.size(); }
  float of(std::size_t i) const noexcept { return i < margin.size() ? margin[i] : 0.0f; }
  void score(kindred::user_id, std::span<kindred::item_id const> items, std::span<float> out) const noexcept {
    for (std::size_t k = 0; k != items.size(); ++k) out[k] = of(kindred::to_index(items[k]));
  }
  void score_range(kindred::user_id, kindred::item_id first, std::span<float> out) const noexcept {
    for (std::size_t k = 0; k != out.size(); ++k) out[k] = of(kindred::to_index(first) + k);
  }
};
static_assert(kindred::range_scorer<margins>);
// [/model]

}  // namespace

TEST_CASE("the minimal range_scorer keeps the law") {
  std::vector<kindred::user_id> const users{kindred::user_id{0}};
  auto const law = kindred::testing::check_range_scorer(margins{{0.5f, 2.0f, 1.0f}}, users, 3);
  CHECK_MESSAGE(law.holds(), law.message());
}
