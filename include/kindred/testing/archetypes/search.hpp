// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>
#include <span>

KINDRED_BEGIN

namespace testing {

// An elementwise distance and no more: copied, without a default, of numbers and not of registers; not yet a comparison.
// The sum of absolute differences.
template <real T>
class elementwise_archetype {
public:
  explicit elementwise_archetype(int) noexcept {}
  [[nodiscard]] T step(T sum, T a, T b) const noexcept { return sum + (a < b ? b - a : a - b); }
  [[nodiscard]] T finish(T sum) const noexcept { return sum; }
};

// A search and no more: moved, not copied, of dense rows. Three rows, which are 1, 2 and 2 away from every query.
template <real T>
class neighbor_search_archetype {
public:
  using value_type = T;

  explicit neighbor_search_archetype(int) noexcept {}
  neighbor_search_archetype(neighbor_search_archetype&&) noexcept = default;
  neighbor_search_archetype& operator=(neighbor_search_archetype&&) noexcept = default;

  [[nodiscard]] index_t size() const noexcept { return 3; }
  [[nodiscard]] std::size_t search(dense_row<T>, std::span<neighbor<T>> out) const noexcept {
    std::size_t k = 0;
    for (; k != 3 && k != out.size(); ++k) out[k] = {static_cast<index_t>(k), k == 0 ? T{1} : T{2}};
    return k;
  }
};

}  // namespace testing

KINDRED_END
