// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

KINDRED_BEGIN

// How popular every item is: the share of users who rated it in a training part, and whether it lies in the short head - the
// most rated items, which together have `head` of all ratings - or in the long tail (Abdollahpouri, Burke and Mobasher, "Managing
// popularity bias in recommender systems with personalized re-ranking", 2019, who take 0.8). Of equally popular items those
// with lower ids come first. The item with which the head is full still belongs to it.
class item_shares {
public:
  template <real T>
  explicit item_shares(ratings<T> const& train, double head = 0.8)
      : users_(train.user_count()), ratings_(train.size()), count_(train.item_count()), tail_(train.item_count(), 1) {
    if (!(head >= 0 && head <= 1))
      raise(error(error_kind::setting) << "item_shares: head = " << head << "; it is a share of all ratings");
    std::vector<index_t> order(count_.size());
    for (index_t i = 0; i != order.size(); ++i) {
      order[i] = i;
      count_[i] = train.of(item_id{i}).size();
    }
    std::sort(order.begin(), order.end(),
              [&](index_t a, index_t b) { return count_[a] != count_[b] ? count_[a] > count_[b] : a < b; });
    std::size_t covered = 0;
    for (index_t const i : order) {
      if (count_[i] == 0 || static_cast<double>(covered) >= head * static_cast<double>(ratings_)) break;
      covered += count_[i];
      tail_[i] = 0;
    }
  }

  // 0 for items that nobody rated and for ids beyond the catalog.
  [[nodiscard]] double of(item_id i) const noexcept {
    return users_ != 0 ? static_cast<double>(count_of(i)) / static_cast<double>(users_) : 0;
  }
  [[nodiscard]] std::size_t count_of(item_id i) const noexcept {
    return to_index(i) < count_.size() ? count_[to_index(i)] : 0;
  }
  [[nodiscard]] bool in_tail(item_id i) const noexcept {
    return to_index(i) >= tail_.size() || tail_[to_index(i)] != 0;
  }

  [[nodiscard]] index_t users() const noexcept { return users_; }
  [[nodiscard]] index_t items() const noexcept { return static_cast<index_t>(count_.size()); }

private:
  index_t users_;
  std::size_t ratings_;
  std::vector<std::size_t> count_;
  std::vector<std::uint8_t> tail_;
};

KINDRED_END
