// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/kernel/rank_update.hpp>
#include <kindred/kernel/row_products.hpp>
#include <kindred/linalg/cholesky_factor.hpp>
#include <kindred/linalg/row_system.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

KINDRED_BEGIN

// Improves the solution of a row_system block of columns by block, each solved exactly with the others held: block
// coordinate descent. A model of row_solver. (Rendle, Krichene, Zhang and Koren, iALS++: speeding up matrix factorization
// with subspace optimization, 2021.)
//
// n columns (block + 4) flops for n rows, and columns block^2 / 3 + 2 columns^2: between conjugate gradients and the exact
// solution, and for many columns better than either. A block takes whole cache lines of columns; one of all columns is the
// exact solution.
struct subspace {
  std::uint32_t block = 32;

  template <real T>
  struct workspace {
    workspace(std::size_t columns, std::size_t at_once)
        : size(padded_size<T>(columns)),
          width((std::min)(padded_size<T>(at_once), size)),
          tile((std::max)(std::size_t{16}, 4096 / (width + 1))),
          slope(size),
          matrix(width * width),
          rows(tile * width),
          step(width) {}
    std::size_t size;
    std::size_t width;
    std::size_t tile;
    buffer<T> slope;
    buffer<T> matrix;
    buffer<T> rows;
    buffer<T> step;
    std::vector<T> product;  // <v_k, x>
    std::vector<T> gap;
  };
  template <real T>
  [[nodiscard]] workspace<T> room(std::size_t columns) const {
    return {columns, block};
  }

  template <real T>
  [[nodiscard]] double solve(row_system<T> const& system, std::span<T> x, workspace<T>& room) const {
    std::size_t const size = room.size;
    std::size_t const n = system.index.size();
    room.product.resize(n);
    room.gap.resize(n);
    auto const row_at = [&](std::size_t k) { return system.vector(k); };
    kernel::dot_rows(row_at, n, x.data(), size, room.product.data());
    // slope = (base + ridge I) x
    for (std::size_t j = 0; j != size; ++j) room.slope[j] = system.ridge * x[j];
    auto const base_at = [&](std::size_t k) { return system.base.data() + k * size; };
    if (!system.base.empty()) kernel::add_rows(base_at, system.columns(), x.data(), room.slope.data(), size);

    for (std::size_t first = 0; first < system.columns(); first += room.width) {
      std::size_t const width = (std::min)(room.width, size - first);
      std::size_t const live = (std::min)(width, system.columns() - first);
      auto const part_at = [&](std::size_t k) { return system.vector(k) + first; };
      form(system, first, width, live, room);
      // The descent direction in the block: pulls less what is there.
      for (std::size_t k = 0; k != n; ++k) room.gap[k] = system.pull[k] - system.weight[k] * room.product[k];
      for (std::size_t j = 0; j != width; ++j) room.step[j] = -room.slope[first + j];
      kernel::add_rows(part_at, n, room.gap.data(), room.step.data(), width);
      std::span<T> const matrix = room.matrix.span().first(width * width);
      if (!cholesky_factor(matrix, live)) return std::numeric_limits<double>::infinity();
      cholesky_solve<T>(matrix, live, room.step.span().first(width));

      for (std::size_t j = 0; j != width; ++j) x[first + j] += room.step[j];
      kernel::dot_rows(part_at, n, room.step.data(), width, room.gap.data());
      for (std::size_t k = 0; k != n; ++k) room.product[k] += room.gap[k];
      for (std::size_t j = 0; j != width; ++j) room.slope[first + j] += system.ridge * room.step[j];
      auto const base_part_at = [&](std::size_t k) { return system.base.data() + (first + k) * size; };
      if (!system.base.empty()) kernel::add_rows(base_part_at, live, room.step.data(), room.slope.data(), size);
    }
    double energy = static_cast<double>(kernel::dot(room.slope.data(), x.data(), size));
    for (std::size_t k = 0; k != n; ++k) {
      auto const s = static_cast<double>(room.product[k]);
      energy += s * (static_cast<double>(system.weight[k]) * s - 2 * static_cast<double>(system.pull[k]));
    }
    return energy;
  }

  void check() const {
    if (block == 0) raise(error(error_kind::setting) << "subspace: block = 0; at least one column is needed");
  }

private:
  // The matrix of the system, as far as it concerns `width` columns from `first` on, in room.matrix.
  template <real T>
  static void form(row_system<T> const& system, std::size_t first, std::size_t width, std::size_t live,
                   workspace<T>& room) noexcept {
    T* const a = room.matrix.data();
    if (system.base.empty()) {
      std::fill(a, a + width * width, T{0});
    } else {
      for (std::size_t r = 0; r != width; ++r) {
        T const* const from = system.base.data() + (first + r) * room.size + first;
        std::copy(from, from + width, a + r * width);
      }
    }
    for (std::size_t j = 0; j != live; ++j) a[j * width + j] += system.ridge;
    for (std::size_t from = 0; from < system.index.size(); from += room.tile) {
      std::size_t const count = (std::min)(room.tile, system.index.size() - from);
      for (std::size_t k = 0; k != count; ++k) {
        T const scale = std::sqrt(system.weight[from + k]);
        T const* const row = system.vector(from + k) + first;
        T* const to = room.rows.data() + k * width;
        for (std::size_t j = 0; j != width; ++j) to[j] = scale * row[j];
      }
      kernel::rank_update(room.rows.data(), count, width, a, width, width);
    }
  }
};

KINDRED_END
