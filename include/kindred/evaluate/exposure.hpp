// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/evaluate/item_shares.hpp>
#include <kindred/evaluate/offered_lists.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <vector>

KINDRED_BEGIN

// How much a place of a list is looked at.
enum class attention : std::uint8_t {
  even,        // every place alike
  logarithmic  // 1 / log2(place + 1), as NDCG and Singh and Joachims, "Fairness of exposure in rankings" (2018), have it
};

namespace detail {

inline void check_times(char const* who, std::span<std::uint32_t const> times, offered_lists const& lists) {
  if (!times.empty() && times.size() != lists.size())
    raise(error(error_kind::shape) << who << ": " << times.size() << " counts for " << lists.size() << " lists");
}

}  // namespace detail

// How often every item of the catalog is offered, by the attention its places get. `times`, where given, says how often the list of
// every user counts: for bootstrap_figure. Throws error{shape} when there is not one count a list.
[[nodiscard]] inline std::vector<double> exposure_of(offered_lists const& lists, attention by = attention::even,
                                                     std::span<std::uint32_t const> times = {}) {
  detail::check_times("exposure_of", times, lists);
  std::vector<double> out(lists.item_count(), 0);
  for (std::size_t k = 0; k != lists.size(); ++k) {
    double const count = times.empty() ? 1 : times[k];
    auto const list = lists[k];
    for (std::size_t p = 0; p != list.size(); ++p)
      out[to_index(list[p])] += by == attention::even ? count : count / std::log2(static_cast<double>(p) + 2);
  }
  return out;
}

// How unequally something is shared out, from 0, all alike, to 1, one has everything (Gini, 1912, with n - 1 as divisor as in
// Castells, Hurley and Vargas, "Novelty and diversity in recommender systems", 2015):
//
//   sum over the numbers in ascending order, j = 1 ... n, of (2j - n - 1) x_j / ((n - 1) sum of x)
//
// 0 for fewer than two numbers and where all are zero. Numbers are not below zero. O(n log n).
[[nodiscard]] inline double gini(std::vector<double> x) {
  std::sort(x.begin(), x.end());
  auto const n = static_cast<double>(x.size());
  double sum = 0, weighted = 0;
  for (std::size_t j = 0; j != x.size(); ++j) {
    sum += x[j];
    weighted += (2 * static_cast<double>(j) + 1 - n) * x[j];
  }
  return sum > 0 && n > 1 ? weighted / ((n - 1) * sum) : 0;
}

// What the lists of all users together make of the catalog.
struct catalog_use {
  double coverage = 0;  // items offered to somebody / items of the catalog
  double gini = 0;      // of how often items are offered, those never offered among them
  double entropy = 0;   // of the same, in bits: 2^entropy items offered alike would be as varied (Shannon, 1948)
  double tail = 0;      // share of all places that the long tail has
  std::size_t lists = 0;

  // The figures that have a mean and a spread over folds.
  friend auto fields(catalog_use& u) noexcept { return std::tie(u.coverage, u.gini, u.entropy, u.tail); }
};

// O(places + items log items). `times` as for exposure_of.
[[nodiscard]] inline catalog_use use_of_catalog(offered_lists const& lists, item_shares const& shares,
                                                std::span<std::uint32_t const> times = {}) {
  auto const exposure = exposure_of(lists, attention::even, times);
  catalog_use out{.gini = gini(exposure), .lists = lists.size()};
  double all = 0;
  for (double const x : exposure) all += x;
  for (index_t i = 0; i != exposure.size(); ++i) {
    if (!(exposure[i] > 0)) continue;
    double const share = exposure[i] / all;
    ++out.coverage;
    out.entropy -= share * std::log2(share);
    if (shares.in_tail(item_id{i})) out.tail += share;
  }
  if (!exposure.empty()) out.coverage /= static_cast<double>(exposure.size());
  if (out.entropy < 0) out.entropy = 0;
  return out;
}

// How much more popular what users are offered is than what they chose themselves: 0.5 is half more, -0.5 half of it,
//
//   (mean over users of the mean share of their list - the same of their history) / the same of their history
//
// (the group average popularity, GAP, and its lift in Abdollahpouri, Mansoury, Burke and Mobasher, "The unfairness of popularity
// bias in recommendation", 2019). Over users who have both a list and a history; 0 when there are none. `times` as for
// exposure_of; to look at a group, count the others 0 times.
template <real T>
[[nodiscard]] double popularity_lift(offered_lists const& lists, ratings<T> const& history, item_shares const& shares,
                                     std::span<std::uint32_t const> times = {}) {
  detail::check_times("popularity_lift", times, lists);
  double offered = 0, chosen = 0;
  for (std::size_t k = 0; k != lists.size(); ++k) {
    auto const list = lists[k];
    auto const known = history.of(lists.users()[k]).index;
    if (list.empty() || known.empty()) continue;
    double const count = times.empty() ? 1 : times[k];
    double in_list = 0, in_history = 0;
    for (item_id const i : list) in_list += shares.of(i);
    for (index_t const i : known) in_history += shares.of(item_id{i});
    offered += count * in_list / static_cast<double>(list.size());
    chosen += count * in_history / static_cast<double>(known.size());
  }
  return chosen > 0 ? (offered - chosen) / chosen : 0;
}

KINDRED_END
