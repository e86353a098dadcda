// SPDX-License-Identifier: BSL-1.0
#include <kindred/neighbor/item_block.hpp>
#include <kindred/neighbor/item_range.hpp>

#include "../../support/sparse_rows.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace {

using kindred::index_t;
using kindred::item_id;

using visits = std::vector<std::pair<std::size_t, double>>;  // place and value

visits visited(std::vector<item_id> const& items, support::owned_row<float> const& row) {
  visits found;
  kindred::item_block(items).each_shared(row.view(), [&](std::size_t k, float v) { found.push_back({k, v}); });
  std::sort(found.begin(), found.end());
  return found;
}

// Every item against every entry.
visits twin(std::vector<item_id> const& items, support::owned_row<float> const& row) {
  visits found;
  for (std::size_t k = 0; k != items.size(); ++k)
    for (std::size_t j = 0; j != row.index.size(); ++j)
      if (kindred::to_index(items[k]) == row.index[j]) found.push_back({k, row.value[j]});
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

TEST_CASE("item_block: meets what comparing all with all meets") {
  // Items side by side (a table), spread out (merged), repeated, few against long rows (searched), in any order.
  for (std::uint64_t seed = 0; seed != 60; ++seed) {
    kindred::random_stream random(seed, 0);
    index_t const spread = seed % 4 == 0 ? 260 : seed % 4 == 1 ? 2048 : seed % 4 == 2 ? 2049 : 5000;
    index_t const start = seed % 3 == 0 ? 0 : 700;
    std::vector<item_id> items;
    std::size_t const count = seed % 5 == 0 ? seed % 4 : 1 + kindred::below(random, 256);
    for (std::size_t k = 0; k != count; ++k) items.push_back(item_id{start + kindred::below(random, spread)});
    if (seed % 2 == 0) {  // each once
      std::sort(items.begin(), items.end());
      items.erase(std::unique(items.begin(), items.end()), items.end());
      kindred::shuffle(random, std::span<item_id>(items));
    }
    for (double const density : {0.0, 0.01, 0.5, 1.0}) {
      auto const row = support::random_row<float>(6000, density, seed);
      CHECK(visited(items, row) == twin(items, row));
    }
  }
}

TEST_CASE("item_range: meets what an item_block of the same items meets") {
  for (std::uint64_t seed = 0; seed != 40; ++seed) {
    kindred::random_stream random(seed, 7);
    index_t const first = kindred::below(random, 6100), size = kindred::below(random, 60);
    std::vector<item_id> items;
    for (index_t k = 0; k != size; ++k) items.push_back(item_id{first + k});
    for (double const density : {0.0, 0.002, 0.05, 1.0}) {
      auto row = support::random_row<float>(6000, density, seed);
      if (seed % 3 == 0)  // columns that are spread unevenly
        for (index_t& c : row.index) c = c + c / 16 * (c / 16);
      visits found;
      kindred::item_range(item_id{first}, items.size()).each_shared(row.view(), [&](std::size_t k, float v) {
        found.push_back({k, v});
      });
      CHECK(found == twin(items, row));
    }
  }
}

TEST_CASE("item_block: the largest ids") {
  index_t const last = kindred::index_limit - 1;
  support::owned_row<float> const row{{0, 5, last - 1, last}, {1, 2, 3, 4}};
  for (std::vector<item_id> const& items :
       {std::vector{item_id{last}, item_id{0}}, std::vector{item_id{last}, item_id{last - 1}},
        std::vector{item_id{last}}, std::vector{item_id{kindred::index_limit}, item_id{5}}, std::vector<item_id>{}})
    CHECK(visited(items, row) == twin(items, row));
}
