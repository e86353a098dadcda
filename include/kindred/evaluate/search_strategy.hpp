// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/evaluate/search_space.hpp>
#include <kindred/run/random.hpp>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// A point to be tried, or one that was. A strategy numbers its trials; in a later rung a trial keeps its number.
struct search_trial {
  std::uint32_t rung = 0;
  std::uint32_t number = 0;
  double effort = 1;
  std::vector<double> values;  // of the settings, in their order
  double figure = 0;           // what came of it
  bool failed = false;         // nothing came of it: the training diverged

  friend bool operator==(search_trial const&, search_trial const&) = default;
};

// Which points are tried: rung after rung, until there are none. `ranked` are the trials of the rung before, best first, those
// that failed last; empty for rung 0. A function of its arguments alone: that is what makes a search resumable.
template <class S>
concept search_strategy = std::copyable<S> && requires(S const& s, search_space const& space, std::uint32_t rung,
                                                       std::span<search_trial const> ranked) {
  { s.rung(space, rung, ranked) } -> std::same_as<std::vector<search_trial>>;
};

namespace detail {

[[nodiscard]] inline std::vector<search_trial> drawn_trials(search_space const& space, std::uint32_t count,
                                                            std::uint64_t seed, double effort) {
  std::vector<search_trial> out(count);
  for (std::uint32_t t = 0; t != count; ++t) {
    out[t].number = t;
    out[t].effort = effort;
    random_stream random(seed, t);
    for (search_setting const& s : space.settings()) out[t].values.push_back(s.drawn(unit(random)));
  }
  return out;
}

inline void check_trials(char const* who, std::uint32_t trials) {
  if (trials == 0 || trials > 1'000'000)
    raise(error(error_kind::setting) << who << ": trials = " << trials << "; there are 1 to 1000000");
}

}  // namespace detail

// Every combination, the first setting changing slowest. Ranges are cut at `steps` places, both ends among them. For few settings: with
// five of them at three values each there are 243.
struct grid_search {
  std::uint32_t steps = 3;

  [[nodiscard]] std::vector<search_trial> rung(search_space const& space, std::uint32_t rung,
                                               std::span<search_trial const>) const {
    if (rung != 0) return {};
    if (steps == 0) raise(error(error_kind::setting) << "grid_search: steps = 0; a range has at least one place");
    std::vector<search_trial> out(1);
    for (search_setting const& s : space.settings()) {
      std::vector<double> places = s.values;
      for (std::uint32_t k = 0; s.values.empty() && k != steps; ++k) {
        double const x = s.at(steps == 1 ? 0.5 : static_cast<double>(k) / (steps - 1));
        if (places.empty() || places.back() != x) places.push_back(x);  // whole numbers may meet
      }
      if (places.size() > 1'000'000 / out.size())
        raise(error(error_kind::setting) << "grid_search: more than 1000000 combinations; random_search draws some");
      std::vector<search_trial> more;
      for (search_trial const& had : out)
        for (double const x : places) {
          more.push_back(had);
          more.back().values.push_back(x);
        }
      out = std::move(more);
    }
    for (std::size_t t = 0; t != out.size(); ++t) out[t].number = static_cast<std::uint32_t>(t);
    return out;
  }
};

// Points drawn at random: with as many trials as a grid it looks at more values of the settings that matter (Bergstra and
// Bengio, "Random search for hyper-parameter optimization", 2012). Trial t is drawn from the stream (seed, t), so that more
// trials are the same and more.
struct random_search {
  std::uint32_t trials = 32;
  std::uint64_t seed = 0;

  [[nodiscard]] std::vector<search_trial> rung(search_space const& space, std::uint32_t rung,
                                               std::span<search_trial const>) const {
    detail::check_trials("random_search", trials);
    return rung == 0 ? detail::drawn_trials(space, trials, seed, 1) : std::vector<search_trial>{};
  }
};

// Many points with little effort, the best of them with more, the best of those with all (Jamieson and Talwalkar, "Non-stochastic
// best arm identification and hyperparameter optimization", 2016). One in `keep` goes on from rung to rung; the efforts are 1
// in the last rung and less by `keep` in each before: with 27 trials, keep 3 and 3 rungs, 27 trials of 1/9, 9 of 1/3, 3 of 1.
// Use search_point::effort_of(epochs), or effort() of the data.
struct successive_halving {
  std::uint32_t trials = 27;
  std::uint32_t keep = 3;   // at least 2
  std::uint32_t rungs = 3;  // 1 to 20
  std::uint64_t seed = 0;

  [[nodiscard]] std::vector<search_trial> rung(search_space const& space, std::uint32_t rung,
                                               std::span<search_trial const> ranked) const {
    detail::check_trials("successive_halving", trials);
    if (keep < 2) raise(error(error_kind::setting) << "successive_halving: keep = " << keep << "; it is at least 2");
    if (rungs == 0 || rungs > 20)
      raise(error(error_kind::setting) << "successive_halving: rungs = " << rungs << "; there are 1 to 20");
    if (rung >= rungs) return {};
    double const effort = std::pow(static_cast<double>(keep), -static_cast<double>(rungs - 1 - rung));
    if (rung == 0) return detail::drawn_trials(space, trials, seed, effort);
    std::vector<search_trial> out;
    for (search_trial const& had : ranked.first(ranked.size() / keep + (ranked.size() % keep != 0 ? 1 : 0))) {
      if (had.failed) break;
      out.push_back({.rung = rung, .number = had.number, .effort = effort, .values = had.values});
    }
    std::sort(out.begin(), out.end(), [](search_trial const& a, search_trial const& b) { return a.number < b.number; });
    return out;
  }
};

KINDRED_END
