// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "ratings.hpp"

#include <kindred/data/rating_table.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/random.hpp>

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace support {

// A rating with a time: {user, item, value, time}.
struct seen_at {
  index_t user;
  index_t item;
  double value;
  std::int64_t time;
};

template <kindred::real T>
kindred::ratings<T> timed_ratings_of(std::vector<seen_at> const& list, kindred::population size = {}) {
  kindred::rating_table<T> table;
  for (seen_at const& s : list) table.add(user_id{s.user}, item_id{s.item}, static_cast<T>(s.value), s.time);
  return kindred::ratings<T>::from(table, kindred::on_duplicate::error, size);
}

// random_list with times from -50 to 49, so that many are equal.
inline std::vector<seen_at> random_timed_list(index_t users, index_t items, double density, std::uint64_t seed) {
  std::vector<seen_at> list;
  for (seen const& s : random_list(users, items, density, seed))
    list.push_back(
        {s.user, s.item, s.value, static_cast<std::int64_t>(kindred::mix(seed + 7, s.user, s.item) % 100) - 50});
  return list;
}

template <class V>
std::vector<V> shuffled_list(std::vector<V> list, std::uint64_t seed) {
  kindred::random_stream random(seed, 5);
  kindred::shuffle(random, std::span<V>(list));
  return list;
}

// What a part holds, as (user, item), ascending.
template <kindred::real T>
std::vector<std::pair<index_t, index_t>> pairs_of(kindred::ratings<T> const& part) {
  std::vector<std::pair<index_t, index_t>> pairs;
  for (index_t u = 0; u != part.user_count(); ++u)
    for (index_t const i : part.of(user_id{u}).index) pairs.push_back({u, i});
  return pairs;
}

}  // namespace support
