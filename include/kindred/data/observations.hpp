// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/rating_table.hpp>

#include <cstddef>

KINDRED_BEGIN

// How many users and items there are; zero means one more than the largest id seen.
struct population {
  index_t users = 0;
  index_t items = 0;
};

namespace detail {

// Checks what ratings promise of every observation.
template <real T>
void check_observation(std::size_t k, index_t u, index_t i, T value, T weight) {
  if (u == index_limit || i == index_limit)
    raise(error(error_kind::data).at(k) << "observation " << k << " has the id " << index_limit
                                        << ", which is reserved");
  if (!is_finite(value))
    raise(error(error_kind::data).at(k) << "observation " << k << ", of user " << u << " and item " << i
                                        << ", is not a finite number");
  if (!(is_finite(weight) && weight > 0))
    raise(error(error_kind::data).at(k) << "observation " << k << ", of user " << u << " and item " << i
                                        << ", has the weight " << weight << "; weights are positive numbers");
}

// Checks what ratings promise, and tells how far the ids reach.
template <real T>
[[nodiscard]] population validate(rating_table<T> const& seen) {
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
    check_observation(k, u, i, seen.value[k], seen.weight.empty() ? T{1} : seen.weight[k]);
    if (u >= reached.users) reached.users = u + 1;
    if (i >= reached.items) reached.items = i + 1;
  }
  return reached;
}

// The second step of a sort by counting: `at`, which holds in at[c + 1] how many there are of c, then says there where the
// first of them goes. Whoever puts k at at[c + 1]++ ends with the offsets of all c, and needs no copy of them.
inline void counts_to_starts(buffer<offset_t>& at) noexcept {
  offset_t sum = 0;
  for (std::size_t c = 1; c != at.size(); ++c) {
    offset_t const count = at[c];
    at[c] = sum;
    sum += count;
  }
}

// A stable order of `before` by key(k) < count, by counting.
template <class Key>
[[nodiscard]] buffer<offset_t> sort_by(buffer<offset_t> const& before, index_t count, Key const& key) {
  buffer<offset_t> next(std::size_t{count} + 1, 0);
  for (offset_t const k : before) ++next[key(k) + 1];
  counts_to_starts(next);
  buffer<offset_t> after(before.size());
  for (offset_t const k : before) after[next[key(k) + 1]++] = k;
  return after;
}

// Positions of the observations by user, then item, then original order: two counting passes, the lesser key first.
template <real T>
[[nodiscard]] buffer<offset_t> sort_by_user_and_item(rating_table<T> const& seen, index_t users, index_t items) {
  buffer<offset_t> order(seen.user.size());
  for (std::size_t k = 0; k != order.size(); ++k) order[k] = k;
  order = sort_by(order, items, [&](offset_t k) { return to_index(seen.item[k]); });
  return sort_by(order, users, [&](offset_t k) { return to_index(seen.user[k]); });
}

}  // namespace detail

KINDRED_END
