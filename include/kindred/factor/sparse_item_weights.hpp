// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/csr.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// A weight from some items to some items: score(u, i) = sum over the events (j, value) of u of value weight(j, i).
//
// What slim trains. It keeps the events of users, and the weights that are not zero. Users without events and items without any
// are not known, and score zero. One item costs a search of its row for every event of the user; a range costs the weights that
// lie in it.
template <real T>
class sparse_item_weights {
public:
  using value_type = T;

  // Row j of `weight` is what an event of item j says of other items.
  sparse_item_weights(ratings<T> const& data, csr<T> weight)
      : history_(data.by_user()), weight_(std::move(weight)), known_(data.item_count()) {
    for (index_t i = 0; i != data.item_count(); ++i) known_[i] = data.of(item_id{i}).empty() ? 0 : 1;
  }

  [[nodiscard]] bool knows(user_id u) const noexcept {
    return to_index(u) < history_.rows() && !history_.row(to_index(u)).empty();
  }
  [[nodiscard]] bool knows(item_id i) const noexcept { return to_index(i) < known_.size() && known_[to_index(i)] != 0; }

  [[nodiscard]] csr_view<T> weights() const noexcept { return weight_.view(); }
  [[nodiscard]] T weight(item_id from, item_id to) const noexcept {
    if (!knows(from)) return T{0};
    auto const row = weight_.row(to_index(from));
    std::size_t const at = position_of(row.index, to_index(to));
    return at != row.size() ? row.value[at] : T{0};
  }

  void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept {
    for (std::size_t k = 0; k != items.size(); ++k) {
      out[k] = 0;
      if (!knows(u) || !knows(items[k])) continue;
      auto const row = history_.row(to_index(u));
      for (std::size_t j = 0; j != row.size(); ++j)
        if (T const w = weight(item_id{row.index[j]}, items[k]); w != 0) out[k] += row.value[j] * w;
    }
  }
  void score_range(user_id u, item_id first, std::span<T> out) const noexcept {
    std::fill(out.begin(), out.end(), T{0});
    if (!knows(u)) return;
    std::size_t const from = to_index(first);
    auto const row = history_.row(to_index(u));
    for (std::size_t j = 0; j != row.size(); ++j) {
      auto const to = weight_.row(row.index[j]);
      auto const begin = std::lower_bound(to.index.begin(), to.index.end(), to_index(first));
      for (auto k = static_cast<std::size_t>(begin - to.index.begin());
           k != to.size() && to.index[k] - from < out.size(); ++k)
        out[to.index[k] - from] += row.value[j] * to.value[k];
    }
  }

  // Which events of u make up the score of i.
  [[nodiscard]] explanation<T> explain(user_id u, item_id i, std::span<evidence<T>> out) const noexcept {
    if (!knows(u) || !knows(i)) return {T{0}, 0};
    auto const before = [](evidence<T> const& a, evidence<T> const& b) {
      return std::abs(a.share) != std::abs(b.share) ? std::abs(a.share) > std::abs(b.share) : a.id < b.id;
    };
    auto const row = history_.row(to_index(u));
    std::size_t count = 0;
    for (std::size_t j = 0; j != row.size(); ++j) {
      evidence<T> const one{evidence_kind::item, row.index[j], row.value[j] * weight(item_id{row.index[j]}, i)};
      if (one.share == 0 || (count == out.size() && (count == 0 || !before(one, out[count - 1])))) continue;
      std::size_t place = count == out.size() ? count - 1 : count++;
      for (; place != 0 && before(one, out[place - 1]); --place) out[place] = out[place - 1];
      out[place] = one;
    }
    return {T{0}, count};
  }

private:
  csr<T> history_;
  csr<T> weight_;
  std::vector<std::uint8_t> known_;
};

KINDRED_END
