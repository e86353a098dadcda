// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

namespace detail {

// Adds up values, each as often as its weight says.
struct mean_sums {
  double sum = 0;
  double total = 0;

  template <real T>
  void add(std::span<T const> value, std::span<T const> weight) noexcept {
    for (std::size_t k = 0; k != value.size(); ++k) {
      double const w = weight.empty() ? 1.0 : static_cast<double>(weight[k]);
      sum += w * static_cast<double>(value[k]);
      total += w;
    }
  }

  friend mean_sums operator+(mean_sums const& a, mean_sums const& b) noexcept {
    return {a.sum + b.sum, a.total + b.total};
  }

  template <real T>
  [[nodiscard]] T mean(T where_none) const {
    if (total == 0) return where_none;
    if (!is_finite(sum) || !is_finite(total))
      raise(error(error_kind::numeric) << "ratings and weights this large add up to more than a double holds");
    return static_cast<T>(sum / total);
  }
};

// The sums of many rows that come one after another, added in pairs along a fixed tree: to the same bits as mean_tree, in the
// memory of one path through it. Level k holds the sums of the last 2^k rows that have yet no neighbor to be added to.
class pairwise_sums {
public:
  void add(mean_sums sums) noexcept {
    std::size_t level = 0;
    for (; (rows_ >> level) % 2 != 0; ++level) sums = waiting_[level] + sums;
    waiting_[level] = sums;
    ++rows_;
  }
  // Rows that the tree has and nobody added are zeros, which change nothing. From bit to bit: of a loop over all levels that adds
  // under a condition, g++ 12 makes wrong code for AVX-512 at -O3 (two sums at once, of which one passes over the condition).
  [[nodiscard]] mean_sums all() const noexcept {
    mean_sums sums;
    for (std::uint64_t rest = rows_; rest != 0; rest &= rest - 1) sums = waiting_[std::countr_zero(rest)] + sums;
    return sums;
  }

private:
  std::uint64_t rows_ = 0;
  mean_sums waiting_[32];
};

}  // namespace detail

// The mean of all ratings, in which a weight counts like so many ratings of weight one; zero when there are none.
template <real T>
[[nodiscard]] T mean_of(ratings<T> const& data) {
  detail::pairwise_sums all;
  for (index_t u = 0; u != data.user_count(); ++u) {
    detail::mean_sums sums;
    sums.add(data.of(user_id{u}).value, data.weights(user_id{u}));
    all.add(sums);
  }
  return all.all().mean(T{0});
}

// Likewise of one user's or one item's; `where_none` when there are none.
template <real T, entity_id Id>
[[nodiscard]] T mean_of(ratings<T> const& data, Id which, T where_none) {
  detail::mean_sums sums;
  sums.add(data.of(which).value, data.weights(which));
  return sums.mean(where_none);
}

KINDRED_END
