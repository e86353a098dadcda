// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
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
// differently. top_n_each and recommend_all score by it whenever they can.
template <class S>
concept batch_scorer =
    scorer<S> && requires(S const& s, std::span<user_id const> users, item_id first, std::span<value_t<S>> out) {
      { s.score_batch(users, first, out) } -> std::same_as<void>;
      { S::batch_tolerance } -> std::convertible_to<double>;
    };

KINDRED_END
