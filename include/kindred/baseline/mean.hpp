// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/baseline/constant.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/mean_of.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Predicts the mean rating of one side: of the user (Side = user_id) or of the item (Side = item_id).
//
// The simplest predictor, and what neighborhood models measure deviations from. A weight counts like so many ratings of
// weight one. Where the side has no rating in training it predicts the mean of all ratings, and does not know it.
template <real T, entity_id Side>
class mean_model {
public:
  using value_type = T;
  static constexpr bool calibrated = true;

  mean_model(std::vector<T> mean, std::vector<std::uint8_t> known, T overall) noexcept
      : mean_(std::move(mean)), known_(std::move(known)), overall_(overall) {}

  static constexpr stored_format format{std::same_as<Side, user_id> ? "user_mean" : "item_mean", 1};
  mean_model(blank) noexcept {}
  static void fields(auto& self, auto& visit) {
    visit("means", self.mean_);
    visit("known", self.known_);
    visit("overall", self.overall_);
  }
  void restore() const {
    check_stored(mean_.size() == known_.size(), "mean_model: a mark for every mean");
    check_stored(is_finite(overall_), "mean_model: the overall mean is finite");
    check_stored_numbers(mean_, "mean_model");
  }

  [[nodiscard]] bool knows(user_id u) const noexcept { return knows_side(u); }
  [[nodiscard]] bool knows(item_id i) const noexcept { return knows_side(i); }

  void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept {
    for (std::size_t k = 0; k != items.size(); ++k) out[k] = mean_of_side(u, items[k]);
  }
  void score_range(user_id u, item_id first, std::span<T> out) const noexcept {
    for (std::size_t k = 0; k != out.size(); ++k)
      out[k] = mean_of_side(u, item_id{to_index(first) + static_cast<index_t>(k)});
  }

  [[nodiscard]] T mean_of(Side which) const noexcept { return knows_side(which) ? mean_[to_index(which)] : overall_; }

  // What changes with a new rating: the mean of one user or item, from all of its ratings, of which there is one at least;
  // and the mean of all.
  void renew(Side which, std::span<T const> value) {
    std::size_t const at = to_index(which);
    if (at >= mean_.size()) {
      mean_.resize(at + 1);
      known_.resize(at + 1);
    }
    kindred::detail::mean_sums sums;
    sums.add(value, std::span<T const>());
    mean_[at] = sums.mean(T{0});
    known_[at] = 1;
  }
  void renew_overall(T mean) noexcept { overall_ = mean; }

  friend bool operator==(mean_model const&, mean_model const&) = default;

private:
  template <entity_id Id>
  [[nodiscard]] bool knows_side(Id which) const noexcept {
    if constexpr (std::same_as<Id, Side>) return to_index(which) < known_.size() && known_[to_index(which)] != 0;
    else return true;
  }
  [[nodiscard]] T mean_of_side(user_id u, item_id i) const noexcept {
    if constexpr (std::same_as<Side, user_id>) return mean_of(u);
    else return mean_of(i);
  }

  std::vector<T> mean_;
  std::vector<std::uint8_t> known_;
  T overall_ = 0;
};

namespace detail {

template <entity_id Side>
struct mean_recipe {
  template <real T, executor E, observer O>
  [[nodiscard]] fitted<mean_model<T, Side>> fit(ratings<T> const& data, E&, O&) const {
    T const overall = mean_of(data);
    index_t const count = std::same_as<Side, user_id> ? data.user_count() : data.item_count();
    std::vector<T> mean(count);
    std::vector<std::uint8_t> known(count);
    for (index_t k = 0; k != count; ++k) {
      mean[k] = mean_of(data, Side{k}, T{0});
      known[k] = data.of(Side{k}).empty() ? 0 : 1;
    }
    return {mean_model<T, Side>(std::move(mean), std::move(known), overall), {}};
  }
};

}  // namespace detail

// The mean rating of the user, whatever the item. O(ratings).
struct user_mean : detail::mean_recipe<user_id> {};

// The mean rating of the item, whoever the user. O(ratings).
struct item_mean : detail::mean_recipe<item_id> {};

// The mean of all ratings, for everybody and everything: the base of a neighborhood model that is not centered, where
// constant{} would draw votes towards zero. O(ratings).
struct overall_mean {
  template <real T, executor E, observer O>
  [[nodiscard]] fitted<constant_model<T>> fit(ratings<T> const& data, E&, O&) const {
    return {constant_model<T>(mean_of(data)), {}};
  }
};

KINDRED_END
