// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>

#include <concepts>
#include <span>

KINDRED_BEGIN

// How neighbors vote, as sums: acc.add(weight, value) is called once a voter, and finish turns the sums into what all of
// them say together, zero when nobody voted. Weights are similarities, finite and above zero; values are deviations from
// the base. A block of items is then scored in one walk, and no vote is ever stored.
//
// share(acc, weight, value) is what one of the voters adds to finish(acc); the shares of all add up to it.
template <class A, class T>
concept additive_aggregator =
    real<T> && std::copyable<A> && requires(A const& a, typename A::template sums<T> acc, T weight, T value) {
      requires std::default_initializable<typename A::template sums<T>>;
      { acc.add(weight, value) } noexcept;
      { a.finish(acc) } noexcept -> std::same_as<T>;
      { a.share(acc, weight, value) } noexcept -> std::same_as<T>;
    };

// How neighbors vote when all votes have to be seen at once: a(weights, values) is what they say together, closest neighbor
// first, and a.shares(weights, values, out) what each of them adds to it. There is one vote at least, and no more than
// `block`.
template <class A, class T>
concept collecting_aggregator =
    real<T> && std::copyable<A> &&
    requires(A const& a, std::span<T const> weight, std::span<T const> value, std::span<T> out) {
      { a(weight, value) } noexcept -> std::same_as<T>;
      { a.shares(weight, value, out) } noexcept;
    };

// What is made of the votes of neighbors.
template <class A, class T>
concept aggregator = additive_aggregator<A, T> || collecting_aggregator<A, T>;

KINDRED_END
