// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// What arrives at nodes from a few starts at once, one line of the cache a node: a fact that several walk on is read once.
template <real T>
class walk_lanes {
public:
  static constexpr std::size_t width = 64 / sizeof(T);
  using lanes = std::array<T, width>;

  void start(std::size_t nodes) {
    if (at_.size() >= nodes) return;
    at_.resize((nodes + 63) / 64 * 64);
    touched_.resize(at_.size() / 64);
  }

  // One step from a node to all of a list, each(j) being what the j-th is worth, of one lane alone.
  template <class Each>
  void add(std::span<index_t const> list, std::size_t lane, T value, Each const& each) noexcept {
    for (std::size_t j = 0; j != list.size(); ++j) {
      at_[list[j]][lane] += value * static_cast<T>(each(j));
      touched_[list[j] / 64] = 1;
    }
  }
  // The same of all lanes; where few have anything, of those.
  template <class Each>
  void add(std::span<index_t const> list, lanes const& value, Each const& each) noexcept {
    std::array<std::size_t, width> busy;
    std::size_t count = 0;
    for (std::size_t l = 0; l != width; ++l)
      if (value[l] != 0) busy[count++] = l;
    if (count <= 2) {
      for (std::size_t k = 0; k != count; ++k) add(list, busy[k], value[busy[k]], each);
      return;
    }
    lanes* const at = at_.data();
    auto* const touched = touched_.data();
    lanes const v = value;
    for (std::size_t j = 0; j != list.size(); ++j) {
      T const worth = static_cast<T>(each(j));
      T* const to = at[list[j]].data();
      for (std::size_t l = 0; l != width; ++l) to[l] += v[l] * worth;
      touched[list[j] / 64] = 1;
    }
  }

  // Calls visit(node, lanes) for every node that something arrived at, ascending, and forgets them.
  template <class Visit>
  void drain(Visit const& visit) {
    for (std::size_t b = 0; b != touched_.size(); ++b) {
      if (touched_[b] == 0) continue;
      touched_[b] = 0;
      for (std::size_t x = 64 * b; x != 64 * b + 64; ++x) {
        bool any = false;
        for (T const value : at_[x]) any = any || value != 0;
        if (!any) continue;
        visit(static_cast<index_t>(x), at_[x]);
        at_[x] = {};
      }
    }
  }

private:
  std::vector<lanes> at_;               // by node
  std::vector<std::uint16_t> touched_;  // by 64 nodes; no bytes, which might alias everything
};

}  // namespace detail

KINDRED_END
