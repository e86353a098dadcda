// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/evaluate/each_prediction.hpp>
#include <kindred/evaluate/ranking_protocol.hpp>

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

KINDRED_BEGIN

// What every user turned out to like: the items of a test part that were rated `relevant_from` or higher, by default all of
// them. Made once, for all that is judged by it.
class liked_items {
public:
  template <real T>
  explicit liked_items(ratings<T> const& test, double relevant_from = -std::numeric_limits<double>::infinity())
      : items_(test.item_count()) {
    ranking_protocol{.relevant_from = relevant_from}.check();
    T const least = detail::nearest<T>(relevant_from);
    for (index_t u = 0; u != test.user_count(); ++u) {
      auto const row = test.of(user_id{u});
      for (std::size_t k = 0; k != row.size(); ++k)
        if (row.value[k] >= least) liked_.push_back(item_id{row.index[k]});
      if (liked_.size() != offset_.back()) users_.push_back(user_id{u});
      offset_.push_back(liked_.size());
    }
  }

  // Ascending; empty for users who liked nothing and for ids beyond the population.
  [[nodiscard]] std::span<item_id const> of(user_id u) const noexcept {
    if (to_index(u) + std::size_t{1} >= offset_.size()) return {};
    std::size_t const first = offset_[to_index(u)];
    return std::span<item_id const>(liked_).subspan(first, offset_[to_index(u) + std::size_t{1}] - first);
  }

  // Who liked something, ascending: those whom recommendations can be judged by.
  [[nodiscard]] std::span<user_id const> users() const noexcept { return users_; }
  [[nodiscard]] std::size_t user_count() const noexcept { return offset_.size() - 1; }
  [[nodiscard]] index_t item_count() const noexcept { return items_; }
  [[nodiscard]] std::size_t size() const noexcept { return liked_.size(); }

private:
  index_t items_;
  std::vector<std::size_t> offset_ = {0};
  std::vector<item_id> liked_;
  std::vector<user_id> users_;
};

KINDRED_END
