// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/data/splitter.hpp>

#include <cstdint>
#include <utility>
#include <vector>

KINDRED_BEGIN

// The future again and again: fold k is tested on the ratings of one window of time, and learns from what came before it. What
// lies after the window is left out of both, as it was on the day. The mean over folds tells how a recommender that is trained
// anew for every window would have done.
//
//   rolling_windows{.count = 6, .width = 30 * 86400}                              // the last six months, one by one
//   rolling_windows{.count = 6, .width = 30 * 86400, .history = 90 * 86400}       // ... each learned from three months
//
// Windows are `width` wide and end with the latest rating: fold count - 1 is tested on the last of them, fold 0 on the earliest.
// With a `history` what is older is forgotten, else everything before the window is learned from. Throws error: data when the
// ratings have no times, setting for no windows and for a width or history below 1 (history 0 is all).
struct rolling_windows {
  std::uint32_t count = 5;
  std::int64_t width = 1;    // in the unit of the times
  std::int64_t history = 0;  // in the unit of the times; 0 for all that came before

  [[nodiscard]] constexpr std::uint32_t folds() const noexcept { return count; }

  template <real T>
  [[nodiscard]] std::pair<ratings<T>, ratings<T>> split(ratings<T> const& data, std::uint32_t fold) const {
    check();
    detail::check_fold("rolling_windows", fold, count);
    detail::check_timed("rolling_windows", data);
    std::int64_t last = 0;
    bool met = false;
    for (index_t u = 0; u != data.user_count(); ++u)
      for (std::int64_t const t : data.times(user_id{u})) {
        if (!met || t > last) last = t;
        met = true;
      }
    // How long before the latest rating, which no difference of two times overflows when it is unsigned.
    auto const age = [&](std::int64_t t) { return static_cast<std::uint64_t>(last) - static_cast<std::uint64_t>(t); };
    auto const times = [](std::uint64_t a, std::uint64_t b) {
      return b > ~std::uint64_t{0} / a ? ~std::uint64_t{0} : a * b;
    };
    auto const wide = static_cast<std::uint64_t>(width);
    std::uint64_t const end = times(wide, count - 1 - fold);  // the window holds ages from here ...
    std::uint64_t const begin = times(wide, count - fold);    // ... to before here
    std::uint64_t const room = ~begin;
    auto const kept = static_cast<std::uint64_t>(history);
    std::uint64_t const oldest = history == 0 || kept > room ? ~std::uint64_t{0} : begin + kept;
    std::vector<std::uint8_t> train, test;
    train.reserve(data.size());
    test.reserve(data.size());
    for (index_t u = 0; u != data.user_count(); ++u)
      for (std::int64_t const t : data.times(user_id{u})) {
        std::uint64_t const before = age(t);
        test.push_back(before >= end && before < begin);
        train.push_back(before >= begin && (before < oldest || history == 0));
      }
    return {data.selected(train), data.selected(test)};
  }

  void check() const {
    if (count == 0) raise(error(error_kind::setting) << "rolling_windows: count = 0; there is at least one window");
    if (width < 1) raise(error(error_kind::setting) << "rolling_windows: width = " << width << "; it is at least 1");
    if (history < 0)
      raise(error(error_kind::setting) << "rolling_windows: history = " << history
                                       << "; it is at least 1, or 0 for all");
  }
};

KINDRED_END
