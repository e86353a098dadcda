// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/evaluate/item_shares.hpp>

#include <cmath>
#include <cstddef>
#include <span>

KINDRED_BEGIN

namespace detail {

// The mean of f over the items of a list; 0 for an empty one.
template <class F>
[[nodiscard]] double mean_over(std::span<item_id const> list, F const& f) {
  double sum = 0;
  for (item_id const i : list) sum += f(i);
  return list.empty() ? 0 : sum / static_cast<double>(list.size());
}

}  // namespace detail

// How little known what is offered is: the mean self-information of the items of a list, in bits,
//
//   novelty = mean of -log2(share of users who rated the item)
//
// (Zhou, Kuscsik, Liu, Medo, Wakeling and Zhang, "Solving the apparent diversity-accuracy dilemma of recommender systems", 2010).
// From 0, everybody knows it, to log2(users); an item that nobody rated counts as if one user had. Looks into the shares.
class novelty {
public:
  explicit novelty(item_shares const& shares) noexcept : shares_(&shares) {}

  [[nodiscard]] double operator()(user_id, std::span<item_id const> list) const noexcept {
    auto const users = static_cast<double>(shares_->users());
    return detail::mean_over(list, [&](item_id i) {
      std::size_t const count = shares_->count_of(i);
      return users > 0 ? std::log2(users / static_cast<double>(count != 0 ? count : 1)) : 0;
    });
  }

private:
  item_shares const* shares_;
};

// The expected popularity complement: the mean of 1 - share of users who rated the item, the chance that a user had not met it
// (Vargas and Castells, "Rank and relevance in novelty and diversity metrics for recommender systems", 2011, without discount
// and relevance). In [0, 1].
class popularity_complement {
public:
  explicit popularity_complement(item_shares const& shares) noexcept : shares_(&shares) {}

  [[nodiscard]] double operator()(user_id, std::span<item_id const> list) const noexcept {
    return detail::mean_over(list, [&](item_id i) { return 1 - shares_->of(i); });
  }

private:
  item_shares const* shares_;
};

// The share of a list that lies in the long tail; its mean over users is the average percentage of long-tail items, APLT, of
// Abdollahpouri, Burke and Mobasher (2019). In [0, 1].
class tail_share {
public:
  explicit tail_share(item_shares const& shares) noexcept : shares_(&shares) {}

  [[nodiscard]] double operator()(user_id, std::span<item_id const> list) const noexcept {
    return detail::mean_over(list, [&](item_id i) { return shares_->in_tail(i) ? 1.0 : 0.0; });
  }

private:
  item_shares const* shares_;
};

KINDRED_END
