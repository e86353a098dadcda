// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/candidates.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/score/scorer.hpp>

#include <concepts>
#include <cstddef>
#include <span>

KINDRED_BEGIN

// What makes a whole list, in which an item's place may depend on the others: a cascade, a diversified list. A scorer is none; of
// one, top_n makes the list.
//
// recommend(u, which, out) writes the best of the candidates, best first, and returns how many there are. Values are its own.
template <class R>
concept recommender = std::movable<R> && real<value_t<R>> &&
                      requires(R const& r, user_id u, all_items const& which, std::span<scored_item<value_t<R>>> out) {
                        { r.recommend(u, which, out) } noexcept -> std::same_as<std::size_t>;
                      };

// A scorer or a recommender: what a list can be had of.
template <class R>
concept list_source = scorer<R> || recommender<R>;

// The same call as for a scorer.
template <recommender R, candidates C>
  requires(!scorer<R>)
std::size_t top_n(R const& from, user_id user, C const& which, std::span<scored_item<value_t<R>>> out) noexcept {
  return from.recommend(user, which, out);
}

namespace detail {

// What makers of lists hand on of their parts, scorers or recommenders: the reasons for an item (explainer.hpp), and what is learned
// (updatable.hpp).
template <class M>
concept says_why = requires(M const& m, user_id u, item_id i, std::span<evidence<value_t<M>>> out) {
  { m.explain(u, i, out) } noexcept -> std::same_as<explanation<value_t<M>>>;
};
template <class M>
concept takes_updates = requires(M& m, user_id u, item_id i, value_t<M> value) { m.update(u, i, value); };

}  // namespace detail

KINDRED_END
