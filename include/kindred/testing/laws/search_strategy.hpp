// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/evaluate/search_space.hpp>
#include <kindred/evaluate/search_strategy.hpp>
#include <kindred/run/random.hpp>
#include <kindred/testing/laws/result.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

KINDRED_BEGIN

namespace testing {

// The laws of a search strategy, with figures drawn for its trials: asked twice it gives the same trials; numbers are unique within
// a rung; values lie in the space, efforts in (0, 1]; a number that was there in the rung before has the values that it had; and
// after at most `rungs` rungs there are no more trials.
template <search_strategy S>
law_result check_search_strategy(S const& s, search_space const& space, std::uint32_t rungs = 100) {
  using detail::broken;
  auto const settings = space.settings();
  std::vector<search_trial> before;
  for (std::uint32_t rung = 0; rung != rungs; ++rung) {
    auto trials = s.rung(space, rung, before);
    if (!(s.rung(space, rung, before) == trials))
      return broken("trials are a function of the space and the rung before") << "rung " << rung << " differs";
    if (trials.empty()) return {};
    for (std::size_t k = 0; k != trials.size(); ++k) {
      search_trial& t = trials[k];
      if (!(t.effort > 0 && t.effort <= 1))
        return broken("efforts lie in (0, 1]") << "that of trial " << t.number << " is " << t.effort;
      if (t.values.size() != settings.size())
        return broken("a trial has a value of every setting")
               << "trial " << t.number << " has " << t.values.size() << " of " << settings.size();
      for (std::size_t v = 0; v != settings.size(); ++v) {
        auto const& among = settings[v].values;
        double const x = t.values[v];
        bool const inside = among.empty() ? x >= settings[v].low && x <= settings[v].high
                                          : std::find(among.begin(), among.end(), x) != among.end();
        if (!inside)
          return broken("values lie in the space") << "value " << v << " of trial " << t.number << " is " << x;
      }
      for (std::size_t j = 0; j != k; ++j)
        if (trials[j].number == t.number)
          return broken("numbers are unique within a rung") << "in rung " << rung << ", " << t.number << " is not";
      for (search_trial const& had : before)
        if (had.number == t.number && had.values != t.values)
          return broken("a trial keeps its values") << "in rung " << rung << ", trial " << t.number << " does not";
      t.rung = rung;
      t.figure = to_unit(mix(rung, t.number));
      t.failed = mix(7, rung, t.number) % 5 == 0;
      if (t.failed) t.figure = 0;
    }
    std::sort(trials.begin(), trials.end(), [](search_trial const& a, search_trial const& b) {
      if (a.failed != b.failed) return b.failed;
      return a.figure != b.figure ? a.figure > b.figure : a.number < b.number;
    });
    before = std::move(trials);
  }
  return broken("rungs come to an end") << "after " << rungs << " of them there are trials";
}

}  // namespace testing

KINDRED_END
