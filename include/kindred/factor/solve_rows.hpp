// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/linalg/row_system.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/view/csr_view.hpp>

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

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
  // Systems are solved together as long as the vectors of all of them stay in the second cache from one step to the next.
  std::size_t const nearby = 262144 / (vectors.stride() * sizeof(T) + 1);
  return reduce_chunks<double>(ex, rows.rows(), grain, [&](std::size_t first, std::size_t last) {
    // By solve(systems, solutions, energies), for at most so many systems.
    auto const solve_by = [&](std::size_t most, auto const& solve) {
      std::vector<std::size_t> number(most);
      std::vector<row_system<T>> system(most);
      std::vector<std::span<T>> x(most);
      std::vector<double> energy(most);
      std::vector<T> weight;
      std::vector<T> pull;
      double sum = 0;
      for (std::size_t r = first; r != last;) {
        std::size_t count = 0, entries = 0;
        for (; r != last && count != most; ++r) {
          std::size_t const size = rows.row(static_cast<index_t>(r)).size();
          if (size == 0) continue;
          if (count != 0 && entries + size > nearby) break;
          number[count++] = r;
          entries += size;
        }
        weight.resize(entries);
        pull.resize(entries);
        for (std::size_t q = 0, at = 0; q != count; ++q) {
          auto const row = rows.row(static_cast<index_t>(number[q]));
          auto const w = std::span<T>(weight).subspan(at, row.size()), p = std::span<T>(pull).subspan(at, row.size());
          at += row.size();
          T const ridge = fill(number[q], row, w, p);
          system[q] = {vectors, row.index, w, p, base, ridge};
          x[q] = start(number[q]);
        }
        solve(std::span<row_system<T> const>(system).first(count), std::span<std::span<T> const>(x).first(count),
              std::span<double>(energy));
        for (std::size_t q = 0; q != count; ++q) {
          if (!is_finite(energy[q]))
            raise(error(error_kind::numeric).at(number[q])
                  << what << ' ' << number[q]
                  << ": the normal equations are not positive definite, or overflow; more regularization, "
                  << "or smaller values, make them so");
          sum += finish(number[q], energy[q], system[q].ridge, rows.row(static_cast<index_t>(number[q])),
                        system[q].weight);
        }
      }
      return sum;
    };
    if constexpr (joint_row_solver<Solver, T>)
      if (!base.empty()) {
        auto room = solver.room(vectors.columns(), base);
        return solve_by(Solver::together, [&](auto systems, auto solutions, auto energies) {
          if (!systems.empty()) solver.solve(systems, solutions, room, energies);
        });
      }
    auto room = solver.template room<T>(vectors.columns());
    return solve_by(1, [&](auto systems, auto solutions, auto energies) {
      for (std::size_t q = 0; q != systems.size(); ++q) energies[q] = solver.solve(systems[q], solutions[q], room);
    });
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
