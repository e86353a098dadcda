// SPDX-License-Identifier: BSL-1.0
#include <kindred/compose/candidates.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <span>
#include <vector>

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

TEST_CASE("the minimal candidates come once each, however large the blocks") {
  department const toys{10, 17};
  for (std::size_t const size : {1u, 3u, 7u, 8u}) {
    std::array<kindred::item_id, 8> room{};
    std::vector<kindred::item_id> all;
    std::size_t cursor = 0;
    while (std::size_t const count = toys.next(cursor, std::span(room).first(size)))
      all.insert(all.end(), room.begin(), room.begin() + static_cast<std::ptrdiff_t>(count));
    REQUIRE(all.size() == 7);
    for (kindred::index_t k = 0; k != 7; ++k) CHECK(all[k] == kindred::item_id{10 + k});
  }
}
