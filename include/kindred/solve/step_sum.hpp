// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>

#include <cstddef>
#include <span>

KINDRED_BEGIN

namespace detail {

// What steps returned, added up, and the first of them that gave no finite number.
struct step_sum {
  static constexpr std::size_t none = ~std::size_t{0};

  double sum = 0;
  std::size_t wrong = none;  // which of them

  // Steps in order: what is wrong on the left went wrong first.
  step_sum operator+(step_sum const& later) const noexcept {
    return {sum + later.sum, wrong != none ? wrong : later.wrong};
  }
};

// Calls step(k) for k from first to before last, one after another, until soon after one that gives no finite number. What they
// return is looked at a few at a time: one test for all of them.
template <class Step>
[[nodiscard]] step_sum take_steps(std::size_t first, std::size_t last, Step const& step) {
  constexpr std::size_t together = 32;
  double each[together];
  double sum = 0;
  while (first != last) {
    std::size_t const count = last - first < together ? last - first : together;
    for (std::size_t k = 0; k != count; ++k) {
      each[k] = step(first + k);
      sum += each[k];
    }
    if (!is_finite(sum)) {
      std::size_t k = 0;
      while (k + 1 != count && is_finite(each[k])) ++k;
      return {sum, first + k};
    }
    first += count;
  }
  return {sum};
}
// The same with step(all[k]).
template <class Entry, class Step>
[[nodiscard]] step_sum take_steps(std::span<Entry const> all, std::size_t first, std::size_t last, Step const& step) {
  return take_steps(first, last, [&](std::size_t k) { return step(all[k]); });
}

}  // namespace detail

KINDRED_END
