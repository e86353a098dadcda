// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/solve/regularizer.hpp>

#include <concepts>
#include <span>
#include <utility>

KINDRED_BEGIN

// A regularizer whose penalty is of a whole row of numbers, a vector of factors, and not a sum over them: penalty_row, and its
// proximal step in place, the row that minimizes penalty_row(row) + |row - given|^2 / (2 rate). A row of zeros stays so, and zeros at the
// end of a row - padding - change nothing and stay zero.
//
// Solvers that know the refinement, sgd, hogwild_sgd and factorization_machine, ask shrink_row of vectors, and shrink of numbers that
// stand alone, biases and weights. Others refuse to compile: with shrink it would be another penalty.
template <class R, class T>
concept row_regularizer =
    regularizer<R, T> && requires(R const& r, std::span<T> row, std::span<T const> given, T rate) {
      { r.penalty_row(given) } noexcept -> std::same_as<T>;
      { r.shrink_row(row, rate) } noexcept -> std::same_as<void>;
    };

namespace detail {

template <class R>
concept of_rows = row_regularizer<R, float> || row_regularizer<R, double>;

// What is left to do number by number while a vector is moved: nothing where the row is shrunk as a whole.
template <class R>
[[nodiscard]] constexpr auto by_number(R const& r) noexcept {
  if constexpr (of_rows<R>) return unregularized{};
  else return r;
}

template <class R>
using number_part = decltype(by_number(std::declval<R const&>()));

template <class R, real T>
void shrink_whole([[maybe_unused]] R const& r, [[maybe_unused]] std::span<T> row, [[maybe_unused]] T rate) noexcept {
  if constexpr (row_regularizer<R, T>) r.shrink_row(row, rate);
  else
    static_assert(
        !of_rows<R> && !requires { r.shrink_row(row, rate); },
        "shrink_row without all that a row_regularizer of this number type has would never be called");
}

}  // namespace detail

KINDRED_END
