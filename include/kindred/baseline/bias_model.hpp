// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/mean_of.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/solve/divergence.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// How generous a user is and how well liked an item: score(u, i) = mean + user[u] + item[i].
//
// The baseline estimate of Koren ("Factor in the neighbors", 2010, equation 1), and of other models the offset. Somebody or
// something without a rating in training is not known and counts as average: its bias is zero.
template <real T>
class bias_model {
public:
  using value_type = T;
  static constexpr bool calibrated = true;

  // A model of the mean alone (see mean_of), with zero biases for everyone who has a rating in `data`.
  explicit bias_model(ratings<T> const& data)
      : mean_(mean_of(data)),
        user_(data.user_count(), T{0}),
        item_(data.item_count(), T{0}),
        user_known_(data.user_count()),
        item_known_(data.item_count()) {
    for (index_t u = 0; u != data.user_count(); ++u) user_known_[u] = !data.of(user_id{u}).empty();
    for (index_t i = 0; i != data.item_count(); ++i) item_known_[i] = !data.of(item_id{i}).empty();
  }

  static constexpr stored_format format{"bias_model", 1};
  bias_model(blank) noexcept {}
  static void fields(auto& self, auto& visit) {
    visit("mean", self.mean_);
    visit("user_biases", self.user_);
    visit("item_biases", self.item_);
    visit("known_users", self.user_known_);
    visit("known_items", self.item_known_);
  }
  void restore() const {
    check_stored(user_.size() == user_known_.size() && item_.size() == item_known_.size(),
                 "bias_model: a mark for every bias");
    check_stored(is_finite(reach()), "bias_model: numbers are finite");
  }

  [[nodiscard]] bool knows(user_id u) const noexcept {
    return to_index(u) < user_known_.size() && user_known_[to_index(u)] != 0;
  }
  [[nodiscard]] bool knows(item_id i) const noexcept {
    return to_index(i) < item_known_.size() && item_known_[to_index(i)] != 0;
  }

  void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept {
    T const base = mean_ + bias(u);
    for (std::size_t k = 0; k != items.size(); ++k) out[k] = base + bias(items[k]);
  }

  void score_range(user_id u, item_id first, std::span<T> out) const noexcept {
    T const base = mean_ + bias(u);
    for (std::size_t k = 0; k != out.size(); ++k)
      out[k] = base + bias(item_id{to_index(first) + static_cast<index_t>(k)});
  }

  [[nodiscard]] T mean() const noexcept { return mean_; }
  [[nodiscard]] T bias(user_id u) const noexcept { return to_index(u) < user_.size() ? user_[to_index(u)] : T{0}; }
  [[nodiscard]] T bias(item_id i) const noexcept { return to_index(i) < item_.size() ? item_[to_index(i)] : T{0}; }

  // No score is larger in magnitude; infinite when a parameter is not a finite number.
  [[nodiscard]] double reach() const noexcept {
    return std::abs(static_cast<double>(mean_)) + largest_magnitude(std::span<T const>(user_)) +
           largest_magnitude(std::span<T const>(item_));
  }

  // The user, and the item, whose bias is the largest in magnitude.
  [[nodiscard]] index_t largest_user() const noexcept { return largest_bias(user_); }
  [[nodiscard]] index_t largest_item() const noexcept { return largest_bias(item_); }

  // What a solver writes.
  [[nodiscard]] std::span<T> users() noexcept { return user_; }
  [[nodiscard]] std::span<T> items() noexcept { return item_; }

  friend bool operator==(bias_model const&, bias_model const&) = default;

private:
  [[nodiscard]] static index_t largest_bias(std::span<T const> of) noexcept {
    return largest_of(static_cast<index_t>(of.size()), [&](index_t k) { return std::abs(static_cast<double>(of[k])); });
  }

  T mean_ = 0;
  std::vector<T> user_;
  std::vector<T> item_;
  std::vector<std::uint8_t> user_known_;
  std::vector<std::uint8_t> item_known_;
};

KINDRED_END
