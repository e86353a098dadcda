// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

KINDRED_BEGIN

// One observation: what a user thinks of an item. The value is a rating, a count, or 1 for "bought it".
template <real T>
struct rating {
  user_id user;
  item_id item;
  T value;
};

// Observations as they come, in columns: what readers fill and ratings are built from.
//
// `time` (seconds since 1970, or any clock that only grows) and `weight` (how much an observation counts, > 0) are either
// empty or as long as the rest. Columns, because most data have neither: a row is 12 bytes then, and 24 to 28 with them.
template <real T>
struct rating_table {
  using value_type = T;

  std::vector<user_id> user;
  std::vector<item_id> item;
  std::vector<T> value;
  std::vector<std::int64_t> time;
  std::vector<T> weight;

  [[nodiscard]] std::size_t size() const noexcept { return user.size(); }
  [[nodiscard]] bool empty() const noexcept { return user.empty(); }
  [[nodiscard]] bool timed() const noexcept { return !time.empty(); }
  [[nodiscard]] bool weighted() const noexcept { return !weight.empty(); }

  void add(user_id u, item_id i, T v) {
    user.push_back(u);
    item.push_back(i);
    value.push_back(v);
  }
  void add(user_id u, item_id i, T v, std::int64_t t) {
    add(u, i, v);
    time.push_back(t);
  }
  void add(user_id u, item_id i, T v, std::int64_t t, T w) {
    add(u, i, v, t);
    weight.push_back(w);
  }
};

KINDRED_END
