// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/batch.hpp>
#include <kindred/kernel/compiled.hpp>
#include <kindred/kernel/lanes.hpp>
#include <kindred/kernel/sums.hpp>

#include <cstddef>

KINDRED_BEGIN

namespace kernel {

// How many queries fold_panel takes at once.
inline constexpr std::size_t panel_queries = 8;

namespace detail {

// Sums of Queries queries x Rows registers of rows live in registers at once, as many as there are room for. Rows of two
// registers amortize a query's number over two steps; more would leave no room for queries.
#if defined(__AVX512F__) || defined(__aarch64__) || defined(_M_ARM64)
inline constexpr std::size_t tile_registers = 16;
#else
inline constexpr std::size_t tile_registers = 8;
#endif
inline constexpr std::size_t tile_rows = 2;

template <std::size_t Sums>
inline constexpr std::size_t tile_queries = tile_registers / tile_rows / Sums > 4   ? 8
                                            : tile_registers / tile_rows / Sums > 2 ? 4
                                            : Sums < 3                              ? 2
                                                                                    : 1;

template <std::size_t Sums, std::size_t Queries, real T, class Step>
[[gnu::flatten]] void fold_tile(Step const& step, T const* const* queries, T const* panel, std::size_t dims,
                                T* out) noexcept {
  using V = batch<T>;
  sums<V, Sums> sum[Queries][tile_rows];
  T const* query[Queries];
  unroll<Queries>([&](auto q) {
    query[q] = queries[q];
    unroll<tile_rows>([&](auto r) { sum[q][r] = all_of<Sums>(V(T{0})); });
  });
  for (std::size_t k = 0; k != dims; ++k, panel += lanes<T>) {
    V row[tile_rows];
    unroll<tile_rows>([&](auto r) { row[r] = V::load_unaligned(panel + r * V::size); });
    unroll<Queries>([&](auto q) {
      V const number(query[q][k]);
      unroll<tile_rows>([&](auto r) { sum[q][r] = step(sum[q][r], number, row[r]); });
    });
  }
  unroll<Queries>([&](auto q) {
    unroll<tile_rows>([&](auto r) {
      T* place = out + q * Sums * lanes<T> + r * V::size;
      static_cast<void>(each<Sums>(
          [&](V v) {
            v.store_unaligned(place);
            place += lanes<T>;
            return v;
          },
          sum[q][r]));
    });
  });
}

template <std::size_t Sums, std::size_t Queries, real T, class Step>
void fold_tiles(Step const& step, T const* const* queries, std::size_t count, T const* panel, std::size_t dims,
                T* out) noexcept {
  while (count >= Queries) {
    for (std::size_t r = 0; r != lanes<T>; r += tile_rows * batch<T>::size)
      fold_tile<Sums, Queries>(step, queries, panel + r, dims, out + r);
    queries += Queries;
    out += Queries * Sums * lanes<T>;
    count -= Queries;
  }
  if constexpr (Queries > 1) fold_tiles<Sums, Queries / 2>(step, queries, count, panel, dims, out);
}

template <real T>
[[nodiscard, gnu::flatten]] bool all_below_here(T const* x, T constant, T by_u, T const* u, T by_v,
                                                T const* v) noexcept {
  using V = batch<T>;
  V const p(by_u);
  V const q(by_v);
  V const c(constant);
  auto below = [&](std::size_t r) {
    return V::load_unaligned(x + r) < c + (p * V::load_unaligned(u + r) + q * V::load_unaligned(v + r));
  };
  auto all = below(0);
  for (std::size_t r = V::size; r < lanes<T>; r += V::size) all = all & below(r);
  return xsimd::all(all);
}

}  // namespace detail

// Whether x[r] < constant + (by_u u[r] + by_v v[r]) for every row r of a panel: whether none of its rows is worth a second
// look. What is not a number is not below.
template <real T>
[[nodiscard]] bool all_below(T const* x, T constant, T by_u, T const* u, T by_v, T const* v) noexcept {
  if constexpr (detail::dispatched) return simd::chosen<T>::all->all_below(x, constant, by_u, u, by_v, v);
  else return detail::all_below_here(x, constant, by_u, u, by_v, v);
}

// The sums, by step(sum, query, row), of each of `count` queries over each row of a panel of `dims` columns. Sum s of query q
// and row r is written to out[(q * Sums + s) * lanes<T> + r].
//
// A lane is a row, and its sum runs over the columns in ascending order: the bits do not depend on the registers. They are
// not those of fold, which adds along a tree; the difference is rounding, at most dims units in the last place of a sum
// without cancellation. Any number of queries may be asked, eight at a time cost least.
template <std::size_t Sums = 1, real T, class Step>
void fold_panel(Step const& step, T const* const* queries, std::size_t count, T const* panel, std::size_t dims,
                T* out) noexcept {
  if constexpr (detail::dispatched && detail::compiled_step<Step>) {
    detail::compiled_fold_panel<Step> (*simd::chosen<T>::all)(queries, count, panel, dims, out);
  } else {
    static_assert(lanes<T> % (detail::tile_rows * batch<T>::size) == 0);
    detail::fold_tiles<Sums, detail::tile_queries<Sums>>(step, queries, count, panel, dims, out);
  }
}

}  // namespace kernel

KINDRED_END
