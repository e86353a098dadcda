// SPDX-License-Identifier: BSL-1.0
#include <kindred/neighbor/patchable_lists.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

using kindred::index_limit;
using kindred::index_t;
using lists = kindred::patchable_lists<float>;
using kindred::neighbor;

namespace {

std::vector<neighbor<float>> list_of(lists const& all, index_t row) { return {all.of(row).begin(), all.of(row).end()}; }

lists three() {
  lists all(kindred::neighbor_lists<float>({0, 0}, {}), 3);
  all.replace(0, {{5, 1.0f}, {2, 3.0f}, {4, 2.0f}, {7, 0.5f}});  // 7 is one too many
  return all;
}

}  // namespace

TEST_CASE("patchable_lists: the closest are kept, in order") {
  lists all = three();
  CHECK(list_of(all, 0) == std::vector<neighbor<float>>{{2, 3}, {4, 2}, {5, 1}});
  CHECK(all.of(1).empty());
  all.grow(4);
  CHECK(all.rows() == 4);
  CHECK(transposed(all, 8).row(4).index[0] == 0);
}

TEST_CASE("patchable_lists: moving tells whether a list is still right") {
  lists all = three();
  auto moved = all.move(0, {5, 2.5f});  // up, within a full list
  CHECK(moved.right);
  CHECK(moved.dropped == index_limit);
  CHECK(list_of(all, 0) == std::vector<neighbor<float>>{{2, 3}, {5, 2.5}, {4, 2}});
  CHECK(!all.move(0, {4, 1.5f}).right);  // still last: whoever was left out may be closer
  moved = all.move(0, {9, 2.75f});       // one who comes in pushes the last out
  CHECK(moved.right);
  CHECK(moved.dropped == 4);
  moved = all.move(0, {8, 0.25f});  // one who does not get in
  CHECK(moved.right);
  CHECK(moved.dropped == 8);
  CHECK(list_of(all, 0) == std::vector<neighbor<float>>{{2, 3}, {9, 2.75}, {5, 2.5}});
  moved = all.move(0, {2, 0});  // one who is near no longer
  CHECK(!moved.right);
  CHECK(moved.dropped == 2);
  CHECK(all.move(0, {9, 0.125f}).right);  // a list with room holds everybody: order is all there is to lose
  CHECK(list_of(all, 0) == std::vector<neighbor<float>>{{5, 2.5}, {9, 0.125}});
  CHECK(all.move(0, {3, -1}).right);
}
