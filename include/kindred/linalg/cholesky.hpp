// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/rank_update.hpp>
#include <kindred/kernel/row_products.hpp>
#include <kindred/linalg/cholesky_factor.hpp>
#include <kindred/linalg/row_system.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>

KINDRED_BEGIN

// Solves a row_system exactly: forms its matrix and takes it apart. A model of row_solver.
//
// n columns^2 flops for n rows, and columns^3 / 3: for few columns, for a few exact sweeps, and where the last digit of the
// objective counts. Memory: columns^2 numbers a thread.
struct cholesky {
  template <real T>
  struct workspace {
    explicit workspace(std::size_t columns)
        : size(padded_size<T>(columns)),
          tile((std::max)(std::size_t{16}, 4096 / (size + 1))),
          matrix(size * size),
          rows(tile * size),
          right(size) {}
    std::size_t size;
    std::size_t tile;  // rows that fit the nearest cache together
    buffer<T> matrix;
    buffer<T> rows;
    buffer<T> right;
  };
  template <real T>
  [[nodiscard]] workspace<T> room(std::size_t columns) const {
    return workspace<T>(columns);
  }

  template <real T>
  [[nodiscard]] double solve(row_system<T> const& system, std::span<T> x, workspace<T>& room) const noexcept {
    std::size_t const size = room.size;
    form(system, room);
    std::fill(room.right.begin(), room.right.end(), T{0});
    auto const row_at = [&](std::size_t k) { return system.vector(k); };
    kernel::add_rows(row_at, system.index.size(), system.pull.data(), room.right.data(), size);
    if (!cholesky_factor(room.matrix.span(), system.columns())) return std::numeric_limits<double>::infinity();
    std::copy(room.right.begin(), room.right.end(), x.begin());
    cholesky_solve<T>(room.matrix.span(), system.columns(), x);
    return -static_cast<double>(kernel::dot(room.right.data(), x.data(), size));
  }

  // The matrix of a system, its upper triangle, in room.matrix.
  template <real T>
  static void form(row_system<T> const& system, workspace<T>& room) noexcept {
    std::size_t const size = room.size;
    T* const a = room.matrix.data();
    if (system.base.empty()) std::fill(room.matrix.begin(), room.matrix.end(), T{0});
    else std::copy(system.base.begin(), system.base.end(), a);
    for (std::size_t j = 0; j != system.columns(); ++j) a[j * size + j] += system.ridge;
    for (std::size_t first = 0; first < system.index.size(); first += room.tile) {
      std::size_t const count = (std::min)(room.tile, system.index.size() - first);
      for (std::size_t k = 0; k != count; ++k) {
        T const scale = std::sqrt(system.weight[first + k]);
        T const* const from = system.vector(first + k);
        T* const to = room.rows.data() + k * size;
        for (std::size_t j = 0; j != size; ++j) to[j] = scale * from[j];
      }
      kernel::rank_update(room.rows.data(), count, size, a, size, size);
    }
  }
};

KINDRED_END
