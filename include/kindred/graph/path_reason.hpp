// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/meta_path.hpp>

#include <array>
#include <cstddef>
#include <vector>

KINDRED_BEGIN

// A kind of path, and how much it counts: a negative weight speaks against what the paths lead to.
struct weighted_path {
  meta_path path;
  double weight = 1;
};

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

KINDRED_END
