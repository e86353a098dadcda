// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Sorts keys by the 64 bits of each, largest first: byte by byte from the lowest, those left out that are the same everywhere.
// Lists of neighbors are short and many; comparing would cost some nine unforeseen branches a key. `spare` is scratch.
template <class Key>
void sort_largest_first(std::vector<Key>& keys, std::vector<Key>& spare) {
  constexpr std::size_t worth_counting = 64;  // below, clearing and summing the counts costs more than comparing
  if (keys.size() < worth_counting) {
    std::sort(keys.begin(), keys.end(), [](Key const& a, Key const& b) { return a.bits > b.bits; });
    return;
  }
  // All bytes are counted in one pass: one after another they would wait for themselves, as high bytes are much alike.
  std::array<std::array<std::uint32_t, 256>, 8> counts{};
  for (Key const& k : keys)
    for (std::size_t byte = 0; byte != 8; ++byte) ++counts[byte][k.bits >> (8 * byte) & 255];
  spare.resize(keys.size());
  for (std::size_t byte = 0; byte != 8; ++byte) {
    auto& place = counts[byte];
    if (place[keys.front().bits >> (8 * byte) & 255] == keys.size()) continue;
    std::uint32_t sum = 0;
    for (std::size_t digit = 256; digit-- != 0;) sum += std::exchange(place[digit], sum);
    for (Key const& k : keys) spare[place[k.bits >> (8 * byte) & 255]++] = k;
    keys.swap(spare);
  }
}

}  // namespace detail

KINDRED_END
