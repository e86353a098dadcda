// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

KINDRED_BEGIN

// What a data set of ratings is like. Zero where there is nothing to measure.
struct rating_statistics {
  std::size_t ratings = 0;
  index_t users = 0;  // of the population
  index_t items = 0;
  index_t active_users = 0;  // with at least one rating
  index_t active_items = 0;
  double density = 0;    // ratings / (users x items)
  double mean = 0;       // of the values, each counted once
  double deviation = 0;  // standard deviation, divided by n
  double lowest = 0;
  double highest = 0;
  double per_user_mean = 0;  // ratings an active user
  double per_user_median = 0;
  double per_item_mean = 0;
  double per_item_median = 0;
  double long_tail_share =
      0;                 // share of the ratings that fall outside the most rated 20 % of the active items (rounded up)
  double item_gini = 0;  // of ratings over active items: 0 when all have as many, towards 1 when one has all
};

namespace detail {

// The lengths of the rows that are not empty, ascending.
template <real T>
[[nodiscard]] std::vector<std::size_t> row_lengths(csr_view<T> rows) {
  std::vector<std::size_t> length;
  for (index_t r = 0; r != rows.rows(); ++r)
    if (!rows.row(r).empty()) length.push_back(rows.row(r).size());
  std::sort(length.begin(), length.end());
  return length;
}

[[nodiscard]] inline double median_of(std::vector<std::size_t> const& ascending) noexcept {
  if (ascending.empty()) return 0;
  std::size_t const half = ascending.size() / 2;
  if (ascending.size() % 2 != 0) return static_cast<double>(ascending[half]);
  return (static_cast<double>(ascending[half - 1]) + static_cast<double>(ascending[half])) / 2;
}

}  // namespace detail

// Counts, means and the long tail. O(ratings + users log users + items log items).
//
// Gini: with ascending counts c(1) ... c(n) of n items, sum over k of (2 k - n - 1) c(k) / (n sum of c).
template <real T>
[[nodiscard]] rating_statistics statistics(ratings<T> const& data) {
  rating_statistics s{.ratings = data.size(), .users = data.user_count(), .items = data.item_count()};
  if (data.empty()) return s;
  auto const value = data.by_user().value();
  auto const size = static_cast<double>(value.size());
  auto const [low, high] = std::minmax_element(value.begin(), value.end());
  s.lowest = static_cast<double>(*low);
  s.highest = static_cast<double>(*high);
  for (T const v : value) s.mean += static_cast<double>(v);  // exact for stars and halves, so divided once, at the end
  s.mean /= size;
  for (T const v : value) s.deviation += (static_cast<double>(v) - s.mean) * (static_cast<double>(v) - s.mean);
  s.deviation = std::sqrt(s.deviation / size);
  s.density = size / (static_cast<double>(s.users) * static_cast<double>(s.items));

  auto const by_user = detail::row_lengths(data.by_user());
  auto const by_item = detail::row_lengths(data.by_item());
  s.active_users = static_cast<index_t>(by_user.size());
  s.active_items = static_cast<index_t>(by_item.size());
  s.per_user_mean = size / static_cast<double>(by_user.size());
  s.per_item_mean = size / static_cast<double>(by_item.size());
  s.per_user_median = detail::median_of(by_user);
  s.per_item_median = detail::median_of(by_item);

  auto const n = static_cast<double>(by_item.size());
  std::size_t const head = (by_item.size() + 4) / 5;
  for (std::size_t k = 0; k != by_item.size(); ++k) {
    auto const count = static_cast<double>(by_item[k]);
    if (k < by_item.size() - head) s.long_tail_share += count;
    s.item_gini += (2 * static_cast<double>(k + 1) - n - 1) * count;
  }
  s.long_tail_share /= size;
  s.item_gini /= n * size;
  return s;
}

KINDRED_END
