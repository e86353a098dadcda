// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/patchable_rows.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// The nearest rows of every row, of which single lists and neighbors can be exchanged: neighbor_lists for models that take in
// new data.
template <real T>
class patchable_lists {
public:
  using value_type = T;

  // No lists yet; `keep` is how many neighbors each will hold at most.
  explicit patchable_lists(std::size_t keep) noexcept : keep_(keep) {}
  // The lists given hold no more.
  patchable_lists(neighbor_lists<T> const& from, std::size_t keep) : list_(from.rows()), keep_(keep) {
    for (index_t r = 0; r != from.rows(); ++r) list_[r].assign(from.of(r).begin(), from.of(r).end());
  }

  [[nodiscard]] index_t rows() const noexcept { return static_cast<index_t>(list_.size()); }
  [[nodiscard]] std::size_t keep() const noexcept { return keep_; }
  [[nodiscard]] std::span<neighbor<T> const> of(index_t row) const noexcept {
    return row < rows() ? std::span<neighbor<T> const>(list_[row]) : std::span<neighbor<T> const>();
  }

  void grow(index_t rows) {
    if (rows > this->rows()) list_.resize(rows);
  }

  // Replaces a whole list: any neighbors, of which the closest are kept.
  void replace(index_t row, std::vector<neighbor<T>> list) {
    std::sort(list.begin(), list.end(), is_closer<T>);
    if (list.size() > keep_) list.erase(list.begin() + static_cast<std::ptrdiff_t>(keep_), list.end());
    list_[row] = std::move(list);
  }

  // What moving a neighbor did to a list: `right` is whether the list is still the nearest (when a full list loses a
  // neighbor, or holds it last, one that was not kept may be closer), `dropped` whom it pushed out, or index_limit.
  struct moved {
    bool right;
    index_t dropped = index_limit;
  };

  // Puts one neighbor where it belongs now; a value that is not above zero takes it out.
  moved move(index_t row, neighbor<T> one) {
    auto& list = list_[row];
    bool const full = list.size() == keep_;
    auto const before = std::find_if(list.begin(), list.end(), [&](neighbor<T> const& n) { return n.id == one.id; });
    bool const held = before != list.end();
    if (held) list.erase(before);
    if (!(one.value > 0)) return {!(held && full), held ? one.id : index_limit};
    auto const at = list.insert(std::upper_bound(list.begin(), list.end(), one, is_closer<T>), one);
    moved result{!(held && full && at + 1 == list.end())};
    if (list.size() > keep_) {
      result.dropped = list.back().id;
      list.pop_back();
    }
    return result;
  }

  friend bool operator==(patchable_lists const&, patchable_lists const&) = default;

private:
  std::vector<std::vector<neighbor<T>>> list_;
  std::size_t keep_;
};

// The other way round: row i holds the rows that have i among their neighbors, and how near they are.
template <real T>
[[nodiscard]] patchable_rows<T> transposed(patchable_lists<T> const& lists, index_t columns) {
  patchable_rows<T> out;
  out.grow(columns, lists.rows());
  for (index_t r = 0; r != lists.rows(); ++r)
    for (auto const& one : lists.of(r)) out.set(one.id, r, one.value);
  return out;
}

KINDRED_END
