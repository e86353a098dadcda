// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/factor/gathered_systems.hpp>
#include <kindred/linalg/row_system.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/view/csr_view.hpp>

#include <cmath>
#include <cstddef>
#include <span>

KINDRED_BEGIN

namespace detail {

// Half a sweep of alternating least squares: for every row that is not empty, fill(r, row, weight, pull) writes what its
// system asks and returns the ridge, and the solution replaces start(r). finish(r, energy, ridge, row, weight) returns what the
// row adds to the objective. The sum of these.
//
// Rows depend on `vectors` alone: any number of threads, the same bits.
template <real T, executor E, class Solver, class Fill, class Start, class Finish>
[[nodiscard]] double solve_rows(E& ex, csr_view<T> rows, matrix_view<T> vectors, std::span<T const> base,
                                Solver const& solver, char const* what, Fill const& fill, Start const& start,
                                Finish const& finish) {
  constexpr std::size_t grain = 64;
  return reduce_chunks<double>(ex, rows.rows(), grain, [&](std::size_t first, std::size_t last) {
    // By solve(systems), for at most so many.
    auto const solve_by = [&](std::size_t most, auto const& solve) {
      gathered_systems<T> some(rows, vectors, base, most);
      double sum = 0;
      for (std::size_t r = first; r != last;) {
        r = some.gather(r, last, fill, start);
        if (some.size() == 0) break;
        solve(some);
        for (std::size_t q = 0; q != some.size(); ++q) {
          double const energy = some.energies()[q];
          if (!is_finite(energy))
            raise(error(error_kind::numeric).at(some.number(q))
                  << what << ' ' << some.number(q)
                  << ": the normal equations are not positive definite, or overflow; more regularization, "
                  << "or smaller values, make them so");
          auto const& system = some.systems()[q];
          sum += finish(some.number(q), energy, system.ridge, some.row(q), system.weight);
        }
      }
      return sum;
    };
    if constexpr (joint_row_solver<Solver, T>)
      if (!base.empty()) {
        auto room = solver.room(vectors.columns(), base);
        return solve_by(Solver::together,
                        [&](auto& some) { solver.solve(some.systems(), some.solutions(), room, some.energies()); });
      }
    auto room = solver.template room<T>(vectors.columns());
    return solve_by(1,
                    [&](auto& one) { one.energies()[0] = solver.solve(one.systems()[0], one.solutions()[0], room); });
  });
}

// strength (count)^power, of something that is scaled by how often it occurs.
[[nodiscard]] inline double scaled_ridge(double strength, double count, double power) noexcept {
  return power == 0 ? strength : power == 1 ? strength * count : strength * std::pow(count, power);
}

// How many rows are not empty.
template <real T>
[[nodiscard]] index_t rows_in_use(csr_view<T> rows) noexcept {
  index_t count = 0;
  for (index_t r = 0; r != rows.rows(); ++r) count += rows.row(r).empty() ? 0u : 1u;
  return count;
}

}  // namespace detail

KINDRED_END
