// SPDX-License-Identifier: BSL-1.0
#include <kindred/compose/candidates.hpp>
#include <kindred/testing/laws/candidates.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <span>

namespace {

// [model]
// The items first, first + 1, ... last - 1: one department of a catalog that is numbered by department.
struct department {
  kindred::index_t first;
  kindred::index_t last;

  std::size_t next(std::size_t& cursor, std::span<kindred::item_id> out) const noexcept {
    std::size_t written = 0;
    for (; written != out.size() && cursor < last - first; ++cursor)
      out[written++] = kindred::item_id{first + static_cast<kindred::index_t>(cursor)};
    return written;
  }
};
static_assert(kindred::candidates<department>);
// [/model]

}  // namespace

TEST_CASE("the minimal candidates keep the laws and are those of the department") {
  department const toys{10, 17};
  auto const law = kindred::testing::check_candidates(toys);
  CHECK_MESSAGE(law.holds(), law.message());

  std::array<kindred::item_id, 8> all{};
  std::size_t cursor = 0;
  REQUIRE(toys.next(cursor, all) == 7);
  for (kindred::index_t k = 0; k != 7; ++k) CHECK(all[k] == kindred::item_id{10 + k});
}
