// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/column_fields.hpp>
#include <kindred/factor/field_interaction_model.hpp>
#include <kindred/factor/interaction_model.hpp>
#include <kindred/view/row.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Columns of a machine that are of users, and columns that are of items. What the columns of a user and those of an item say in pairs
// is the product of a vector of each, `size` numbers long; `add` adds what a row of one side, of users or of items, has in it.
struct two_sides {
  column_fields fields = {};
  std::vector<index_t> users = {};  // fields
  std::vector<index_t> items = {};

  // Of an interaction_model: the sum of the vectors of the columns.
  template <real T, class Loss>
  [[nodiscard]] std::size_t size(interaction_model<T, Loss> const& from) const noexcept {
    return from.factors();
  }
  template <real T, class Loss, entity_id Id>
  void add(interaction_model<T, Loss> const& from, Id, sparse_row<T> row, std::span<T> out) const noexcept {
    for (std::size_t k = 0; k != row.size(); ++k) add_part(row.value[k], from.vectors().row(row.index[k]), out.data());
  }

  // Of a field_interaction_model: a part for every field of users with every field of items, of what the columns of one's own have for
  // that of the other.
  template <real T, class Loss>
  [[nodiscard]] std::size_t size(field_interaction_model<T, Loss> const& from) const noexcept {
    return users.size() * items.size() * from.factors();
  }
  template <real T, class Loss, entity_id Id>
  void add(field_interaction_model<T, Loss> const& from, Id, sparse_row<T> row, std::span<T> out) const noexcept {
    constexpr bool of_users = std::same_as<Id, user_id>;
    for (std::size_t k = 0; k != row.size(); ++k) {
      index_t const field = fields.of(row.index[k]);
      T* part = out.data();
      for (index_t const a : users)
        for (index_t const b : items) {
          if ((of_users ? a : b) == field) add_part(row.value[k], from.vector(row.index[k], of_users ? b : a), part);
          part += from.factors();
        }
    }
  }

private:
  template <real T>
  static void add_part(T x, std::span<T const> v, T* out) noexcept {
    for (std::size_t f = 0; f != v.size(); ++f) out[f] += x * v[f];
  }
};

}  // namespace detail

KINDRED_END
