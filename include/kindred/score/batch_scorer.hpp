// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/score/scorer.hpp>

#include <concepts>
#include <cstddef>
#include <span>

KINDRED_BEGIN

// A batch_scorer is never asked for more users at once.
inline constexpr std::size_t batch_block = 32;

// A scorer that can also score items for many users at once, for less than one user after the other: what many of them meet is
// looked up once.
//
// score_batch(users, first, out) writes the score of item first + j for users[k] to out[k * n + j], where n = out.size() /
// users.size(); users.size() <= batch_block, and the last id is below index_limit. It may allocate. The law: the numbers of
// score(), to within batch_tolerance times the largest of the user; what is added up in another order is rounded
// differently. top_n_each and recommend_all score by it whenever they can. A combinator is one as soon as a part is; what it adds
// up can be larger than the sum, and the tolerance is then of that: of the largest scores of the parts, each by its weight.
//
// One that may or may not gain by it says so: m.batches(), when there is such a function, is false where it does not, and it is
// then asked for one user after the other.
template <class S>
concept batch_scorer =
    scorer<S> && requires(S const& s, std::span<user_id const> users, item_id first, std::span<value_t<S>> out) {
      { s.score_batch(users, first, out) } -> std::same_as<void>;
      { S::batch_tolerance } -> std::convertible_to<double>;
    };

// Whether a scorer gains by being asked for many users at once.
template <class S>
[[nodiscard]] bool batches_of([[maybe_unused]] S const& model) noexcept {
  if constexpr (!batch_scorer<S>) return false;
  else if constexpr (requires { static_cast<bool>(model.batches()); }) return model.batches();
  else return true;
}

namespace detail {

// Of a part that is no batch_scorer nothing is rounded otherwise.
template <class S>
[[nodiscard]] constexpr double batch_tolerance_of() noexcept {
  if constexpr (batch_scorer<S>) return S::batch_tolerance;
  else return 0;
}
// Of what is made of the scores of these: of one of them for each user, or of a sum.
template <class... S>
[[nodiscard]] constexpr double largest_batch_tolerance() noexcept {
  double largest = 0;
  ((largest = largest < batch_tolerance_of<S>() ? batch_tolerance_of<S>() : largest), ...);
  return largest;
}

// The scores of many users, one user after the other.
template <scorer S>
void score_rows_of(S const& model, std::span<user_id const> users, item_id first, std::span<value_t<S>> out) noexcept {
  std::size_t const items = users.empty() ? 0 : out.size() / users.size();
  for (std::size_t k = 0; k != users.size(); ++k)
    for (std::size_t from = 0; from < items; from += range_block) {
      std::size_t const count = items - from < range_block ? items - from : range_block;
      score_range_of(model, users[k], item_id{to_index(first) + static_cast<index_t>(from)},
                     out.subspan(k * items + from, count));
    }
}

}  // namespace detail

// The scores of many users from any scorer: at once from a batch_scorer that gains by it, one user after the other from any other. For
// combinators.
template <scorer S>
void score_batch_of(S const& model, std::span<user_id const> users, item_id first, std::span<value_t<S>> out) {
  if constexpr (batch_scorer<S>) {
    if (batches_of(model)) return model.score_batch(users, first, out);
  }
  detail::score_rows_of(model, users, first, out);
}

KINDRED_END
