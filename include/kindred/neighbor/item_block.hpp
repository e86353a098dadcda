// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

// A block of items that are to be scored, prepared for being met by many sparse rows of items.
//
// Blocks that top_n asks for lie close together, so that a small table tells the place of an item at once and a row is
// walked only where it overlaps the block; items that are far apart, or repeated, are merged in ascending order. Which of the
// two happens changes no result.
class item_block {
public:
  // items.size() <= block; does not own.
  explicit item_block(std::span<item_id const> items) noexcept : items_(items) {
    if (items.empty()) return;
    auto const [low, high] = std::minmax_element(items.begin(), items.end());
    first_ = to_index(*low);
    last_ = to_index(*high);
    tabled_ = last_ - first_ < place_.size() && tabulate();
    if (!tabled_) sort();
  }

  [[nodiscard]] std::size_t size() const noexcept { return items_.size(); }
  [[nodiscard]] item_id operator[](std::size_t k) const noexcept { return items_[k]; }

  // Calls visit(k, value) for every items[k] that the row holds.
  template <real T, class Visit>
  void each_shared(sparse_row<T> row, Visit const& visit) const noexcept {
    auto const* const begin = row.index.data();
    auto const* const end = begin + row.size();
    auto const* at = std::lower_bound(begin, end, first_);
    if (tabled_) {
      for (; at != end && *at <= last_; ++at)
        if (std::uint16_t const k = place_[*at - first_]; k != 0) visit(k - 1u, row.value[position(begin, at)]);
      return;
    }
    bool const search = row.size() > 8 * items_.size();  // few items against a long row: halve instead of stepping
    for (std::size_t j = 0; j != items_.size(); ++j) {
      std::uint16_t const k = place_[j];
      index_t const item = to_index(items_[k]);
      if (search) at = std::lower_bound(at, end, item);
      else
        while (at != end && *at < item) ++at;
      if (at == end) return;
      if (*at == item) visit(k, row.value[position(begin, at)]);
    }
  }

private:
  [[nodiscard]] static std::size_t position(index_t const* begin, index_t const* at) noexcept {
    return static_cast<std::size_t>(at - begin);
  }

  // Writes one more than the place of every item; false when an item is repeated.
  [[nodiscard]] bool tabulate() noexcept {
    std::fill_n(place_.begin(), last_ - first_ + 1, std::uint16_t{0});
    for (std::size_t k = 0; k != items_.size(); ++k) {
      std::uint16_t& place = place_[to_index(items_[k]) - first_];
      if (place != 0) return false;
      place = static_cast<std::uint16_t>(k + 1);
    }
    return true;
  }

  // Writes the places of the items in ascending order of item.
  void sort() noexcept {
    auto const end = place_.begin() + static_cast<std::ptrdiff_t>(items_.size());
    for (std::size_t k = 0; k != items_.size(); ++k) place_[k] = static_cast<std::uint16_t>(k);
    std::sort(place_.begin(), end, [&](auto a, auto b) { return items_[a] < items_[b]; });
  }

  std::span<item_id const> items_;
  index_t first_ = 0;
  index_t last_ = 0;
  bool tabled_ = false;
  std::array<std::uint16_t, 2048> place_;  // by item when tabled, else the order
};

KINDRED_END
