// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/data/rating_table.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/random.hpp>

#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <vector>

namespace support {

using kindred::index_t;
using kindred::item_id;
using kindred::user_id;

// A rating as tests write it: {user, item, value} or {user, item, value, weight}.
struct seen {
  index_t user;
  index_t item;
  double value;
  double weight = 1;
};

template <kindred::real T>
kindred::ratings<T> ratings_of(std::vector<seen> const& list, kindred::population size = {}) {
  kindred::rating_table<T> table;
  for (seen const& s : list) table.add(user_id{s.user}, item_id{s.item}, static_cast<T>(s.value));
  return kindred::ratings<T>::from(table, kindred::on_duplicate::error, size);
}

template <kindred::real T>
kindred::ratings<T> weighted_ratings_of(std::vector<seen> const& list) {
  kindred::rating_table<T> table;
  for (seen const& s : list) {
    table.add(user_id{s.user}, item_id{s.item}, static_cast<T>(s.value));
    table.weight.push_back(static_cast<T>(s.weight));
  }
  return kindred::ratings<T>::from(table);
}

// Ratings of 1 to 5 in halves, of about `density` of all pairs, made of generosity, quality, two hidden tastes and noise:
// a function of its arguments alone.
inline std::vector<seen> random_list(index_t users, index_t items, double density, std::uint64_t seed) {
  auto const normal = [&](std::uint64_t stream, index_t k) {
    kindred::random_stream random(kindred::mix(seed, stream), k);
    return kindred::normal(random);
  };
  std::vector<seen> list;
  for (index_t u = 0; u != users; ++u)
    for (index_t i = 0; i != items; ++i) {
      if (kindred::to_unit(kindred::mix(seed, u, i)) >= density) continue;
      double const raw = 3.2 + 0.4 * normal(1, u) + 0.4 * normal(2, i) + 0.6 * normal(3, u) * normal(4, i) +
                         0.6 * normal(5, u) * normal(6, i) + 0.2 * normal(7, u * items + i);
      double const half_steps = std::round(2 * raw);
      list.push_back({u, i, (half_steps < 2 ? 2 : half_steps > 10 ? 10 : half_steps) / 2});
    }
  return list;
}

template <kindred::real T>
kindred::ratings<T> random_ratings(index_t users, index_t items, double density, std::uint64_t seed) {
  return ratings_of<T>(random_list(users, items, density, seed), {users, items});
}

// The same as a full table, [user][item]: what slow twins read.
using dense_table = std::vector<std::vector<std::optional<double>>>;

template <kindred::real T>
dense_table dense_of(kindred::ratings<T> const& data) {
  dense_table table(data.user_count(), std::vector<std::optional<double>>(data.item_count()));
  for (index_t u = 0; u != data.user_count(); ++u) {
    auto const row = data.of(user_id{u});
    for (std::size_t k = 0; k != row.size(); ++k) table[u][row.index[k]] = static_cast<double>(row.value[k]);
  }
  return table;
}

}  // namespace support
