// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/score/scorer.hpp>

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace support {

// A scorer that reads its answers from a list: what a test wants a model to say. It knows users below `users` and the
// items whose mark is not zero; what it does not know scores `neutral`.
template <kindred::real T, bool Calibrated = false>
struct table_scorer {
  using value_type = T;
  static constexpr bool calibrated = Calibrated;

  std::vector<T> value;  // of every item, for whoever asks
  kindred::index_t users = 1;
  std::vector<char> known = {};  // empty: all of them
  T neutral = 0;

  bool knows(kindred::user_id u) const noexcept { return kindred::to_index(u) < users; }
  bool knows(kindred::item_id i) const noexcept {
    return kindred::to_index(i) < value.size() && (known.empty() || known[kindred::to_index(i)] != 0);
  }
  void score(kindred::user_id, std::span<kindred::item_id const> items, std::span<T> out) const noexcept {
    for (std::size_t k = 0; k != items.size(); ++k)
      out[k] = knows(items[k]) ? value[kindred::to_index(items[k])] : neutral;
  }
};

static_assert(kindred::scorer<table_scorer<float>> && !kindred::predictor<table_scorer<float>>);
static_assert(kindred::predictor<table_scorer<double, true>>);

}  // namespace support
