// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/random.hpp>
#include <kindred/score/scorer.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace support {

// A predictor that looks its ratings up: table[user][item], and `neutral` outside. Knows the items for which known[item]
// is not zero, and every user of the table.
template <kindred::real T>
struct table_model {
  using value_type = T;
  static constexpr bool calibrated = true;

  std::vector<std::vector<T>> table;
  std::vector<std::uint8_t> known;
  T neutral = 0;

  bool knows(kindred::user_id u) const noexcept { return to_index(u) < table.size(); }
  bool knows(kindred::item_id i) const noexcept { return to_index(i) < known.size() && known[to_index(i)] != 0; }
  void score(kindred::user_id u, std::span<kindred::item_id const> items, std::span<T> out) const noexcept {
    for (std::size_t k = 0; k != items.size(); ++k) {
      auto const i = to_index(items[k]);
      out[k] = knows(u) && i < table[to_index(u)].size() ? table[to_index(u)][i] : neutral;
    }
  }
};
static_assert(kindred::predictor<table_model<float>> && kindred::predictor<table_model<double>>);

// Predictions of 1 to 5 in steps of a half, so that ties are many; about one item in eight is not known.
template <kindred::real T>
table_model<T> random_table_model(kindred::index_t users, kindred::index_t items, std::uint64_t seed) {
  table_model<T> model;
  model.table.assign(users, std::vector<T>(items));
  model.known.assign(items, 1);
  for (kindred::index_t i = 0; i != items; ++i) {
    model.known[i] = kindred::mix(seed, i) % 8 != 0;
    for (kindred::index_t u = 0; u != users; ++u)
      model.table[u][i] = static_cast<T>(2 + kindred::mix(seed, u, i) % 9) / 2;
  }
  return model;
}

}  // namespace support
