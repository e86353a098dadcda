// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/example_table.hpp>
#include <kindred/data/features.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/random.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

KINDRED_BEGIN

// What is known of a user and an item together, as columns for a linear model: first those of the user, then those of the item,
// then 2^cross_bits into which every feature of the one with every feature of the other is hashed ("is a student" with "is
// cheap"). Without crosses (cross_bits = 0) all users get the items in the same order.
template <real T>
struct pair_features {
  user_features<T> users;
  item_features<T> items;
  std::uint32_t cross_bits = 16;

  static constexpr stored_format format{"pair_features", 1};
  static void fields(auto& self, auto& visit) {
    visit("users", self.users);
    visit("items", self.items);
    visit("cross_bits", self.cross_bits);
  }
  void restore() const { check(); }

  // Throws error{setting} when cross_bits is above 30, error{shape} when there are more columns than can be numbered.
  void check() const {
    if (cross_bits > 30)
      raise(error(error_kind::setting) << "pair_features: cross_bits = " << cross_bits << "; it goes from 0 to 30");
    if (std::uint64_t{users.columns()} + items.columns() + crosses() >= index_limit)
      raise(error(error_kind::shape) << "pair_features: more columns than can be numbered");
  }

  [[nodiscard]] index_t columns() const noexcept { return users.columns() + items.columns() + crosses(); }

  // Calls visit(column, value) for everything that is known of the pair, in no ascending order; crosses may meet in a column.
  template <class Visit>
  void each(user_id u, item_id i, Visit const& visit) const {
    auto const of_user = users.of(u);
    auto const of_item = items.of(i);
    index_t const after_users = users.columns();
    for (std::size_t a = 0; a != of_user.size(); ++a) visit(of_user.index[a], of_user.value[a]);
    for (std::size_t b = 0; b != of_item.size(); ++b) visit(after_users + of_item.index[b], of_item.value[b]);
    if (cross_bits == 0) return;
    index_t const after_items = after_users + items.columns();
    for (std::size_t a = 0; a != of_user.size(); ++a) {
      std::uint64_t const half = mix(of_user.index[a]);
      for (std::size_t b = 0; b != of_item.size(); ++b)
        visit(after_items + static_cast<index_t>(mix(half ^ of_item.index[b]) >> (64 - cross_bits)),
              of_user.value[a] * of_item.value[b]);
    }
  }

  // An example for every rating: its pair's features, the value as the label, its weight.
  [[nodiscard]] example_table<T> examples_of(ratings<T> const& data) const {
    struct cell {
      index_t column;
      T value;
    };
    example_table<T> out(columns());
    std::vector<cell> cells;
    std::vector<index_t> index;
    std::vector<T> value;
    for (index_t u = 0; u != data.user_count(); ++u) {
      auto const row = data.of(user_id{u});
      auto const weight = data.weights(user_id{u});
      for (std::size_t k = 0; k != row.size(); ++k) {
        cells.clear();
        each(user_id{u}, item_id{row.index[k]}, [&](index_t c, T v) { cells.push_back({c, v}); });
        std::stable_sort(cells.begin(), cells.end(), [](cell a, cell b) { return a.column < b.column; });
        index.clear();
        value.clear();
        for (cell const& c : cells) {
          bool const met = !index.empty() && index.back() == c.column;
          if (met) value.back() += c.value;
          else index.push_back(c.column), value.push_back(c.value);
        }
        out.add(row.value[k], {index, value}, weight.empty() ? T{1} : weight[k]);
      }
    }
    return out;
  }

private:
  [[nodiscard]] index_t crosses() const noexcept { return cross_bits == 0 ? 0 : index_t{1} << cross_bits; }
};

KINDRED_END
