// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/solve/initializer.hpp>
#include <kindred/testing/laws/result.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace testing {

// The laws of an initializer: it fills the whole row with finite numbers, and they are a function of (seed, id) alone:
// not of what was in the row, nor of which row came before.
template <real T, initializer<T> Init>
law_result check_initializer(Init const& init) {
  using detail::broken;
  constexpr index_t rows = 20;
  for (std::uint64_t const seed : {0u, 1u, 77u})
    for (std::size_t const width : {1u, 3u, 64u}) {
      std::vector<T> ascending(rows * width, T{7}), descending(rows * width, T{-9});
      for (index_t id = 0; id != rows; ++id) init(std::span(ascending).subspan(id * width, width), seed, id);
      for (index_t id = rows; id-- != 0;) init(std::span(descending).subspan(id * width, width), seed, id);
      for (std::size_t k = 0; k != ascending.size(); ++k) {
        if (!is_finite(ascending[k]))
          return broken("initial numbers are finite")
                 << "number " << k % width << " of row " << k / width << " is " << ascending[k];
        if (!detail::same_bits(ascending[k], descending[k]))
          return broken("a row is a function of seed and id")
                 << "number " << k % width << " of row " << k / width << " under seed " << seed << " is "
                 << ascending[k] << " in ascending order of rows and " << descending[k] << " in descending";
      }
    }
  return {};
}

}  // namespace testing

KINDRED_END
