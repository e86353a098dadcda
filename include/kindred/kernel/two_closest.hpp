// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/config.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/batch.hpp>
#include <kindred/kernel/lanes.hpp>
#include <kindred/kernel/math.hpp>
#include <kindred/view/row.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <limits>
#include <span>
#include <type_traits>

KINDRED_BEGIN

// Which of many centers is closest to a row, and how far behind the second is: the inner loop of k-means.
//
// Centers are compared by score(x, c) = offset(c) - <x, c>, which orders them as the distance does when offset(c) is half
// the squared length of c: one multiply-add a coordinate. They stand side by side, one a lane, and every lane adds its
// products in the order of the coordinates; so a score has the same bits however many rows and centers share the registers.
namespace kernel {

template <real T>
struct two_closest {
  T first;     // the lowest score
  T second;    // the lowest of the others; the largest number when there is no other
  index_t id;  // whose `first` is; the lowest of those with equal scores
};

// Centers, laid out one a lane. A panel is as many centers as a register has lanes; lanes without a center never win.
template <real T>
class center_panels {
public:
  static constexpr std::size_t width = batch<T>::size;

  center_panels() = default;
  center_panels(index_t centers, index_t dims)
      : centers_(centers),
        dims_(dims),
        panels_((std::size_t{centers} + width - 1) / width),
        value_(panels_ * width * dims, T{0}),
        offset_(panels_ * width, (std::numeric_limits<T>::max)()) {}

  [[nodiscard]] index_t centers() const noexcept { return centers_; }
  [[nodiscard]] index_t dims() const noexcept { return dims_; }
  [[nodiscard]] std::size_t panels() const noexcept { return panels_; }

  // Panel p begins at coordinate j with panel(p) + j * width.
  [[nodiscard]] T const* panel(std::size_t p) const noexcept { return value_.data() + p * width * dims_; }
  [[nodiscard]] T const* offsets(std::size_t p) const noexcept { return offset_.data() + p * width; }

  void set(index_t center, T offset, std::span<T const> row) noexcept {
    T* const lane = value_.data() + center / width * width * dims_ + center % width;
    for (std::size_t j = 0; j != dims_; ++j) lane[j * width] = row[j];
    offset_[center] = offset;
  }

private:
  index_t centers_ = 0;
  index_t dims_ = 0;
  std::size_t panels_ = 0;
  buffer<T> value_;
  buffer<T> offset_;
};

namespace detail {

// How many rows and panels share the registers: the sums fill them but for a few that hold the centers.
template <real T>
inline constexpr std::size_t closest_panels = batch<T>::size * sizeof(T) == 64 ? 4 : 2;
template <real T>
inline constexpr std::size_t closest_rows = batch<T>::size * sizeof(T) == 64 ? 6 : 4;

// The smallest number of a register.
template <class V>
[[nodiscard]] typename V::value_type lowest_lane(V x) noexcept {
  using T = typename V::value_type;
#if defined(__AVX512F__)
  if constexpr (std::is_same_v<T, float> && V::size == 16) return _mm512_reduce_min_ps(x);
  if constexpr (std::is_same_v<T, double> && V::size == 8) return _mm512_reduce_min_pd(x);
#endif
  T lane[V::size];
  x.store_unaligned(lane);
  for (std::size_t half = V::size / 2; half != 0; half /= 2)
    for (std::size_t k = 0; k != half; ++k) lane[k] = lane[k + half] < lane[k] ? lane[k + half] : lane[k];
  return lane[0];
}

// Bit l says whether the lanes l of both are equal.
template <class V>
[[nodiscard]] unsigned lanes_equal(V x, V y) noexcept {
  using T = typename V::value_type;
#if defined(__AVX512F__)
  if constexpr (std::is_same_v<T, float> && V::size == 16) return _mm512_cmp_ps_mask(x, y, _CMP_EQ_OQ);
  if constexpr (std::is_same_v<T, double> && V::size == 8) return _mm512_cmp_pd_mask(x, y, _CMP_EQ_OQ);
#endif
  T a[V::size];
  T b[V::size];
  x.store_unaligned(a);
  y.store_unaligned(b);
  unsigned bits = 0;
  for (std::size_t l = 0; l != V::size; ++l) bits |= unsigned{a[l] == b[l]} << l;
  return bits;
}

template <real T>
inline constexpr auto lane_numbers = [] {
  std::array<T, batch<T>::size> all{};
  for (std::size_t l = 0; l != all.size(); ++l) all[l] = static_cast<T>(l);
  return all;
}();

// True in one lane.
template <real T>
[[nodiscard]] auto lane_is(std::size_t lane) noexcept {
  return batch<T>::load_unaligned(lane_numbers<T>.data()) == batch<T>(static_cast<T>(lane));
}

// The running result of one row: in every lane, the best of the centers that this lane has seen.
template <real T>
struct lanes_closest {
  using V = batch<T>;
  V first = V((std::numeric_limits<T>::max)());
  V second = V((std::numeric_limits<T>::max)());
  V panel = V(T{0});

  void meet(V score, std::size_t its_number) noexcept {
    V const its_panel(static_cast<T>(its_number));
    second = (xsimd::min)(second, (xsimd::max)(first, score));
    panel = xsimd::select(score < first, its_panel, panel);
    first = (xsimd::min)(first, score);
  }

  [[nodiscard]] two_closest<T> best() const noexcept {
    T const lowest = lowest_lane(first);
    unsigned tied = lanes_equal(first, V(lowest));
    T place[V::size];
    panel.store_unaligned(place);
    index_t id = index_limit;
    std::size_t winner = 0;
    for (; tied != 0; tied &= tied - 1) {  // one lane, but for ties
      auto const lane = static_cast<std::size_t>(std::countr_zero(tied));
      index_t const its_id =
          static_cast<index_t>(place[lane]) * static_cast<index_t>(V::size) + static_cast<index_t>(lane);
      if (its_id < id) {
        id = its_id;
        winner = lane;
      }
    }
    return {lowest, lowest_lane(V(xsimd::select(lane_is<T>(winner), second, first))), id};
  }
};

// The same for whoever wants all scores.
template <real T>
struct lanes_kept {
  using V = batch<T>;
  T* out = nullptr;
  std::size_t first = 0;  // the panel that goes to out[0]

  void meet(V score, std::size_t panel) const noexcept { score.store_unaligned(out + (panel - first) * V::size); }
};

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
