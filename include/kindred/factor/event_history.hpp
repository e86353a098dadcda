// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/csr.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/score/strongest.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// What users did, for models whose score is a sum over the events of the user: score(u, i) = sum over the events (j, value) of
// u of value weight(j, i). Known are users and items with an event.
template <real T>
class event_history {
public:
  explicit event_history(ratings<T> const& data) : events_(data.by_user()), known_(data.item_count()) {
    for (index_t i = 0; i != data.item_count(); ++i) known_[i] = data.of(item_id{i}).empty() ? 0 : 1;
  }

  static constexpr stored_format format{"event_history", 1};
  event_history(blank) noexcept {}
  static void fields(auto& self, auto& visit) {
    visit("rows", self.events_);
    visit("known_items", self.known_);
  }
  void restore() const { check_stored(events_.columns() == known_.size(), "event_history: a mark for every item"); }

  [[nodiscard]] bool knows(user_id u) const noexcept { return !of(u).empty(); }
  [[nodiscard]] bool knows(item_id i) const noexcept { return to_index(i) < known_.size() && known_[to_index(i)] != 0; }
  [[nodiscard]] index_t items() const noexcept { return static_cast<index_t>(known_.size()); }

  // Nothing for a user who is not known.
  [[nodiscard]] sparse_row<T> of(user_id u) const noexcept { return detail::row_or_none(events_, to_index(u)); }

  // Which events of u make up the score of i, the strongest first; events that weigh nothing are none.
  template <class Weight>
  [[nodiscard]] explanation<T> explain(user_id u, item_id i, std::span<evidence<T>> out,
                                       Weight const& weight) const noexcept {
    if (!knows(i)) return {T{0}, 0};
    auto const row = of(u);
    std::size_t count = 0;
    for (std::size_t j = 0; j != row.size(); ++j)
      if (T const share = row.value[j] * weight(item_id{row.index[j]}, i); share != 0)
        count = keep_strongest(out, count, evidence<T>{evidence_kind::item, row.index[j], share});
    return {T{0}, count};
  }

private:
  csr<T> events_;
  std::vector<std::uint8_t> known_;
};

}  // namespace detail

KINDRED_END
