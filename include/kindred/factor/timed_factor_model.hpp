// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/item_bins.hpp>
#include <kindred/factor/user_clock.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/score/scorer.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// A factor_model that changes with time: score(u, i, t) = that of the factors + drift(u) dev(u, t) + mood(u, day of t)
//                                                          + fashion(i, part of all time that t is in) + dev(u, t) <turn(u), q(i)>.
//
// Users grow kinder or stricter, and have good and bad days, which changes no ranking but what a rating is worth; items come into
// fashion and tastes turn, where time_aware was asked for it (Koren, "Collaborative filtering with temporal dynamics", 2009).
// score() speaks of the time of the user's last rating, of the last time there is for who has none; score_at() of any time. A day
// on which the user did not rate has no mood.
template <real T>
class timed_factor_model {
public:
  using value_type = T;
  static constexpr bool calibrated = true;

  // fashion and turn may be empty; turn has a row as long as those of the users' vectors for each.
  timed_factor_model(factor_model<T> factors, detail::user_clock clock, std::vector<T> drift, std::vector<T> mood,
                     detail::item_bins<T> fashion = {}, std::vector<T> turn = {})
      : factors_(std::move(factors)),
        clock_(std::move(clock)),
        drift_(std::move(drift)),
        mood_(std::move(mood)),
        fashion_(std::move(fashion)),
        turn_(std::move(turn)) {}

  static constexpr stored_format format{"timed_factor_model", 1};
  timed_factor_model(blank b) : factors_(b) {}
  static void fields(auto& self, auto& visit) {
    visit("factors", self.factors_);
    visit("clock", self.clock_);
    visit("drifts", self.drift_);
    visit("moods", self.mood_);
    visit("fashions", self.fashion_);
    visit("turns", self.turn_);
  }
  void restore() const {
    check_stored(drift_.size() == clock_.users() && mood_.size() == clock_.days(),
                 "timed_factor_model: a drift for every user and a mood for every day");
    check_stored_numbers(drift_, "timed_factor_model");
    check_stored_numbers(mood_, "timed_factor_model");
    check_stored(turn_.empty() || turn_.size() == drift_.size() * factors_.users().stride(),
                 "timed_factor_model: a row of turns for every user");
    check_stored_numbers(turn_, "timed_factor_model");
  }

  [[nodiscard]] bool knows(user_id u) const noexcept { return factors_.knows(u); }
  [[nodiscard]] bool knows(item_id i) const noexcept { return factors_.knows(i); }

  void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept {
    factors_.score(u, items, out);
    add_time(u, last(u), out, [&](std::size_t k) { return items[k]; });
  }
  void score_range(user_id u, item_id first, std::span<T> out) const noexcept {
    factors_.score_range(u, first, out);
    add_time(u, last(u), out, [&](std::size_t k) { return item_id{to_index(first) + static_cast<index_t>(k)}; });
  }
  // What the user would say at this time, on the clock of the ratings.
  void score_at(user_id u, std::int64_t time, std::span<item_id const> items, std::span<T> out) const noexcept {
    factors_.score(u, items, out);
    add_time(u, time, out, [&](std::size_t k) { return items[k]; });
  }

  [[nodiscard]] factor_model<T> const& factors() const noexcept { return factors_; }
  [[nodiscard]] std::span<T const> drifts() const noexcept { return drift_; }

  friend bool operator==(timed_factor_model const&, timed_factor_model const&) = default;

private:
  [[nodiscard]] bool rated(user_id u) const noexcept { return factors_.knows(u) && to_index(u) < drift_.size(); }
  [[nodiscard]] std::int64_t last(user_id u) const noexcept {
    return rated(u) ? clock_.last(to_index(u)) : (std::numeric_limits<std::int64_t>::max)();
  }

  template <class Items>
  void add_time(user_id u, std::int64_t time, std::span<T> out, Items const& item_at) const noexcept {
    T const deviation = rated(u) ? static_cast<T>(clock_.deviation(to_index(u), time)) : T{0};
    T by = 0;
    if (rated(u)) {
      std::size_t const day = clock_.slot(to_index(u), time);
      by = drift_[to_index(u)] * deviation + (day != mood_.size() ? mood_[day] : T{0});
    }
    for (T& x : out) x += by;
    bool const turns = !turn_.empty() && deviation != 0;
    if (!turns && fashion_.empty()) return;
    index_t const bin = fashion_.bin(time);
    std::size_t const stride = factors_.users().stride();
    for (std::size_t k = 0; k != out.size(); ++k) {
      item_id const item = item_at(k);
      if (!factors_.knows(item)) continue;
      out[k] += fashion_.value(to_index(item), bin);
      if (turns)
        out[k] += deviation * kernel::dot(turn_.data() + to_index(u) * stride,
                                          factors_.items().row(to_index(item)).data(), factors_.factors());
    }
  }

  factor_model<T> factors_;
  detail::user_clock clock_;
  std::vector<T> drift_;
  std::vector<T> mood_;
  detail::item_bins<T> fashion_;
  std::vector<T> turn_;
};

KINDRED_END
