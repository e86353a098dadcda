// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/graph/meta_path.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

KINDRED_BEGIN

// A kind of path, and how much it counts: a negative weight speaks against what the paths lead to.
struct weighted_path {
  meta_path path;
  double weight = 1;
};

namespace detail {

// A weighted_path as a file has it.
struct kept_path {
  std::array<step_id, meta_path::longest> step{};
  std::uint32_t length = 0;
  double weight = 0;

  static void fields(auto& self, auto& visit) {
    visit("steps", self.step);
    visit("length", self.length);
    visit("weight", self.weight);
  }
  [[nodiscard]] static kept_path of(weighted_path const& from) noexcept {
    kept_path kept{{}, static_cast<std::uint32_t>(from.path.size()), from.weight};
    for (std::size_t k = 0; k != from.path.size(); ++k) kept.step[k] = from.path[k];
    return kept;
  }
  [[nodiscard]] weighted_path path() const {
    check_stored(length >= 1 && length <= meta_path::longest && is_finite(weight), "a path of 1 to 4 steps");
    weighted_path made{step[0], weight};
    for (std::uint32_t k = 1; k != length; ++k) made.path = made.path / step[k];
    return made;
  }
};

}  // namespace detail

// One path from a user to an item, and what it adds to the score.
struct path_reason {
  std::size_t kind = 0;    // which of the paths of the scorer
  std::size_t length = 0;  // steps; nodes[0] is the user's node, nodes[length] the item's
  std::array<index_t, meta_path::longest + 1> nodes{};
  double share = 0;

  friend bool operator==(path_reason const&, path_reason const&) = default;
};

// The strongest paths behind a score, how many there are in all, and what the others add.
struct path_reasons {
  std::vector<path_reason> strongest;
  std::size_t count = 0;
  double rest = 0;
};

namespace detail {

// Enters a reason if it is among the `most` strongest; ties by kind of path, then by nodes.
inline void enter(path_reasons& all, path_reason const& one, std::size_t most) {
  auto const stronger = [](path_reason const& a, path_reason const& b) {
    double const x = a.share < 0 ? -a.share : a.share, y = b.share < 0 ? -b.share : b.share;
    if (x != y) return x > y;
    return a.kind != b.kind ? a.kind < b.kind : a.nodes < b.nodes;
  };
  if (all.strongest.size() == most && (most == 0 || !stronger(one, all.strongest.back()))) return;
  all.strongest.insert(std::upper_bound(all.strongest.begin(), all.strongest.end(), one, stronger), one);
  if (all.strongest.size() > most) all.strongest.pop_back();
}

}  // namespace detail

KINDRED_END
