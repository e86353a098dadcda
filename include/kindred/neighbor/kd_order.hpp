// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/row.hpp>
#include <kindred/view/unchecked.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Where a box is cut: the halves are up to `below` and from `above` on in one column.
template <real T>
struct kd_split {
  index_t column = 0;
  T below = 0;
  T above = 0;
};

// Orders rows so that each run of `width` of them is a small box: halves at the median of the widest column, at multiples of
// the width. The cut between groups g - 1 and g, of the one box in which it is the middle, is split[g].
template <real T>
class kd_order {
public:
  kd_order(matrix_view<T> rows, std::size_t width, std::span<index_t> order, std::span<kd_split<T>> split) noexcept
      : rows_(rows), width_(width), order_(order), split_(split) {}

  // The upper boxes level by level, a task each; the lower ones whole, with their rows copied together. Which boxes are
  // which depends on sizes alone.
  template <class E>
  void build(E& ex) {
    for (index_t r = 0; r != rows_.rows(); ++r) order_[r] = r;
    std::vector<box> upper, lower;
    sort_out({0, (order_.size() + width_ - 1) / width_}, upper, lower);
    while (!upper.empty()) {
      ex.bulk(upper.size(), [&](std::size_t k) {
        std::vector<key> keys;
        halve(rows_, upper[k], order_of(upper[k]), keys);
      });
      std::vector<box> next;
      for (box const b : upper) {
        sort_out({b.first, middle(b)}, next, lower);
        sort_out({middle(b), b.last}, next, lower);
      }
      upper.swap(next);
    }
    ex.bulk(lower.size(), [&](std::size_t k) { build_lower(lower[k]); });
  }

private:
  static constexpr std::size_t lower_rows = 16384;

  struct box {  // groups
    std::size_t first;
    std::size_t last;
  };
  struct key {
    T value;
    index_t id;
  };

  void sort_out(box b, std::vector<box>& upper, std::vector<box>& lower) const {
    if (b.last > b.first) ((b.last - b.first) * width_ > lower_rows ? upper : lower).push_back(b);
  }
  [[nodiscard]] static std::size_t middle(box b) noexcept { return b.first + (b.last - b.first) / 2; }
  [[nodiscard]] std::span<index_t> order_of(box b) const noexcept {
    return order_.subspan(b.first * width_, (std::min)(b.last * width_, order_.size()) - b.first * width_);
  }

  // Cuts a box of more than one group in two; `order` is its part, of rows of `rows`.
  void halve(matrix_view<T> rows, box b, std::span<index_t> order, std::vector<key>& keys) {
    index_t const column = widest(rows, order);
    keys.resize(order.size());
    for (std::size_t k = 0; k != order.size(); ++k) keys[k] = {rows.row(order[k])[column], order[k]};
    auto const half = keys.begin() + static_cast<std::ptrdiff_t>((middle(b) - b.first) * width_);
    std::nth_element(keys.begin(), half, keys.end(),
                     [](key const& x, key const& y) { return x.value != y.value ? x.value < y.value : x.id < y.id; });
    T below = keys[0].value;
    for (auto k = keys.begin(); k != half; ++k) below = (std::max)(below, k->value);
    split_[middle(b)] = {column, below, half->value};
    for (std::size_t k = 0; k != order.size(); ++k) order[k] = keys[k].id;
  }

  [[nodiscard]] static index_t widest(matrix_view<T> rows, std::span<index_t const> order) {
    dense_row<T> const one = rows.row(order[0]);
    std::vector<T> least(one.begin(), one.end()), most = least;
    for (index_t const r : order) {
      T const* const row = rows.row(r).data();
      for (std::size_t k = 0; k != least.size(); ++k) {
        least[k] = (std::min)(least[k], row[k]);
        most[k] = (std::max)(most[k], row[k]);
      }
    }
    std::size_t column = 0;
    for (std::size_t k = 1; k < least.size(); ++k)
      if (most[k] / 2 - least[k] / 2 > most[column] / 2 - least[column] / 2) column = k;  // halves do not overflow
    return static_cast<index_t>(column);
  }

  void build_lower(box all) {
    auto const order = order_of(all);
    index_t const columns = rows_.columns();
    std::vector<index_t> const id(order.begin(), order.end());
    std::vector<T> near_by;
    near_by.reserve(id.size() * columns);
    for (std::size_t k = 0; k != id.size(); ++k) {
      dense_row<T> const row = rows_.row(id[k]);
      near_by.insert(near_by.end(), row.begin(), row.end());
      order[k] = static_cast<index_t>(k);
    }
    matrix_view<T> const rows(unchecked, near_by.data(), static_cast<index_t>(id.size()), columns, columns);
    std::vector<key> keys;
    std::vector<box> boxes = {all};
    while (!boxes.empty()) {
      box const b = boxes.back();
      boxes.pop_back();
      if (b.last - b.first == 1) continue;
      halve(rows, b, order_of(b), keys);
      boxes.push_back({b.first, middle(b)});
      boxes.push_back({middle(b), b.last});
    }
    for (index_t& r : order) r = id[r];
  }

  matrix_view<T> rows_;
  std::size_t width_;
  std::span<index_t> order_;
  std::span<kd_split<T>> split_;
};

}  // namespace detail

KINDRED_END
