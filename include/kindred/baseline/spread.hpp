// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/score/scorer.hpp>

#include <concepts>

KINDRED_BEGIN

// A predictor that knows by how much ratings vary about what it says: spread(u, i) is finite and above zero. As the base of
// a neighborhood model it turns deviations into z-scores.
template <class P>
concept spreading = predictor<P> && requires(P const& p, user_id u, item_id i) {
  { p.spread(u, i) } noexcept -> std::same_as<value_t<P>>;
};

// The spread of any predictor: one where it has none.
template <predictor P>
[[nodiscard]] value_t<P> spread_of(P const& model, user_id u, item_id i) noexcept {
  if constexpr (spreading<P>) return model.spread(u, i);
  else return value_t<P>{1};
}

KINDRED_END
