// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// How many users and items there are; zero means one more than the largest id seen.
struct population {
  index_t users = 0;
  index_t items = 0;
};

namespace detail {

// The columns of a rating_table, not owned.
template <real T>
struct observations {
  std::span<user_id const> user;
  std::span<item_id const> item;
  std::span<T const> value;
  std::span<std::int64_t const> time;
  std::span<T const> weight;
};

// Checks what ratings promise, and tells how far the ids reach.
template <real T>
[[nodiscard]] population validate(observations<T> const& seen) {
  std::size_t const size = seen.user.size();
  auto const same = [&](char const* name, std::size_t length, bool optional) {
    if (length != size && !(optional && length == 0))
      raise(error(error_kind::shape) << "the column '" << name << "' has " << length << " entries, the users " << size);
  };
  same("item", seen.item.size(), false);
  same("value", seen.value.size(), false);
  same("time", seen.time.size(), true);
  same("weight", seen.weight.size(), true);

  population reached;
  for (std::size_t k = 0; k != size; ++k) {
    index_t const u = to_index(seen.user[k]);
    index_t const i = to_index(seen.item[k]);
    if (u == index_limit || i == index_limit)
      raise(error(error_kind::data).at(k)
            << "observation " << k << " has the id " << index_limit << ", which is reserved");
    if (!is_finite(seen.value[k]))
      raise(error(error_kind::data).at(k)
            << "observation " << k << ", of user " << u << " and item " << i << ", is not a finite number");
    if (!seen.weight.empty() && !(is_finite(seen.weight[k]) && seen.weight[k] > 0))
      raise(error(error_kind::data).at(k) << "observation " << k << ", of user " << u << " and item " << i
                                          << ", has the weight " << seen.weight[k] << "; weights are positive numbers");
    if (u >= reached.users) reached.users = u + 1;
    if (i >= reached.items) reached.items = i + 1;
  }
  return reached;
}

// A stable order of `before` by key(k) < count, by counting.
template <class Key>
[[nodiscard]] std::vector<offset_t> sort_by(std::vector<offset_t> const& before, index_t count, Key const& key) {
  std::vector<offset_t> next(std::size_t{count} + 1, 0);
  for (offset_t const k : before) ++next[key(k) + 1];
  for (index_t c = 0; c != count; ++c) next[c + 1] += next[c];
  std::vector<offset_t> after(before.size());
  for (offset_t const k : before) after[next[key(k)]++] = k;
  return after;
}

// Positions of the observations by user, then item, then original order: two counting passes, the lesser key first.
template <real T>
[[nodiscard]] std::vector<offset_t> sort_by_user_and_item(observations<T> const& seen, index_t users, index_t items) {
  std::vector<offset_t> order(seen.user.size());
  for (std::size_t k = 0; k != order.size(); ++k) order[k] = k;
  order = sort_by(order, items, [&](offset_t k) { return to_index(seen.item[k]); });
  return sort_by(order, users, [&](offset_t k) { return to_index(seen.user[k]); });
}

}  // namespace detail

KINDRED_END
