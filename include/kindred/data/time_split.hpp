// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/data/splitter.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// fraction x size, rounded down. 0.29 x 100 is a little less than 29 in floating point, and still means 29.
[[nodiscard]] inline std::size_t part_of(double fraction, std::size_t size) noexcept {
  return static_cast<std::size_t>(fraction * static_cast<double>(size) * (1 + 0x1p-50));
}

// The time from which on the latest `fraction` of the times lie, or nothing when that would be none of them. Where the cut
// falls between equal times it moves past them.
[[nodiscard]] inline std::optional<std::int64_t> instant_of(std::vector<std::int64_t> times, double fraction) {
  std::sort(times.begin(), times.end());
  std::size_t at = times.size() - part_of(fraction, times.size());
  while (at != 0 && at != times.size() && times[at] == times[at - 1]) ++at;
  return at != times.size() ? std::optional(times[at]) : std::nullopt;
}

}  // namespace detail

// Learns from the past and is tested on the future: ratings from the instant on are held out. Only this split tells how a
// recommender would have done on the day. Throws error{data} when the ratings have no times.
struct since {
  std::int64_t instant = 0;  // in the unit of the times

  [[nodiscard]] constexpr std::uint32_t folds() const noexcept { return 1; }

  template <real T>
  [[nodiscard]] std::pair<ratings<T>, ratings<T>> split(ratings<T> const& data, std::uint32_t fold = 0) const {
    detail::check_fold("since", fold, folds());
    detail::check_timed("since", data);
    return detail::parted_by(
        data, [&](index_t u, sparse_row<T>, std::size_t k) { return data.times(user_id{u})[k] >= instant; });
  }
};

// The same, with the instant chosen so that the latest `fraction` of all ratings are held out, rounded down. Ratings of one
// time stay together: when the cut would part them they are all learned from, and the test part is smaller for it.
struct time_split {
  double fraction = 0.2;  // in [0, 1]

  [[nodiscard]] constexpr std::uint32_t folds() const noexcept { return 1; }

  template <real T>
  [[nodiscard]] std::pair<ratings<T>, ratings<T>> split(ratings<T> const& data, std::uint32_t fold = 0) const {
    detail::check_fold("time_split", fold, folds());
    detail::check_fraction("time_split", fraction);
    detail::check_timed("time_split", data);
    std::vector<std::int64_t> times;
    for (index_t u = 0; u != data.user_count(); ++u) {
      auto const own = data.times(user_id{u});
      times.insert(times.end(), own.begin(), own.end());
    }
    auto const instant = detail::instant_of(std::move(times), fraction);
    return detail::parted_by(data, [&](index_t u, sparse_row<T>, std::size_t k) {
      return instant && data.times(user_id{u})[k] >= *instant;
    });
  }
};

// Holds out the latest `fraction` of every user's own ratings, rounded down; of equally late ones those with the higher item
// ids. Every user with ratings keeps one in the past while the fraction is below 1, but one user's past may be another's
// future. Throws error{data} when the ratings have no times.
struct user_time_split {
  double fraction = 0.2;  // in [0, 1]

  [[nodiscard]] constexpr std::uint32_t folds() const noexcept { return 1; }

  template <real T>
  [[nodiscard]] std::pair<ratings<T>, ratings<T>> split(ratings<T> const& data, std::uint32_t fold = 0) const {
    detail::check_fold("user_time_split", fold, folds());
    detail::check_fraction("user_time_split", fraction);
    detail::check_timed("user_time_split", data);
    std::vector<std::uint8_t> in_test(data.size(), 0);
    std::vector<std::size_t> latest;
    std::size_t first = 0;
    for (index_t u = 0; u != data.user_count(); ++u) {
      auto const time = data.times(user_id{u});
      latest.resize(time.size());
      for (std::size_t k = 0; k != latest.size(); ++k) latest[k] = k;
      std::sort(latest.begin(), latest.end(),
                [&](std::size_t a, std::size_t b) { return time[a] != time[b] ? time[a] > time[b] : a > b; });
      std::size_t const count = detail::part_of(fraction, latest.size());
      for (std::size_t k = 0; k != count; ++k) in_test[first + latest[k]] = 1;
      first += latest.size();
    }
    return detail::parted(data, std::move(in_test));
  }
};

KINDRED_END
