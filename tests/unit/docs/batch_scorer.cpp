// SPDX-License-Identifier: BSL-1.0
//
// The code of docs/concepts/batch_scorer.md.
#include <kindred/compose/candidates.hpp>
#include <kindred/compose/top_n_each.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/score/batch_scorer.hpp>
#include <kindred/testing/laws/batch_scorer.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <span>
#include <vector>

namespace {

// [model]
// How far each item is to the taste of each user for what is strong. An item is looked up once for all who are asked about.
struct strength {
  using value_type = float;
  static constexpr double batch_tolerance = 0;  // nothing is rounded otherwise
  std::vector<float> of_user, of_item;

  bool knows(kindred::user_id u) const noexcept { return kindred::to_index(u) < of_user.size(); }
  bool knows(kindred::item_id i) const noexcept { return kindred::to_index(i) < of_item.size(); }
  float of(kindred::user_id u, std::size_t i) const noexcept {
    return knows(u) && i < of_item.size() ? of_user[kindred::to_index(u)] * of_item[i] : 0.0f;
  }
  void score(kindred::user_id u, std::span<kindred::item_id const> items, std::span<float> out) const noexcept {
    for (std::size_t k = 0; k != items.size(); ++k) out[k] = of(u, kindred::to_index(items[k]));
  }
  void score_batch(std::span<kindred::user_id const> users, kindred::item_id first, std::span<float> out) const {
    std::size_t const n = users.empty() ? 0 : out.size() / users.size();
    for (std::size_t j = 0; j != n; ++j)
      for (std::size_t k = 0; k != users.size(); ++k) out[k * n + j] = of(users[k], kindred::to_index(first) + j);
  }
};
static_assert(kindred::batch_scorer<strength>);
// [/model]

// Forgets who was asked for.
struct first_comes : strength {
  void score_batch(std::span<kindred::user_id const> users, kindred::item_id first, std::span<float> out) const {
    std::size_t const n = users.empty() ? 0 : out.size() / users.size();
    for (std::size_t k = 0; k != out.size(); ++k) out[k] = of(users[0], kindred::to_index(first) + k % n);
  }
};

}  // namespace

TEST_CASE("the minimal batch_scorer keeps the law, and one that mixes users up does not") {
  std::vector<kindred::user_id> const users{kindred::user_id{0}, kindred::user_id{1}};
  strength const model{{1, -1}, {0.5f, 2.0f, 1.0f}};
  auto const law = kindred::testing::check_batch_scorer(model, users, 3);
  CHECK_MESSAGE(law.holds(), law.message());
  CHECK(!kindred::testing::check_batch_scorer(first_comes{model}, users, 3).holds());
  kindred::sequential alone;
  auto const lists =
      kindred::top_n_each(model, std::span(users), [](kindred::user_id) { return kindred::all_items{3}; }, 2, alone);
  REQUIRE(lists.size() == 2);
  CHECK(lists[0][0].item == kindred::item_id{1});
  CHECK(lists[1][0].item == kindred::item_id{0});
  CHECK(lists[1][1].item == kindred::item_id{2});
}
