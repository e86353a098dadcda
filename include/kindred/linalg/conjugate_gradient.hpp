// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/kernel/row_products.hpp>
#include <kindred/linalg/row_system.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

KINDRED_BEGIN

// Improves the solution of a row_system by a fixed number of conjugate gradient steps from where it is, without forming its
// matrix. A model of row_solver. (Takacs, Pilaszy and Tikk, Applications of the conjugate gradient method for implicit
// feedback collaborative filtering, 2011.)
//
// 4 columns (n + columns / 2) flops a step for n rows. Alternating least squares moves the goal in every sweep anyway: two or
// three steps each, warm-started, follow it as well as exact solutions do, at a tenth of their cost for 64 columns.
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
    std::size_t const size = room.size;
    T* const r = room.residual.data();
    T* const p = room.direction.data();
    T* const image = room.image.data();

    // The residual b - A x. Beside it the sum of b' x, which is what the energy needs to know of b.
    std::fill(room.residual.begin(), room.residual.end(), T{0});
    double along = 0;
    pass(system, x.data(), size, r, [&](T product, std::size_t k) {
      along += static_cast<double>(system.pull[k]) * static_cast<double>(product);
      return system.pull[k] - system.weight[k] * product;
    });
    smooth(system, x.data(), size, image);
    for (std::size_t j = 0; j != size; ++j) r[j] -= image[j];
    along += descend(system, steps, x.data(), r, p, image);
    // x' A x - 2 b' x = x' (b - r) - 2 b' x
    return -along - static_cast<double>(kernel::dot(r, x.data(), size));
  }

  // Conjugate gradients from x on, where `residual` is b - A x for any b, not that of the system alone: at most so many steps,
  // fewer when no more is to be had. Keeps the residual, needs two rows of room; returns by how much the sum of
  // pull[k] <v_k, x> has grown. Rows have padded_size numbers.
  template <real T>
  static double descend(row_system<T> const& system, std::uint32_t steps, T* x, T* residual, T* direction,
                        T* image) noexcept {
    std::size_t const size = padded_size<T>(system.columns());
    double along = 0;
    std::copy(residual, residual + size, direction);
    T rr = kernel::dot(residual, residual, size);
    T const nothing = rr * std::numeric_limits<T>::epsilon() * std::numeric_limits<T>::epsilon();
    for (std::uint32_t step = 0; step != steps && rr > nothing; ++step) {
      double pulled = 0;
      smooth(system, direction, size, image);
      pass(system, direction, size, image, [&](T product, std::size_t k) {
        pulled += static_cast<double>(system.pull[k]) * static_cast<double>(product);
        return system.weight[k] * product;
      });
      T const curvature = kernel::dot(direction, image, size);
      if (!(curvature > 0)) break;
      T const length = rr / curvature;
      along += static_cast<double>(length) * pulled;
      kernel::axpy(length, direction, x, size);
      kernel::axpy(-length, image, residual, size);
      T const next = kernel::dot(residual, residual, size);
      T const kept = next / rr;
      for (std::size_t j = 0; j != size; ++j) direction[j] = residual[j] + kept * direction[j];
      rr = next;
    }
    return along;
  }

  void check() const {
    if (steps == 0) raise(error(error_kind::setting) << "conjugate_gradient: steps = 0; at least one is needed");
  }

private:
  // y += sum over k of coefficient(<v_k, x>, k) v_k, a few rows at a time: they are met twice, the second time nearby.
  template <real T, class Coefficient>
  static void pass(row_system<T> const& system, T const* x, std::size_t size, T* y,
                   Coefficient const& coefficient) noexcept {
    constexpr std::size_t few = 16;
    std::array<T, few> number;
    for (std::size_t first = 0; first < system.index.size(); first += few) {
      std::size_t const count = (std::min)(few, system.index.size() - first);
      auto const row_at = [&](std::size_t k) { return system.vector(first + k); };
      kernel::dot_rows(row_at, count, x, size, number.data());
      for (std::size_t k = 0; k != count; ++k) number[k] = coefficient(number[k], first + k);
      kernel::add_rows(row_at, count, number.data(), y, size);
    }
  }

  // y = (base + ridge I) x
  template <real T>
  static void smooth(row_system<T> const& system, T const* x, std::size_t size, T* y) noexcept {
    for (std::size_t j = 0; j != size; ++j) y[j] = system.ridge * x[j];
    if (system.base.empty()) return;
    auto const row_at = [&](std::size_t k) { return system.base.data() + k * size; };
    kernel::add_rows(row_at, system.columns(), x, y, size);
  }
};

KINDRED_END
