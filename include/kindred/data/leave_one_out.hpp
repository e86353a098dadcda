// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/data/splitter.hpp>
#include <kindred/run/random.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Marks one rating of every user who has at least two: the one that before(row, a, b) puts first.
template <real T, class Before>
[[nodiscard]] std::pair<ratings<T>, ratings<T>> without_one(ratings<T> const& data, Before const& before) {
  std::vector<std::uint8_t> in_test(data.size(), 0);
  std::size_t first = 0;
  for (index_t u = 0; u != data.user_count(); ++u) {
    std::size_t const size = data.of(user_id{u}).size();
    std::size_t chosen = 0;
    for (std::size_t k = 1; k < size; ++k)
      if (before(user_id{u}, k, chosen)) chosen = k;
    if (size >= 2) in_test[first + chosen] = 1;
    first += size;
  }
  return parted(data, std::move(in_test));
}

}  // namespace detail

// Holds out one rating of every user who has at least two: the one whose number, drawn from (seed, user, item), is lowest.
// It stays held out when others are taken away, and until one with a lower number comes.
struct leave_one_out {
  std::uint64_t seed = 0;

  [[nodiscard]] constexpr std::uint32_t folds() const noexcept { return 1; }

  template <real T>
  [[nodiscard]] std::pair<ratings<T>, ratings<T>> split(ratings<T> const& data, std::uint32_t fold = 0) const {
    detail::check_fold("leave_one_out", fold, folds());
    std::uint64_t const own = mix(seed, 2);  // as in random_holdout
    return detail::without_one(data, [&](user_id u, std::size_t a, std::size_t b) {
      auto const index = data.of(u).index;
      return mix(own, to_index(u), index[a]) < mix(own, to_index(u), index[b]);
    });
  }
};

// Holds out the latest rating of every user who has at least two; of equally late ones the item with the higher id. Throws
// error{data} when the ratings have no times.
struct leave_last_out {
  [[nodiscard]] constexpr std::uint32_t folds() const noexcept { return 1; }

  template <real T>
  [[nodiscard]] std::pair<ratings<T>, ratings<T>> split(ratings<T> const& data, std::uint32_t fold = 0) const {
    detail::check_fold("leave_last_out", fold, folds());
    detail::check_timed("leave_last_out", data);
    return detail::without_one(data, [&](user_id u, std::size_t a, std::size_t b) {
      auto const time = data.times(u);
      return time[a] != time[b] ? time[a] > time[b] : a > b;
    });
  }
};

KINDRED_END
