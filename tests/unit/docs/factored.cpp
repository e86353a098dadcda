// SPDX-License-Identifier: BSL-1.0
//
// The code of docs/concepts/factored.md.
#include <kindred/compose/top_n_each.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/score/factored.hpp>
#include <kindred/testing/laws/scorer.hpp>
#include <kindred/view/unchecked.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace {

// [model]
// Vectors that somebody else has trained, a row a user and a row an item.
struct two_towers {
  using value_type = float;
  static constexpr kindred::index_t columns = 2;
  std::vector<float> user, item;

  kindred::matrix_view<float> users() const noexcept { return rows_of(user); }
  kindred::matrix_view<float> items() const noexcept { return rows_of(item); }

  bool knows(kindred::user_id u) const noexcept { return kindred::to_index(u) < users().rows(); }
  bool knows(kindred::item_id i) const noexcept { return kindred::to_index(i) < items().rows(); }
  void score(kindred::user_id u, std::span<kindred::item_id const> asked, std::span<float> out) const noexcept {
    for (std::size_t k = 0; k != asked.size(); ++k)
      out[k] = knows(u) && knows(asked[k])
                   ? kindred::kernel::dot(users().row(kindred::to_index(u)).data(),
                                          items().row(kindred::to_index(asked[k])).data(), columns)
                   : 0.0f;
  }

  static kindred::matrix_view<float> rows_of(std::vector<float> const& all) noexcept {
    return {kindred::unchecked, all.data(), static_cast<kindred::index_t>(all.size() / columns), columns, columns};
  }
};
static_assert(kindred::factored<two_towers>);
// [/model]

}  // namespace

TEST_CASE("the minimal factored model") {
  two_towers const model{{1, 0, 0, 1, 1, 1}, {3, 1, 2, 2, -1, 4}};
  std::array<kindred::user_id, 3> const users{kindred::user_id{0}, kindred::user_id{1}, kindred::user_id{2}};
  auto const law = kindred::testing::check_scorer(model, std::span<kindred::user_id const>(users),
                                                  std::span<kindred::item_id const>());
  CHECK_MESSAGE(law.holds(), law.message());
  kindred::sequential pool;
  // [use]
  auto const lists = kindred::top_n_each(model, users, [](kindred::user_id) { return kindred::all_items{3}; }, 2, pool);
  // [/use]
  CHECK(lists[0][0].item == kindred::item_id{0});  // 3, 2, -1
  CHECK(lists[1][0].item == kindred::item_id{2});  // 1, 2, 4
  CHECK(lists[2][0].item == kindred::item_id{0});  // 4, 4, 3: ties go by id
  CHECK(lists[2][1].item == kindred::item_id{1});
}
