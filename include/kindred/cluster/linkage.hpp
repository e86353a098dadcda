// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <concepts>

KINDRED_BEGIN

// How far apart two clusters are. average, complete and one of yours say how far a cluster is from one that was just merged
// of two, from the distances to both and their sizes (Lance and Williams, 1967). Merging must not bring anything closer than
// both parts were: that is what makes a chain of nearest neighbors find the same tree as looking at all pairs again and again.
template <class L>
concept linkage =
    std::copyable<L> && requires(L const& l, double to_first, double to_second, double first_size, double second_size) {
      { l.join(to_first, to_second, first_size, second_size) } noexcept -> std::same_as<double>;
    };

// The mean distance of all pairs (UPGMA; Sokal and Michener, 1958).
struct average_linkage {
  [[nodiscard]] double join(double to_first, double to_second, double first_size, double second_size) const noexcept {
    return (first_size * to_first + second_size * to_second) / (first_size + second_size);
  }
};

// The distance of the farthest pair: clusters stay compact.
struct complete_linkage {
  [[nodiscard]] double join(double to_first, double to_second, double, double) const noexcept {
    return to_first < to_second ? to_second : to_first;
  }
};

// The distance of the closest pair: clusters may be long and winding. Needs no distances but those of a spanning tree.
struct single_linkage {
  [[nodiscard]] double join(double to_first, double to_second, double, double) const noexcept {
    return to_first < to_second ? to_first : to_second;
  }
};

// The square root of twice the growth of the sum of squared distances from the means (Ward, 1963): for two rows, their
// distance. Euclidean, and needs no distances but those of means.
struct ward_linkage {};

KINDRED_END
