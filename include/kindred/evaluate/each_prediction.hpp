// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/score/scorer.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <span>

KINDRED_BEGIN

// The range of ratings, into which predictions may be clipped.
struct rating_scale {
  double lowest = -std::numeric_limits<double>::infinity();
  double highest = std::numeric_limits<double>::infinity();

  // From the lowest to the highest rating of the data; everything when there is none.
  template <real T>
  [[nodiscard]] static rating_scale of(ratings<T> const& data) noexcept {
    auto const value = data.by_user().value();
    if (value.empty()) return {};
    auto const [low, high] = std::minmax_element(value.begin(), value.end());
    return {static_cast<double>(*low), static_cast<double>(*high)};
  }

  [[nodiscard]] constexpr double clip(double x) const noexcept {
    return x < lowest ? lowest : x > highest ? highest : x;
  }

  // Throws error{setting} when the two are swapped, or one is not a number.
  void check() const {
    if (!(lowest <= highest))
      raise(error(error_kind::setting) << "rating_scale: from " << lowest << " to " << highest << " lies nothing");
  }
};

namespace detail {

// The number of type T that is nearest to x. Thresholds are compared so: 3.3 as a float is less than 3.3, and a rating of
// 3.3f is none the less one of at least 3.3.
template <real T>
[[nodiscard]] T nearest(double x) noexcept {
  return static_cast<T>(
      (std::clamp)(x, double{std::numeric_limits<T>::lowest()}, double{(std::numeric_limits<T>::max)()}));
}

}  // namespace detail

// Calls visit(prediction, rating) for every rating of the users first ... last - 1, a block of a user's items at a time.
template <predictor M, class Visit>
void each_prediction(M const& model, ratings<value_t<M>> const& test, std::size_t first, std::size_t last,
                     Visit const& visit) {
  using T = value_t<M>;
  std::array<item_id, block> items;
  std::array<T, block> predicted;
  for (std::size_t u = first; u != last; ++u) {
    user_id const user{static_cast<index_t>(u)};
    auto const row = test.of(user);
    for (std::size_t from = 0; from != row.size();) {
      std::size_t const count = (std::min)(block, row.size() - from);
      for (std::size_t k = 0; k != count; ++k) items[k] = item_id{row.index[from + k]};
      model.score(user, std::span<item_id const>(items).first(count), std::span<T>(predicted).first(count));
      for (std::size_t k = 0; k != count; ++k)
        visit(static_cast<double>(predicted[k]), static_cast<double>(row.value[from + k]));
      from += count;
    }
  }
}

KINDRED_END
