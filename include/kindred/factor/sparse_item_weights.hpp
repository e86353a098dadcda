// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/csr.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/event_history.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

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
  sparse_item_weights(ratings<T> const& data, csr<T> weight) : events_(data), weight_(std::move(weight)) {}

  static constexpr stored_format format{"sparse_item_weights", 1};
  sparse_item_weights(blank b) noexcept : events_(b) {}
  static void fields(auto& self, auto& visit) {
    visit("events", self.events_);
    visit("weights", self.weight_);
  }
  void restore() const {
    check_stored(weight_.rows() == events_.items() && weight_.columns() == events_.items(),
                 "sparse_item_weights: a row and a column for every item");
  }

  [[nodiscard]] bool knows(user_id u) const noexcept { return events_.knows(u); }
  [[nodiscard]] bool knows(item_id i) const noexcept { return events_.knows(i); }

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
      if (!knows(items[k])) continue;
      auto const row = events_.of(u);
      for (std::size_t j = 0; j != row.size(); ++j)
        if (T const w = weight(item_id{row.index[j]}, items[k]); w != 0) out[k] += row.value[j] * w;
    }
  }
  void score_range(user_id u, item_id first, std::span<T> out) const noexcept {
    std::fill(out.begin(), out.end(), T{0});
    std::size_t const from = to_index(first);
    auto const row = events_.of(u);
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
    return events_.explain(u, i, out, [this](item_id from, item_id to) { return weight(from, to); });
  }

private:
  detail::event_history<T> events_;
  csr<T> weight_;
};

KINDRED_END
