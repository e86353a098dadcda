// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/row_products.hpp>
#include <kindred/view/matrix_view.hpp>

#include <concepts>
#include <cstddef>
#include <span>

KINDRED_BEGIN

// The least squares problem of one user or item, the others held: to minimize over x
//
//   energy(x) = x' (base + ridge I + sum over k of weight[k] v_k v_k') x - 2 sum over k of pull[k] v_k' x
//
// where v_k is row index[k] of `vectors`, whose rows are padded with zeros to whole cache lines. Weights are zero or more;
// `base` is symmetric and positive semidefinite, padded_size rows of as many numbers, or empty for zeros.
template <real T>
struct row_system {
  matrix_view<T> vectors;
  std::span<index_t const> index;
  std::span<T const> weight;
  std::span<T const> pull;
  std::span<T const> base;
  T ridge;

  [[nodiscard]] std::size_t columns() const noexcept { return vectors.columns(); }
  [[nodiscard]] T const* vector(std::size_t k) const noexcept {
    return vectors.data() + std::size_t{index[k]} * vectors.stride();
  }
};

// What minimizes the energy of row_systems, or lowers it. A solver is a few settings; what it needs of memory for systems of
// so many columns is made once for many of them: auto room = solver.template room<T>(columns).
//
// solver.solve(system, x, room) takes in x, of padded size, what is known so far, and leaves there something of no higher
// energy; it returns that energy. What is not finite, no positive definite matrix or numbers too large, gives an energy
// that is not finite.
template <class S, class T>
concept row_solver = std::copyable<S> && requires(S const& solver, row_system<T> const& system, std::span<T> x) {
  solver.template room<T>(std::size_t{});
  requires requires(decltype(solver.template room<T>(std::size_t{}))& room) {
    { solver.solve(system, x, room) } -> std::same_as<double>;
  };
};

// A row_solver that solves several systems of one base for less than one after another: at most S::together of them, by
//
//   auto room = solver.room(columns, base);
//   solver.solve(systems, x, room, energy);
//
// which does for each what solve does for one; x are their solutions, energy gets what solve returns.
template <class S, class T>
concept joint_row_solver =
    row_solver<S, T> && requires(S const& solver, std::span<T const> base, std::span<row_system<T> const> systems,
                                 std::span<std::span<T> const> x, std::span<double> energy) {
      requires S::together > 1;
      solver.room(std::size_t{}, base);
      requires requires(decltype(solver.room(std::size_t{}, base))& room) { solver.solve(systems, x, room, energy); };
    };

KINDRED_END
