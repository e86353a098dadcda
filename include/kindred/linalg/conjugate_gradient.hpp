// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/lanes.hpp>
#include <kindred/kernel/panel.hpp>
#include <kindred/kernel/row_products.hpp>
#include <kindred/kernel/steps.hpp>
#include <kindred/linalg/conjugate_descent.hpp>
#include <kindred/linalg/row_system.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// Improves the solution of a row_system by a fixed number of conjugate gradient steps from where it is, without forming its
// matrix. A model of row_solver. (Takacs, Pilaszy and Tikk, Applications of the conjugate gradient method for implicit
// feedback collaborative filtering, 2011.)
//
// 4 columns (n + columns / 2) flops a step for n rows. Alternating least squares moves the goal in every sweep anyway: two or
// three steps each, warm-started, follow it as well as exact solutions do, in a third of the time with 64
// columns (bench/solver/implicit_als.cpp).
//
// Several systems of one base take their steps side by side, which makes the base's product with all directions a matrix product:
// the base, the larger part of the work where rows are few, is read once for all of them. With 256 columns a
// fit takes 4 % less time for it on 800 000 clicks of few users, a tenth less on 20 million of a million.
struct conjugate_gradient {
  std::uint32_t steps = 3;

  template <real T>
  struct workspace {
    explicit workspace(std::size_t columns)
        : size(padded_size<T>(columns)), residual(size), direction(size), image(size) {}
    std::size_t size;
    buffer<T> residual;
    buffer<T> direction;
    buffer<T> image;
  };
  template <real T>
  [[nodiscard]] workspace<T> room(std::size_t columns) const {
    return workspace<T>(columns);
  }

  template <real T>
  [[nodiscard]] double solve(row_system<T> const& system, std::span<T> x, workspace<T>& room) const noexcept {
    detail::conjugate_descent<T> descent(system, x.data(), room.residual.data(), room.direction.data(),
                                         room.image.data());
    smooth(system, x.data(), room.image.data());
    descent.begin();
    run(descent, steps);
    return descent.energy();
  }

  static constexpr std::size_t together = kernel::panel_queries;

  // Room for as many systems as `together`, and the base in panels, as matrix products read it.
  template <real T>
  struct shared_workspace {
    shared_workspace(std::size_t columns, std::span<T const> base)
        : size(padded_size<T>(columns)),
          panels(base.size() + size * kernel::lanes<T>, T{0}),
          rows(3 * together * size) {
      // The base is symmetric: row k of a panel of columns is a piece of its row k.
      for (std::size_t k = 0; k != columns; ++k)
        for (std::size_t c = 0; c < size; c += kernel::lanes<T>)
          std::copy_n(base.data() + k * size + c, (std::min)(kernel::lanes<T>, size - c),
                      panels.data() + c * columns + k * kernel::lanes<T>);
    }
    std::size_t size;
    buffer<T> panels;
    buffer<T> rows;
  };
  template <real T>
  [[nodiscard]] shared_workspace<T> room(std::size_t columns, std::span<T const> base) const {
    return {columns, base};
  }

  template <real T>
  void solve(std::span<row_system<T> const> systems, std::span<std::span<T> const> x, shared_workspace<T>& room,
             std::span<double> energy) const {
    std::vector<detail::conjugate_descent<T>> descents;
    descents.reserve(systems.size());
    T* place = room.rows.data();
    for (std::size_t q = 0; q != systems.size(); ++q, place += 3 * room.size)
      descents.emplace_back(systems[q], x[q].data(), place, place + room.size, place + 2 * room.size);
    smooth_all<T>(descents, room, [](auto const& one) { return one.solution(); });
    for (auto& one : descents) one.begin();
    auto const goes_on = [](auto const& one) { return one.goes_on(); };
    for (std::uint32_t step = 0; step != steps && std::any_of(descents.begin(), descents.end(), goes_on); ++step) {
      smooth_all<T>(descents, room, [](auto const& one) { return one.direction(); });
      for (auto& one : descents)
        if (one.goes_on()) one.step();
    }
    for (std::size_t q = 0; q != systems.size(); ++q) energy[q] = descents[q].energy();
  }

  // Conjugate gradients from x on, where `residual` is b - A x for any b, not that of the system alone: at most so many steps,
  // fewer when no more is to be had. Keeps the residual, needs two rows of room.
  template <real T>
  static void descend(row_system<T> const& system, std::uint32_t steps, T* x, T* residual, T* direction,
                      T* image) noexcept {
    detail::conjugate_descent<T> descent(system, x, residual, direction, image);
    descent.set_out();
    run(descent, steps);
  }

  void check() const {
    if (steps == 0) raise(error(error_kind::setting) << "conjugate_gradient: steps = 0; at least one is needed");
  }

private:
  template <real T>
  static void run(detail::conjugate_descent<T>& descent, std::uint32_t steps) noexcept {
    for (std::uint32_t step = 0; step != steps && descent.goes_on(); ++step) {
      smooth(descent.system(), descent.direction(), descent.product());
      descent.step();
    }
  }

  // y = (base + ridge I) x
  template <real T>
  static void smooth(row_system<T> const& system, T const* x, T* y) noexcept {
    std::size_t const size = padded_size<T>(system.columns());
    for (std::size_t j = 0; j != size; ++j) y[j] = system.ridge * x[j];
    if (system.base.empty()) return;
    auto const row_at = [&](std::size_t k) { return system.base.data() + k * size; };
    kernel::add_rows(row_at, system.columns(), x, y, size);
  }

  // The same for each, x by what(descent).
  template <real T, class What>
  static void smooth_all(std::span<detail::conjugate_descent<T>> descents, shared_workspace<T> const& room,
                         What const& what) noexcept {
    if (descents.size() == 1) return smooth(descents[0].system(), what(descents[0]), descents[0].product());
    std::array<T const*, together> x;
    for (std::size_t q = 0; q != descents.size(); ++q) x[q] = what(descents[q]);
    std::size_t const columns = descents.front().system().columns();
    std::array<T, together * kernel::lanes<T>> sums;
    for (std::size_t c = 0; c < room.size; c += kernel::lanes<T>) {
      kernel::fold_panel(kernel::dot_step{}, x.data(), descents.size(), room.panels.data() + c * columns, columns,
                         sums.data());
      std::size_t const count = (std::min)(kernel::lanes<T>, room.size - c);
      for (std::size_t q = 0; q != descents.size(); ++q) {
        T const ridge = descents[q].system().ridge;
        T* const y = descents[q].product() + c;
        for (std::size_t j = 0; j != count; ++j) y[j] = ridge * x[q][c + j] + sums[q * kernel::lanes<T> + j];
      }
    }
  }
};

KINDRED_END
