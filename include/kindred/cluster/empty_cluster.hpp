// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/assigner.hpp>
#include <kindred/cluster/center_set.hpp>
#include <kindred/core/id.hpp>
#include <kindred/run/chunks.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

KINDRED_BEGIN

// What k-means does with a center that no row is closest to. Rare with careful first centers; certain when there are fewer
// different rows than clusters, and then neither helps: the cluster stays empty (see clustering::occupied).
//
//   take_farthest  it gets the row that is farthest from its own center
//   keep           it stays where it was
enum class empty_cluster : std::uint8_t { take_farthest, keep };

namespace detail {

// Gives every empty cluster the row farthest from its own center, of those that do not stand alone in their cluster; the
// lowest row of equally far ones. How many were moved.
template <class Rows, executor E>
std::size_t fill_empty_clusters(Rows const& rows, center_set<typename Rows::value_type> const& centers,
                                assigner<Rows>& closest, E& ex) {
  std::vector<index_t> empty;
  for (index_t c = 0; c != centers.size(); ++c)
    if (!(closest.mass(c) > 0)) empty.push_back(c);
  if (empty.empty()) return 0;

  struct far_row {
    double distance2;
    index_t row;
  };
  std::vector<far_row> reach(rows.size());
  for_chunks(ex, rows.size(), Rows::most, [&](std::size_t first, std::size_t last) {
    for (std::size_t k = first; k != last; ++k) {
      auto const i = static_cast<index_t>(k);
      index_t const c = closest.labels()[i];
      double const squared = static_cast<double>(centers.squared_length(c));
      reach[k] = {rows.weight(i) > 0 ? rows.distance2(i, centers.row(c).data(), squared) : 0, i};
    }
  });
  auto const farther = [](far_row const& a, far_row const& b) {
    return a.distance2 != b.distance2 ? a.distance2 > b.distance2 : a.row < b.row;
  };
  std::sort(reach.begin(), reach.end(), farther);
  std::size_t moved = 0;
  std::size_t next = 0;
  for (index_t const c : empty)
    for (; next != reach.size() && reach[next].distance2 > 0; ++next)
      if (closest.count(closest.labels()[reach[next].row]) > 1) {
        closest.move(reach[next++].row, c);
        ++moved;
        break;
      }
  return moved;
}

}  // namespace detail

KINDRED_END
