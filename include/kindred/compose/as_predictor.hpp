// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/score/batch_scorer.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/score/updatable.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <utility>

KINDRED_BEGIN

// A scorer made a predictor: its scores on the line that is nearest to ratings, kept between the lowest and the highest of them.
//
//   auto const stars = kindred::as_predictor(taste, ratings_that_taste_has_not_seen);
//
// For popularity, clicks and graphs in a blend of ratings, and to measure their RMSE. The order of a user's items stays, but for
// what is kept within the bounds. A user or an item that the scorer does not know gets the mean of the ratings.
// Explains when its part does, with what the bounds cut off in the base; learns when its part does, and the line stays as it is.
template <scorer S>
class line_predictor {
public:
  using value_type = value_t<S>;
  static constexpr bool calibrated = true;
  static constexpr double batch_tolerance = detail::batch_tolerance_of<S>();

  struct line {
    value_type shift = 0;
    value_type slope = 0;  // not negative
    value_type low = 0;
    value_type high = 0;
    value_type mean = 0;  // of the ratings

    static void fields(auto& self, auto& visit) {
      visit("shift", self.shift);
      visit("slope", self.slope);
      visit("low", self.low);
      visit("high", self.high);
      visit("mean", self.mean);
    }
  };

  line_predictor(S part, line const& fitted) : part_(std::move(part)), line_(fitted) {}

  static constexpr stored_format format{"line_predictor", 1};
  line_predictor(blank) : part_(detail::storage::made<S>()) {}
  static void fields(auto& self, auto& visit) {
    visit("part", self.part_);
    visit("line", self.line_);
  }
  void restore() const {
    for (value_type const x : {line_.shift, line_.slope, line_.low, line_.high, line_.mean})
      check_stored(is_finite(x), "line_predictor: numbers are finite");
    check_stored(line_.slope >= 0 && line_.low <= line_.high, "line_predictor: a line that does not fall");
  }

  [[nodiscard]] bool knows(user_id u) const noexcept { return part_.knows(u); }
  [[nodiscard]] bool knows(item_id i) const noexcept { return part_.knows(i); }
  void score(user_id u, std::span<item_id const> items, std::span<value_type> out) const noexcept {
    part_.score(u, items, out);
    for (std::size_t k = 0; k != out.size(); ++k) out[k] = rating(u, items[k], out[k]);
  }
  void score_range(user_id u, item_id first, std::span<value_type> out) const noexcept
    requires range_scorer<S>
  {
    part_.score_range(u, first, out);
    for (std::size_t k = 0; k != out.size(); ++k)
      out[k] = rating(u, item_id{to_index(first) + static_cast<index_t>(k)}, out[k]);
  }

  void score_batch(std::span<user_id const> users, item_id first, std::span<value_type> out) const
    requires batch_scorer<S>
  {
    part_.score_batch(users, first, out);
    std::size_t const items = users.empty() ? 0 : out.size() / users.size();
    for (std::size_t k = 0; k != users.size(); ++k)
      for (std::size_t j = 0; j != items; ++j) {
        value_type& x = out[k * items + j];
        x = rating(users[k], item_id{to_index(first) + static_cast<index_t>(j)}, x);
      }
  }
  [[nodiscard]] bool batches() const noexcept { return batches_of(part_); }
  [[nodiscard]] explanation<value_type> explain(user_id u, item_id i,
                                                std::span<evidence<value_type>> out) const noexcept
    requires explainer<S>
  {
    if (!part_.knows(u) || !part_.knows(i)) return {line_.mean, 0};
    auto said = part_.explain(u, i, out);
    value_type const score = score_of(part_, u, i);
    said.base = rating(u, i, score) - line_.slope * (score - said.base);
    for (std::size_t k = 0; k != said.count; ++k) out[k].share *= line_.slope;
    return said;
  }
  void update(user_id u, item_id i, value_type value)
    requires updatable<S>
  {
    part_.update(u, i, value);
  }

  [[nodiscard]] line const& fitted() const noexcept { return line_; }
  [[nodiscard]] S const& part() const noexcept { return part_; }

private:
  [[nodiscard]] value_type rating(user_id u, item_id i, value_type score) const noexcept {
    if (!part_.knows(u) || !part_.knows(i)) return line_.mean;
    value_type const x = line_.shift + line_.slope * score;
    return x < line_.low ? line_.low : line_.high < x ? line_.high : x;
  }

  [[no_unique_address]] S part_;
  line line_;
};

// Fits the line by least squares to ratings of users and items that the scorer knows; better to some that it has not learned
// from. Scores that fall as ratings rise, or are all one, say nothing: everybody is then predicted the mean. O(ratings). Throws
// error{data} when there is no rating.
template <scorer S>
[[nodiscard]] line_predictor<S> as_predictor(S model, ratings<value_t<S>> const& data) {
  using T = value_t<S>;
  if (data.empty()) raise(error(error_kind::data) << "as_predictor: there are no ratings to fit a line to");
  double count = 0, score = 0, rating = 0, ratings_sum = 0;
  T low = data.by_user().value()[0], high = low;
  auto const each = [&](auto const& visit) {
    for (index_t u = 0; u != data.user_count(); ++u) {
      auto const row = data.of(user_id{u});
      for (std::size_t k = 0; k != row.size(); ++k) {
        item_id const i{row.index[k]};
        visit(row.value[k], model.knows(user_id{u}) && model.knows(i),
              static_cast<double>(score_of(model, user_id{u}, i)));
      }
    }
  };
  each([&](T value, bool known, double s) {
    low = value < low ? value : low;
    high = high < value ? value : high;
    ratings_sum += static_cast<double>(value);
    if (!known) return;
    count += 1;
    score += s;
    rating += static_cast<double>(value);
  });
  double const mean_score = count > 0 ? score / count : 0, mean_rating = count > 0 ? rating / count : 0;
  double together = 0, spread = 0;
  each([&](T value, bool known, double s) {
    if (!known) return;
    together += (s - mean_score) * (static_cast<double>(value) - mean_rating);
    spread += (s - mean_score) * (s - mean_score);
  });
  double const all = ratings_sum / static_cast<double>(data.size());
  double const steep = spread > 0 && together > 0 ? together / spread : 0;
  // A line so steep that its numbers are none of type T, for scores that hardly differ, says nothing either.
  constexpr double most = (std::numeric_limits<T>::max)();
  double const slope = steep <= most && std::abs(mean_rating - steep * mean_score) <= most ? steep : 0;
  double const shift = count > 0 ? mean_rating - slope * mean_score : all;
  return {std::move(model), {static_cast<T>(shift), static_cast<T>(slope), low, high, static_cast<T>(all)}};
}

KINDRED_END
