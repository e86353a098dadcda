// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/event_history.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/kernel/math.hpp>
#include <kindred/score/explainer.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

KINDRED_BEGIN

// A weight from every item to every item: score(u, i) = sum over the events (j, value) of u of value weight(j, i).
//
// What ease trains. It keeps the events of users, and items^2 numbers: 400 MB for ten thousand items in float. A score costs a
// product an event of the user; ranges of items are scored along the rows. Users without events and items without any are
// not known, and score zero.
template <real T>
class item_weights {
public:
  using value_type = T;

  // `weight` has items rows of padded_size(items) numbers; row j is what an event of item j says of all items.
  item_weights(ratings<T> const& data, buffer<T> weight)
      : events_(data), weight_(std::move(weight)), stride_(padded_size<T>(data.item_count())) {}

  static constexpr stored_format format{"item_weights", 1};
  item_weights(blank b) noexcept : events_(b) {}
  static void fields(auto& self, auto& visit) {
    visit("events", self.events_);
    visit("weights", self.weight_, self.events_.items(), padded_size<T>(self.events_.items()));
  }
  void restore() {
    stride_ = padded_size<T>(events_.items());
    check_stored(weight_.size() == events_.items() * stride_, "item_weights: a row for every item");
    check_stored_numbers(weight_, "item_weights");
  }

  [[nodiscard]] bool knows(user_id u) const noexcept { return events_.knows(u); }
  [[nodiscard]] bool knows(item_id i) const noexcept { return events_.knows(i); }

  [[nodiscard]] T weight(item_id from, item_id to) const noexcept {
    return knows(from) && knows(to) ? weight_[to_index(from) * stride_ + to_index(to)] : T{0};
  }

  void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept {
    std::fill(out.begin(), out.end(), T{0});
    auto const row = events_.of(u);
    for (std::size_t k = 0; k != items.size(); ++k) {
      if (!knows(items[k])) continue;
      for (std::size_t j = 0; j != row.size(); ++j)
        out[k] = math::multiply_add(row.value[j], weight_[row.index[j] * stride_ + to_index(items[k])], out[k]);
    }
  }
  void score_range(user_id u, item_id first, std::span<T> out) const noexcept {
    std::fill(out.begin(), out.end(), T{0});
    if (to_index(first) >= events_.items()) return;
    std::size_t const count = (std::min)(out.size(), std::size_t{events_.items()} - to_index(first));
    auto const row = events_.of(u);
    for (std::size_t j = 0; j != row.size(); ++j)
      kernel::axpy(row.value[j], weight_.data() + row.index[j] * stride_ + to_index(first), out.data(), count);
    for (std::size_t k = 0; k != count; ++k)
      if (!knows(item_id{to_index(first) + static_cast<index_t>(k)})) out[k] = 0;
  }

  // Which events of u make up the score of i.
  [[nodiscard]] explanation<T> explain(user_id u, item_id i, std::span<evidence<T>> out) const noexcept {
    return events_.explain(u, i, out, [this](item_id from, item_id to) { return weight(from, to); });
  }

private:
  detail::event_history<T> events_;
  buffer<T> weight_;
  std::size_t stride_ = 0;
};

KINDRED_END
