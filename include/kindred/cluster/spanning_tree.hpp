// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/dendrogram.hpp>
#include <kindred/core/id.hpp>

#include <cstddef>
#include <limits>
#include <vector>

KINDRED_BEGIN

namespace detail {

// The edges of a minimal spanning tree over `rows` rows, by Prim's algorithm: each row joins at its closest row in the tree,
// the lowest of equally close ones. Merging along them from the shortest is single linkage. O(rows^2) distances, O(rows) memory.
template <class Distance>
[[nodiscard]] std::vector<cluster_merge> spanning_tree(index_t rows, Distance const& distance) {
  std::vector<cluster_merge> edges;
  std::vector<index_t> outside;
  std::vector<double> gap(rows, (std::numeric_limits<double>::max)());
  std::vector<index_t> via(rows, 0);
  for (index_t i = 1; i < rows; ++i) outside.push_back(i);
  index_t joined = 0;
  while (!outside.empty()) {
    std::size_t best = 0;
    for (std::size_t k = 0; k != outside.size(); ++k) {
      index_t const i = outside[k];
      if (double const d = distance(joined, i); d < gap[i]) {
        gap[i] = d;
        via[i] = joined;
      }
      if (gap[i] < gap[outside[best]] || (gap[i] == gap[outside[best]] && i < outside[best])) best = k;
    }
    joined = outside[best];
    edges.push_back({via[joined], joined, gap[joined], 2});
    outside[best] = outside.back();
    outside.pop_back();
  }
  return edges;
}

}  // namespace detail

KINDRED_END
