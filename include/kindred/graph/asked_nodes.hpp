// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/entity_links.hpp>
#include <kindred/score/scorer.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

namespace detail {

// A block of items that are to be scored, as the nodes that they are, met by many ascending lists of nodes.
class asked_nodes {
public:
  asked_nodes(entity_links const& links, std::span<item_id const> items) noexcept : size_(items.size()) {
    for (std::size_t k = 0; k != size_; ++k) slot_[k] = {links.node_of(items[k]), static_cast<std::uint32_t>(k)};
    std::sort(slot_.begin(), slot_.begin() + static_cast<std::ptrdiff_t>(size_),
              [](place const& a, place const& b) { return a.node != b.node ? a.node < b.node : a.at < b.at; });
  }

  // Calls visit(k, j) for every items[k] that is list[j].
  template <class Visit>
  void each_shared(std::span<index_t const> list, Visit const& visit) const noexcept {
    auto const* const begin = list.data();
    auto const* const end = begin + list.size();
    auto const* at = begin;
    bool const search = list.size() > 8 * size_;
    for (std::size_t s = 0; s != size_; ++s) {
      if (search) at = std::lower_bound(at, end, slot_[s].node);
      else
        while (at != end && *at < slot_[s].node) ++at;
      if (at == end) return;
      if (*at == slot_[s].node) visit(slot_[s].at, static_cast<std::size_t>(at - begin));
    }
  }

private:
  struct place {
    index_t node;
    std::uint32_t at;
  };
  std::size_t size_;
  std::array<place, block> slot_;
};

// The items of a range, likewise.
class asked_range {
public:
  asked_range(entity_links const& links, item_id first, std::size_t size) noexcept
      : links_(links), first_(to_index(first)), size_(size) {}

  template <class Visit>
  void each_shared(std::span<index_t const> list, Visit const& visit) const noexcept {
    for (std::size_t j = 0; j != list.size(); ++j) {
      index_t const item = links_.item_at(list[j]);
      if (item != index_limit && item >= first_ && item - first_ < size_) visit(item - first_, j);
    }
  }

private:
  entity_links const& links_;
  index_t first_;
  std::size_t size_;
};

}  // namespace detail

KINDRED_END
