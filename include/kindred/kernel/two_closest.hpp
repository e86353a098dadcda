// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/kernel/batch.hpp>
#include <kindred/kernel/center_panels.hpp>
#include <kindred/kernel/lanes.hpp>
#include <kindred/kernel/lanes_closest.hpp>
#include <kindred/kernel/math.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>
#include <span>
#include <type_traits>

KINDRED_BEGIN

// Which of many centers is closest to a row, and how far behind the second is: the inner loop of k-means.
//
// Centers are compared by score(x, c) = offset(c) - <x, c>, which orders them as the distance does when offset(c) is half
// the squared length of c: one multiply-add a coordinate. They stand side by side, one a lane, and every lane adds its
// products in the order of the coordinates; so a score has the same bits however many rows and centers share the registers.
namespace kernel {

namespace detail {

// How many rows and panels share the registers: the sums fill them but for a few that hold the centers.
template <real T>
inline constexpr std::size_t closest_panels = batch<T>::size * sizeof(T) == 64 ? 4 : 2;
template <real T>
inline constexpr std::size_t closest_rows = batch<T>::size * sizeof(T) == 64 ? 6 : 4;

template <std::size_t Rows, std::size_t Panels, real T, class Out>
void meet_panels(T const* const* row, center_panels<T> const& centers, std::size_t panel, Out* out) noexcept {
  using V = batch<T>;
  V sum[Rows][Panels];
  unroll<Rows>([&](auto q) { unroll<Panels>([&](auto p) { sum[q][p] = V(T{0}); }); });
  std::size_t const dims = centers.dims();
  T const* at = centers.panel(panel);
  std::size_t const next = V::size * dims;
  for (std::size_t j = 0; j != dims; ++j, at += V::size) {
    V c[Panels];
    unroll<Panels>([&](auto p) { c[p] = V::load_unaligned(at + p * next); });
    unroll<Rows>([&](auto q) {
      V const x(row[q][j]);
      unroll<Panels>([&](auto p) { sum[q][p] = math::multiply_add(x, c[p], sum[q][p]); });
    });
  }
  unroll<Panels>([&](auto p) {
    V const offset = V::load_unaligned(centers.offsets(panel + p));
    unroll<Rows>([&](auto q) { out[q].meet(offset - sum[q][p], panel + p); });
  });
}

template <std::size_t Panels, real T, class Out>
void meet_panels(sparse_row<T> row, center_panels<T> const& centers, std::size_t panel, Out* out) noexcept {
  using V = batch<T>;
  V sum[Panels];
  unroll<Panels>([&](auto p) { sum[p] = V(T{0}); });
  T const* const at = centers.panel(panel);
  std::size_t const next = V::size * centers.dims();
  for (std::size_t e = 0; e != row.size(); ++e) {
    V const x(row.value[e]);
    T const* const c = at + row.index[e] * V::size;
    unroll<Panels>([&](auto p) { sum[p] = math::multiply_add(x, V::load_unaligned(c + p * next), sum[p]); });
  }
  unroll<Panels>([&](auto p) { out->meet(V::load_unaligned(centers.offsets(panel + p)) - sum[p], panel + p); });
}

// meet(panels, first) for the panels first ... last - 1, Most at a time.
template <std::size_t Most, class Meet>
void each_panels(std::size_t first, std::size_t last, Meet const& meet) noexcept {
  for (; first + Most <= last; first += Most) meet(std::integral_constant<std::size_t, Most>{}, first);
  if constexpr (Most > 1) each_panels<Most - 1>(first, last, meet);
}

template <real T, class Begin, class End>
void meet_rows(std::span<T const* const> rows, center_panels<T> const& centers, std::size_t first, std::size_t last,
               Begin const& begin, End const& end) noexcept {
  constexpr std::size_t tile = closest_rows<T>;
  for (std::size_t k = 0; k < rows.size(); k += tile) {
    std::size_t const count = rows.size() - k < tile ? rows.size() - k : tile;
    T const* row[tile];  // a short tile repeats its last row: simpler than a kernel of every height, and rare
    decltype(begin(k)) out[tile];
    for (std::size_t q = 0; q != tile; ++q) {
      std::size_t const own = k + (q < count ? q : count - 1);
      row[q] = rows[own];
      out[q] = begin(own);
    }
    each_panels<closest_panels<T>>(
        first, last, [&](auto panels, std::size_t p) { meet_panels<tile, panels>(row, centers, p, out); });
    for (std::size_t q = 0; q != count; ++q) end(k + q, out[q]);
  }
}

}  // namespace detail

// The two closest centers of the panels first ... last - 1 to each row, a pointer to dims() numbers. The same bits for any
// grouping of rows. O(rows x centers x dims).
template <real T>
void find_two_closest(std::span<T const* const> rows, center_panels<T> const& centers, std::size_t first,
                      std::size_t last, two_closest<T>* out) noexcept {
  detail::meet_rows<T>(
      rows, centers, first, last, [](std::size_t) { return detail::lanes_closest<T>{}; },
      [&](std::size_t k, detail::lanes_closest<T> const& closest) { out[k] = closest.best(); });
}
template <real T>
void find_two_closest(sparse_row<T> row, center_panels<T> const& centers, std::size_t first, std::size_t last,
                      two_closest<T>* out) noexcept {
  detail::lanes_closest<T> closest;
  detail::each_panels<4>(first, last,
                         [&](auto panels, std::size_t p) { detail::meet_panels<panels>(row, centers, p, &closest); });
  *out = closest.best();
}

// The scores of the same centers: those for row k begin at out[k * stride], all lanes of a panel, in order.
template <real T>
void score_centers(std::span<T const* const> rows, center_panels<T> const& centers, std::size_t first, std::size_t last,
                   T* out, std::size_t stride) noexcept {
  detail::meet_rows<T>(
      rows, centers, first, last, [&](std::size_t k) { return detail::lanes_kept<T>{out + k * stride, first}; },
      [](std::size_t, detail::lanes_kept<T> const&) {});
}
template <real T>
void score_centers(sparse_row<T> row, center_panels<T> const& centers, std::size_t first, std::size_t last,
                   T* out) noexcept {
  detail::lanes_kept<T> kept{out, first};
  detail::each_panels<4>(first, last,
                         [&](auto panels, std::size_t p) { detail::meet_panels<panels>(row, centers, p, &kept); });
}

}  // namespace kernel

KINDRED_END
