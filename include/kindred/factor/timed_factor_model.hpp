// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/user_clock.hpp>
#include <kindred/score/scorer.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// A factor_model whose users change with time: score(u, i, t) = that of the factors + drift(u) dev(u, t) + mood(u, day of t).
//
// What does not depend on the item changes no ranking, but it does change what a rating is worth: users grow kinder or
// stricter, and have good and bad days (Koren, "Collaborative filtering with temporal dynamics", 2009). score() speaks of
// the time of the user's last rating, score_at() of any time; a day on which the user did not rate has no mood.
template <real T>
class timed_factor_model {
public:
  using value_type = T;
  static constexpr bool calibrated = true;

  timed_factor_model(factor_model<T> factors, detail::user_clock clock, std::vector<T> drift, std::vector<T> mood)
      : factors_(std::move(factors)), clock_(std::move(clock)), drift_(std::move(drift)), mood_(std::move(mood)) {}

  static constexpr stored_format format{"timed_factor_model", 1};
  timed_factor_model(blank b) : factors_(b) {}
  static void fields(auto& self, auto& visit) {
    visit("factors", self.factors_);
    visit("clock", self.clock_);
    visit("drifts", self.drift_);
    visit("moods", self.mood_);
  }
  void restore() const {
    check_stored(drift_.size() == clock_.users() && mood_.size() == clock_.days(),
                 "timed_factor_model: a drift for every user and a mood for every day");
    check_stored_numbers(drift_, "timed_factor_model");
    check_stored_numbers(mood_, "timed_factor_model");
  }

  [[nodiscard]] bool knows(user_id u) const noexcept { return factors_.knows(u); }
  [[nodiscard]] bool knows(item_id i) const noexcept { return factors_.knows(i); }

  void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept {
    factors_.score(u, items, out);
    if (rated(u)) raise_all(out, offset(u, clock_.last(to_index(u))));
  }
  void score_range(user_id u, item_id first, std::span<T> out) const noexcept {
    factors_.score_range(u, first, out);
    if (rated(u)) raise_all(out, offset(u, clock_.last(to_index(u))));
  }
  // What the user would say at this time, on the clock of the ratings.
  void score_at(user_id u, std::int64_t time, std::span<item_id const> items, std::span<T> out) const noexcept {
    factors_.score(u, items, out);
    if (rated(u)) raise_all(out, offset(u, time));
  }

  [[nodiscard]] factor_model<T> const& factors() const noexcept { return factors_; }
  [[nodiscard]] std::span<T const> drifts() const noexcept { return drift_; }

  friend bool operator==(timed_factor_model const&, timed_factor_model const&) = default;

private:
  [[nodiscard]] bool rated(user_id u) const noexcept { return factors_.knows(u) && to_index(u) < drift_.size(); }
  [[nodiscard]] T offset(user_id u, std::int64_t time) const noexcept {
    std::size_t const day = clock_.slot(to_index(u), time);
    return drift_[to_index(u)] * static_cast<T>(clock_.deviation(to_index(u), time)) +
           (day != mood_.size() ? mood_[day] : T{0});
  }
  static void raise_all(std::span<T> out, T by) noexcept {
    for (T& x : out) x += by;
  }

  factor_model<T> factors_;
  detail::user_clock clock_;
  std::vector<T> drift_;
  std::vector<T> mood_;
};

KINDRED_END
