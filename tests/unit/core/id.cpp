// SPDX-License-Identifier: BSL-1.0
#include <kindred/core/id.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <type_traits>

using kindred::entity_id;
using kindred::index_t;
using kindred::item_id;
using kindred::user_id;

namespace {

enum class tag_id : index_t {};
enum class narrow_id : std::uint16_t {};

static_assert(entity_id<user_id> && entity_id<item_id> && entity_id<tag_id>);
static_assert(!entity_id<narrow_id> && !entity_id<index_t>);
static_assert(!std::is_convertible_v<user_id, item_id> && !std::is_convertible_v<index_t, user_id> &&
              !std::is_convertible_v<user_id, index_t>);
static_assert(sizeof(user_id) == 4);

}  // namespace

TEST_CASE("ids keep their number, and order by it") {
  CHECK(to_index(user_id{0}) == 0);
  CHECK(to_index(item_id{kindred::index_limit}) == 4294967295u);
  CHECK(kindred::to_index(tag_id{7}) == 7);
  CHECK(user_id{1} < user_id{2});
  CHECK(user_id{2} == user_id{2});
}
