// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/random.hpp>
#include <kindred/testing/laws/result.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace testing {

// The laws of a ranking metric m(ranked, relevant): in [0, 1] for every list, the empty ones included; lists of which
// nothing is relevant score lowest, those with all that is relevant in front highest; and moving a relevant item up by
// one place past one that is not never lowers it. `relevant` is given in ascending order, `ranked` best first, without
// repetition.
template <class M>
  requires requires(M const& m, std::span<item_id const> list) { static_cast<double>(m(list, list)); }
law_result check_ranking_metric(M const& m, int trials = 300) {
  using detail::broken;
  for (int trial = 0; trial != trials; ++trial) {
    random_stream random(1, static_cast<std::uint64_t>(trial));
    std::vector<item_id> items(1 + below(random, 60));
    for (std::size_t k = 0; k != items.size(); ++k) items[k] = item_id{static_cast<index_t>(k)};
    shuffle(random, std::span(items));
    std::vector<item_id> relevant(items.begin(),
                                  items.begin() + below(random, static_cast<std::uint32_t>(items.size())));
    std::sort(relevant.begin(), relevant.end());
    shuffle(random, std::span(items));
    std::vector<item_id> ranked(items.begin(),
                                items.begin() + below(random, static_cast<std::uint32_t>(items.size() + 1)));

    auto const is_relevant = [&](item_id i) { return std::binary_search(relevant.begin(), relevant.end(), i); };
    auto const value_of = [&](std::vector<item_id> const& list) -> double {
      return m(std::span(list), std::span(relevant));
    };
    double const value = value_of(ranked);
    auto const counterexample = [&](char const* law, double other) {
      return broken(law) << "a list of " << ranked.size() << " items, with " << relevant.size()
                         << " relevant in all, has " << value << " in trial " << trial << ", and " << other
                         << " changed so";
    };
    if (!is_finite(value) || value < 0 || value > 1)
      return broken("a ranking metric is in [0, 1]")
             << "it is " << value << " for a list of " << ranked.size() << " items, with " << relevant.size()
             << " relevant in all, in trial " << trial;
    auto best = ranked;
    std::stable_partition(best.begin(), best.end(), is_relevant);
    if (value_of(best) < value) return counterexample("what is relevant in front scores highest", value_of(best));
    std::vector<item_id> worst;
    for (std::size_t k = 0; k != ranked.size(); ++k) worst.push_back(item_id{static_cast<index_t>(1000 + k)});
    if (value_of(worst) > value)
      return counterexample("lists of which nothing is relevant score lowest", value_of(worst));
    for (std::size_t k = 1; k < ranked.size(); ++k) {
      if (is_relevant(ranked[k - 1]) || !is_relevant(ranked[k])) continue;
      auto better = ranked;
      std::swap(better[k - 1], better[k]);
      if (value_of(better) < value) return counterexample("moving a relevant item up never lowers", value_of(better));
    }
  }
  return {};
}

}  // namespace testing

KINDRED_END
