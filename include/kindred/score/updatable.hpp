// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/score/scorer.hpp>

#include <concepts>

KINDRED_BEGIN

// A model that learns one more rating without a refit.
//
// update(u, i, value) takes in that u gives i this value: a new rating, or a changed one; of a user or an item that the
// model has not met, if need be. The law: afterwards the model gives the same numbers, bit by bit, as one that its recipe
// fits to all ratings with this one among them. What a model holds fixed instead, its documentation says. Scores may be
// asked from many threads between updates, not during one. Throws kindred::error, and changes nothing, when the value is
// not a finite number or an id is out of range.
template <class M>
concept updatable =
    scorer<M> && requires(M& model, user_id u, item_id i, value_t<M> value) { model.update(u, i, value); };

KINDRED_END
