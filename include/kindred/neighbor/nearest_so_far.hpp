// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/view/comparison.hpp>

#include <cstddef>
#include <limits>
#include <span>

KINDRED_BEGIN

namespace detail {

// The closest rows met so far, in order, in a place that somebody else owns: the inner side of every search. Which rows it
// ends with does not depend on the order in which they are met. Rows whose comparison is not finite are left out.
template <real T, sense Direction>
class nearest_so_far {
public:
  nearest_so_far() noexcept = default;
  explicit nearest_so_far(std::span<neighbor<T>> out) noexcept : out_(out) {}

  [[nodiscard]] std::size_t count() const noexcept { return count_; }

  // What a row must reach to be of interest: rows beyond it are not, those that equal it may be.
  [[nodiscard]] T limit() const noexcept {
    if (count_ == out_.size() && count_ != 0) return out_[count_ - 1].value;
    constexpr T infinity = std::numeric_limits<T>::infinity();
    return Direction == sense::smaller_is_closer ? infinity : -infinity;
  }

  // Whether the row was of interest.
  bool add(index_t id, T value) noexcept {
    neighbor<T> const one{id, value};
    if (!is_finite(value) || (count_ == out_.size() && (count_ == 0 || !before(one, out_[count_ - 1])))) return false;
    std::size_t at = count_ == out_.size() ? count_ - 1 : count_++;
    for (; at != 0 && before(one, out_[at - 1]); --at) out_[at] = out_[at - 1];
    out_[at] = one;
    return true;
  }

private:
  [[nodiscard]] static bool before(neighbor<T> const& a, neighbor<T> const& b) noexcept {
    if (a.value != b.value) return (a.value < b.value) == (Direction == sense::smaller_is_closer);
    return a.id < b.id;
  }

  std::span<neighbor<T>> out_;
  std::size_t count_ = 0;
};

}  // namespace detail

KINDRED_END
