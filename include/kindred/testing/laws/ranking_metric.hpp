// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/evaluate/ranking_metric.hpp>
#include <kindred/run/random.hpp>
#include <kindred/testing/laws/result.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace testing {

namespace detail {

// A random recommendation of some of up to 60 items, and those that are relevant, at least one; both may be short.
struct judged_list {
  std::vector<item_id> ranked;
  std::vector<item_id> relevant;

  explicit judged_list(std::uint64_t trial) {
    random_stream random(1, trial);
    std::vector<item_id> items(1 + below(random, 60));
    for (std::size_t k = 0; k != items.size(); ++k) items[k] = item_id{static_cast<index_t>(k)};
    auto const some = [&](std::uint32_t least) {
      shuffle(random, std::span(items));
      auto const count = least + below(random, static_cast<std::uint32_t>(items.size()) + 1 - least);
      return std::vector<item_id>(items.begin(), items.begin() + count);
    };
    if (trial != 0) ranked = some(0);  // the first is empty
    relevant = some(1);
    std::sort(relevant.begin(), relevant.end());
  }

  [[nodiscard]] bool is_relevant(item_id i) const noexcept {
    return std::binary_search(relevant.begin(), relevant.end(), i);
  }
};

}  // namespace detail

// The laws of a ranking metric m(ranked, relevant): in [0, 1] for every list, the empty one included; no order of a
// list scores higher than the one with what is relevant in front; a list of as many items of which nothing is relevant
// scores no higher; moving a relevant item up by one place, past one that is not, never lowers; and leaving out the
// last item never raises.
template <ranking_metric M>
law_result check_ranking_metric(M const& m, std::uint64_t trials = 300) {
  using detail::broken;
  for (std::uint64_t trial = 0; trial != trials; ++trial) {
    detail::judged_list const list(trial);
    auto const value_of = [&](std::vector<item_id> const& ranked) {
      return m(std::span<item_id const>(ranked), std::span<item_id const>(list.relevant));
    };
    double const value = value_of(list.ranked);
    auto const about = [&](char const* law) {
      return broken(law) << "a list of " << list.ranked.size() << " items, with " << list.relevant.size()
                         << " relevant in all, has " << value << " in trial " << trial;
    };
    if (!is_finite(value) || value < 0 || value > 1) return about("a ranking metric is in [0, 1]");

    auto best = list.ranked;
    std::stable_partition(best.begin(), best.end(), [&](item_id i) { return list.is_relevant(i); });
    if (double const v = value_of(best); v < value)
      return about("what is relevant in front scores highest") << ", and " << v << " sorted so";
    std::vector<item_id> worst;
    for (std::size_t k = 0; k != list.ranked.size(); ++k) worst.push_back(item_id{static_cast<index_t>(1000 + k)});
    if (double const v = value_of(worst); v > value)
      return about("lists of which nothing is relevant score lowest") << ", one of nothing relevant " << v;
    for (std::size_t k = 1; k < list.ranked.size(); ++k) {
      if (list.is_relevant(list.ranked[k - 1]) || !list.is_relevant(list.ranked[k])) continue;
      auto better = list.ranked;
      std::swap(better[k - 1], better[k]);
      if (double const v = value_of(better); v < value)
        return about("moving a relevant item up never lowers")
               << ", and " << v << " with that at place " << k + 1 << " moved";
    }
    if (list.ranked.empty()) continue;
    auto shorter = list.ranked;
    shorter.pop_back();
    if (double const v = value_of(shorter); v > value)
      return about("recommending less gains nothing") << ", and " << v << " without its last item";
  }
  return {};
}

}  // namespace testing

KINDRED_END
