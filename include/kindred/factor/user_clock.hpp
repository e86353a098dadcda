// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/ratings.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Where a time lies in what is known of a user: how far from the middle of their ratings, and on which of the days on which
// they rated.
class user_clock {
public:
  user_clock() = default;

  template <real T>
  user_clock(ratings<T> const& data, double day, double power) : day_(day), power_(power) {
    begin_.push_back(0);
    for (index_t u = 0; u != data.user_count(); ++u) {
      auto const times = data.times(user_id{u});
      span here;
      if (!times.empty()) {
        here.first = here.last = times[0];
        double sum = 0;
        for (std::int64_t const t : times) {
          here.first = (std::min)(here.first, t);
          here.last = (std::max)(here.last, t);
        }
        for (std::int64_t const t : times) sum += since(here.first, t);
        here.middle = sum / static_cast<double>(times.size());
        for (std::int64_t const t : times) number_.push_back(day_of(t));
        auto const own = number_.begin() + static_cast<std::ptrdiff_t>(begin_.back());
        std::sort(own, number_.end());
        number_.erase(std::unique(own, number_.end()), number_.end());
      }
      span_.push_back(here);
      begin_.push_back(number_.size());
    }
  }

  static constexpr stored_format format{"user_clock", 1};
  static void fields(auto& self, auto& visit) {
    visit("day", self.day_);
    visit("power", self.power_);
    visit("users", self.span_);
    visit("begin", self.begin_);
    visit("days", self.number_);
  }
  void restore() const {
    check_stored(is_finite(day_) && day_ > 0 && is_finite(power_) && power_ >= 0,
                 "user_clock: a day is longer than zero");
    check_stored(begin_.size() == span_.size() + 1 || (begin_.empty() && span_.empty()),
                 "user_clock: days of every user");
    check_stored_offsets(begin_, number_.size(), "user_clock");
    for (span const& one : span_)
      check_stored(one.first <= one.last && one.middle >= 0 && one.middle <= since(one.first, one.last),
                   "user_clock: the middle of a user's times is among them");
    check_stored_numbers(number_, "user_clock");
  }
  [[nodiscard]] std::size_t users() const noexcept { return span_.size(); }

  // sign(t - middle) |t - middle|^power, as a part of the largest it was in training; in [-1, 1], and no larger outside of
  // the time from which ratings are known.
  [[nodiscard]] double deviation(index_t u, std::int64_t t) const noexcept {
    span const& here = span_[u];
    double const furthest = (std::max)(here.middle, since(here.first, here.last) - here.middle);
    if (!(furthest > 0)) return 0;
    double const from = since(here.first, std::clamp(t, here.first, here.last)) - here.middle;
    double const size = std::pow(std::abs(from) / furthest, power_);
    return from < 0 ? -size : size;
  }
  [[nodiscard]] std::int64_t last(index_t u) const noexcept { return span_[u].last; }

  // Which of all days of all users this is; days() when the user did not rate on it.
  [[nodiscard]] std::size_t slot(index_t u, std::int64_t t) const noexcept {
    auto const first = number_.begin() + static_cast<std::ptrdiff_t>(begin_[u]);
    auto const last = number_.begin() + static_cast<std::ptrdiff_t>(begin_[u + 1]);
    auto const at = std::lower_bound(first, last, day_of(t));
    return at != last && *at == day_of(t) ? static_cast<std::size_t>(at - number_.begin()) : number_.size();
  }
  [[nodiscard]] std::size_t days() const noexcept { return number_.size(); }
  // The first slot of a user, of users() the count of all.
  [[nodiscard]] std::size_t first_day(std::size_t u) const noexcept { return begin_[u]; }

  friend bool operator==(user_clock const&, user_clock const&) = default;

private:
  struct span {
    std::int64_t first = 0;
    std::int64_t last = 0;
    double middle = 0;  // seconds after the first

    static void fields(auto& self, auto& visit) {
      visit("first", self.first);
      visit("last", self.last);
      visit("middle", self.middle);
    }
    friend bool operator==(span const&, span const&) = default;
  };

  // Seconds, without overflow for any two times.
  [[nodiscard]] static double since(std::int64_t from, std::int64_t t) noexcept {
    return static_cast<double>(t) - static_cast<double>(from);
  }
  [[nodiscard]] double day_of(std::int64_t t) const noexcept { return std::floor(static_cast<double>(t) / day_); }

  double day_ = 86400;
  double power_ = 0.4;
  std::vector<span> span_;
  std::vector<std::size_t> begin_;
  std::vector<double> number_;  // of the days of each user, ascending
};

}  // namespace detail

KINDRED_END
