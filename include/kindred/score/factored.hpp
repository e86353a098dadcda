// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/view/matrix_view.hpp>

#include <concepts>
#include <span>

KINDRED_BEGIN

// A scorer that is an inner product and shows its vectors, so that many users are scored at once and an index can search items.
//
// users() and items() have a row an id and as many columns. The law: for a user and items that it knows, scores differ by what
// the inner products of rows differ by, up to rounding - score(u, i) = something of u + <users().row(u), items().row(i)>. A
// model whose items have numbers of their own beside shows them, one a row of items(), by item_biases(); they are added. One that
// may or may not be an inner product, as an any_scorer, has no rows where it is none.
template <class S>
concept factored = scorer<S> && requires(S const& s) {
  { s.users() } noexcept -> std::same_as<matrix_view<value_t<S>>>;
  { s.items() } noexcept -> std::same_as<matrix_view<value_t<S>>>;
};

// The numbers of items beside their vectors; none when the model has none.
template <factored S>
[[nodiscard]] std::span<value_t<S> const> item_biases_of(S const& model) noexcept {
  if constexpr (requires {
                  { model.item_biases() } noexcept -> std::same_as<std::span<value_t<S> const>>;
                })
    return model.item_biases();
  else return {};
}

KINDRED_END
