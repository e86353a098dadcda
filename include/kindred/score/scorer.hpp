// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>

#include <concepts>
#include <cstddef>
#include <span>

KINDRED_BEGIN

// A scorer is never asked for more items at once, so that scratch fits the stack and score() need not allocate.
inline constexpr std::size_t block = 256;

// What every trained model and every combinator of models is.
//
// score(u, items, out) writes out[k] for items[k]; items.size() == out.size() <= block. It is total: every user and item
// gets a finite number, unknown ones the model's neutral value, and knows() tells which are known. Only the order of the
// numbers has meaning (a predictor promises more). The pointwise law: out[k] depends on (u, items[k]) alone - not on
// the other items, their order or their count. It makes blocks, threads, caching and top_n correct at once.
template <class S>
concept scorer = std::movable<S> && real<value_t<S>> &&
                 requires(S const& s, user_id u, item_id i, std::span<item_id const> items, std::span<value_t<S>> out) {
                   { s.knows(u) } noexcept -> std::same_as<bool>;
                   { s.knows(i) } noexcept -> std::same_as<bool>;
                   { s.score(u, items, out) } noexcept -> std::same_as<void>;
                 };

// A scorer whose values are ratings: they are on the scale of the data it was fitted to, so they may be compared across
// users, averaged with other predictors, and measured by RMSE.
template <class P>
concept predictor = scorer<P> && requires { requires P::calibrated; };

// A recommendation.
template <real T>
struct scored_item {
  item_id item;
  T value;
};

// The score of one item.
template <scorer S>
[[nodiscard]] value_t<S> score_of(S const& model, user_id user, item_id item) noexcept {
  value_t<S> out{};
  model.score(user, std::span<item_id const>(&item, 1), std::span<value_t<S>>(&out, 1));
  return out;
}

KINDRED_END
