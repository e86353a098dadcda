// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/score/scorer.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

// What a piece of evidence points to, and so how its id is to be read.
enum class evidence_kind : std::uint8_t {
  item,    // an item that the user rated: "because you rated X"
  user,    // a user who is like this one: "because Y, who is like you, rated it"
  feature  // something about the item, by its column: "because it is a comedy"
};

// One reason for a score: an item, a user or a feature, and what it adds.
template <real T>
struct evidence {
  evidence_kind kind;
  index_t id;  // an item_id, a user_id or a column, by kind
  T share;     // in the unit of the score; negative when it speaks against
};

// How a score is made: `base`, what the model would say with no evidence, and `count` reasons.
template <real T>
struct explanation {
  T base;
  std::size_t count;
};

// A scorer that can say why.
//
// explain(u, i, out) writes the reasons with the largest |share| into `out`, strongest first, ties by ascending id, at
// most out.size() of them. The law: when all of them fit (count < out.size()), base plus the shares is score(u, i), up to
// rounding. An unknown user or item has the neutral score as its base and no reasons.
template <class S>
concept explainer = scorer<S> && requires(S const& s, user_id u, item_id i, std::span<evidence<value_t<S>>> out) {
  { s.explain(u, i, out) } noexcept -> std::same_as<explanation<value_t<S>>>;
};

KINDRED_END
