// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>

#include <concepts>
#include <cstdint>
#include <span>

KINDRED_BEGIN

// What a ranking loss is shown: the score of an item that a user chose, and of others that were drawn among those that the
// user did not choose. They were drawn one after another, out of `catalog` items.
template <real T>
struct ranking_case {
  T positive;
  std::span<T const> negative;
  index_t catalog;
};

// What it says: the cost, and its derivative in the positive score.
template <real T>
struct ranking_terms {
  T value;
  T slope;
};

// What it costs that chosen items do not rank above others.
//
// negatives() is the largest number of others that it wants to see. terms(seen, slope) returns the cost and its derivative in
// seen.positive, and writes into slope[k] the derivative in seen.negative[k]; a zero leaves that item as it is. All are finite
// for finite scores. Two optional members:
//
//   l.enough(positive, negative)   true when this negative is all that has to be seen: drawing stops with it (WARP)
//   L::on_cosines                  true when scores are cosines of vectors and not their inner products
template <class L, class T>
concept ranking_loss = std::copyable<L> && requires(L const& l, ranking_case<T> const& seen, std::span<T> slope) {
  { l.negatives() } noexcept -> std::same_as<std::uint32_t>;
  { l.terms(seen, slope) } noexcept -> std::same_as<ranking_terms<T>>;
};

namespace detail {

template <class L>
inline constexpr bool on_cosines = [] {
  if constexpr (requires { L::on_cosines; }) return L::on_cosines;
  else return false;
}();

}  // namespace detail

KINDRED_END
