// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/content/profile.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/csr.hpp>
#include <kindred/data/feature_table.hpp>
#include <kindred/data/features.hpp>
#include <kindred/data/transposed.hpp>
#include <kindred/neighbor/row_lookup.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// The items of a content_model: their features, and what profiles are matched with again and again - how long each row is, how
// typical of all items, and the items of every column.
template <real T>
class described_items {
public:
  described_items() = default;
  explicit described_items(features<T, item_id> about) : about_(std::move(about)) { measure_all(); }

  static void fields(auto& self, auto& visit) { visit("about", self.about_); }
  void restore() { measure_all(); }

  [[nodiscard]] features<T, item_id> const& about() const noexcept { return about_; }
  [[nodiscard]] bool knows(item_id i) const noexcept { return inverse_length(i) != 0; }
  // Of the features of an item; 0 for one that is not known.
  [[nodiscard]] T inverse_length(item_id i) const noexcept {
    return to_index(i) < inverse_length_.size() ? inverse_length_[to_index(i)] : T{0};
  }
  [[nodiscard]] std::span<T const> inverse_lengths() const noexcept { return inverse_length_; }
  // The product of the features of a known item, at length one, and what is typical.
  [[nodiscard]] double typical_of(item_id i) const noexcept { return typical_of_[to_index(i)]; }

  // The match of one item after the other with one profile.
  class match {
  public:
    match(described_items const& items, sparse_row<T> drawn, double typical, std::size_t questions) noexcept
        : items_(items), drawn_(drawn), typical_(typical), column_(drawn.index, questions * 16) {}
    [[nodiscard]] T operator()(item_id i) const noexcept {
      if (drawn_.empty() || !items_.knows(i)) return T{0};
      auto const row = items_.about_.of(i);
      double sum = 0;
      for (std::size_t k = 0; k != row.size(); ++k) {
        std::size_t const at = column_.find(row.index[k]);
        if (at != drawn_.size()) sum += static_cast<double>(drawn_.value[at]) * static_cast<double>(row.value[k]);
      }
      return static_cast<T>(sum * static_cast<double>(items_.inverse_length(i)) - typical_ * items_.typical_of(i));
    }

  private:
    described_items const& items_;
    sparse_row<T> drawn_;
    double typical_;
    row_lookup column_;
  };

  // The same of the items first, first + 1, ...: by walking the columns of the profile, so that what items do not share with it
  // costs nothing. out.size() <= range_block.
  void match_range(sparse_row<T> drawn, double typical, item_id first, std::span<T> out) const noexcept {
    index_t const from = to_index(first);
    std::size_t const indexed =
        from < indexed_ ? (std::min)(out.size(), static_cast<std::size_t>(indexed_ - from)) : std::size_t{0};
    match_indexed(drawn, typical, from, out.first(indexed));
    if (indexed == out.size()) return;
    match const how(*this, drawn, typical, out.size() - indexed);
    for (std::size_t k = indexed; k != out.size(); ++k) out[k] = how(item_id{from + static_cast<index_t>(k)});
  }

  // Items that are new, or of which something else is known now; returns them. Throws as features::add does; nothing has changed
  // then. Amortized O(row) for ids beyond all others, O(features of all items) else.
  std::vector<index_t> add(feature_table<item_id> const& more) {
    auto rows = about_.rows_of(more);
    about_.add(rows);
    make_room();
    if ((rows.size() != 0 && rows.entity[0] < indexed_) || about_.size() - indexed_ > indexed_ / 8 + 1024) index_all();
    for (index_t const i : rows.entity) measure(i);
    return std::move(rows.entity);
  }

private:
  void match_indexed(sparse_row<T> drawn, double typical, index_t from, std::span<T> out) const noexcept {
    std::array<double, range_block> sum;
    std::fill_n(sum.begin(), out.size(), 0.0);
    for (std::size_t k = 0; k != drawn.size(); ++k) {
      auto const column = by_column_.row(drawn.index[k]);
      auto const* at = std::lower_bound(column.index.data(), column.index.data() + column.size(), from);
      auto j = static_cast<std::size_t>(at - column.index.data());
      auto const strength = static_cast<double>(drawn.value[k]);
      for (; j != column.size() && column.index[j] - from < out.size(); ++j)
        sum[column.index[j] - from] += strength * static_cast<double>(column.value[j]);
    }
    for (std::size_t k = 0; k != out.size(); ++k) {
      index_t const i = from + static_cast<index_t>(k);
      bool const known = !drawn.empty() && inverse_length_[i] != 0;
      out[k] =
          known ? static_cast<T>(sum[k] * static_cast<double>(inverse_length_[i]) - typical * typical_of_[i]) : T{0};
    }
  }

  void measure_all() {
    make_room();
    for (index_t i = 0; i != about_.size(); ++i) measure(i);
    index_all();
  }
  void make_room() {
    inverse_length_.resize(about_.size());
    typical_of_.resize(about_.size());
  }
  void measure(index_t i) {
    auto const row = about_.of(item_id{i});
    double sum = 0;
    for (std::size_t k = 0; k != row.size(); ++k)
      sum += static_cast<double>(row.value[k]) * about_.typical()[row.index[k]];
    inverse_length_[i] = detail::inverse_length(row);
    typical_of_[i] = sum * static_cast<double>(inverse_length_[i]);
  }
  // Lists the items by column; those that come later are matched one by one until they are many.
  void index_all() {
    by_column_ = transposed(about_.rows());
    indexed_ = about_.size();
  }

  features<T, item_id> about_;
  csr<T> by_column_;  // items 0 ... indexed_ - 1
  index_t indexed_ = 0;
  std::vector<T> inverse_length_;
  std::vector<double> typical_of_;
};

}  // namespace detail

KINDRED_END
