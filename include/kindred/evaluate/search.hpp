// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/evaluate/search_space.hpp>
#include <kindred/evaluate/search_strategy.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/observer.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

KINDRED_BEGIN

enum class goal : std::uint8_t { lowest, highest };

// The trials that have ended, in rungs and by number: what a search has found so far, and what it goes on from after a break.
struct search_log {
  std::vector<std::string> settings = {};  // their names, in the order of the values
  std::vector<search_trial> trials = {};

  friend bool operator==(search_log const&, search_log const&) = default;
};

struct search_run {
  goal want = goal::highest;
  std::uint32_t together = 8;  // trials between two words to the observer; they run in parallel
  search_log log = {};         // what is in it is not tried again
};

// What an observer of a search is told, after every `together` trials: epoch counts the trials that have ended, objective is the
// best figure so far, negated where the highest is wanted - lower is better, as everywhere. The log can be kept.
struct search_progress : progress {
  search_log const& log;
};

template <class O>
concept search_observer = requires(O& o, search_progress const& p) {
  { o(p) } -> std::same_as<flow>;
};

// What a search came to. The best is that of the trials with the most effort, of equal ones that with the lowest number; there is
// none when the search was stopped before a trial ended well.
struct search_result {
  search_space space = {};
  std::vector<double> values = {};  // of the best point; empty without one
  double effort = 1;                // that it was tried with
  double figure = 0;                // of it
  search_log log = {};
  bool complete = false;  // false when the observer stopped it

  [[nodiscard]] bool found() const noexcept { return !values.empty(); }
  // The best point; looks into this result. Throws error{data} when there is none.
  [[nodiscard]] search_point best() const {
    if (!found()) raise(error(error_kind::data) << "search_result: no trial has ended well, so there is no best point");
    return {space, values, effort};
  }
  // A setting of it. Throws as best() and search_point do.
  [[nodiscard]] setting_value operator[](std::string_view name) const { return best()[name]; }
};

namespace detail {

[[nodiscard]] inline bool ranks_higher(goal want, search_trial const& a, search_trial const& b) noexcept {
  if (a.failed != b.failed) return b.failed;
  if (!a.failed && a.figure != b.figure) return want == goal::highest ? a.figure > b.figure : a.figure < b.figure;
  return a.number < b.number;
}

[[nodiscard]] inline bool comes_before(search_trial const& a, search_trial const& b) noexcept {
  return a.rung != b.rung ? a.rung < b.rung : a.number < b.number;
}

// Takes the outcome of a trial from a log, in order, when it is in it.
[[nodiscard]] inline bool recall(search_log const& log, search_trial& trial) noexcept {
  auto const [first, last] = std::equal_range(log.trials.begin(), log.trials.end(), trial, comes_before);
  for (auto had = first; had != last; ++had)
    if (had->effort == trial.effort && had->values == trial.values) {
      trial = *had;
      trial.failed = trial.failed || !is_finite(trial.figure);
      return true;
    }
  return false;
}

// The figure of a point. A training that diverged is a bad point and no reason to give up the search.
template <class Try>
void run_trial(search_trial& trial, search_space const& space, Try const& attempt) {
  search_point const point(space, trial.values, trial.effort);
#if defined(__cpp_exceptions) || defined(_CPPUNWIND)
  try {
    trial.figure = attempt(point);
  } catch (error const& e) {
    if (e.kind() != error_kind::numeric) throw;
    trial.failed = true;
  }
#else
  trial.figure = attempt(point);
#endif
  trial.failed = trial.failed || !is_finite(trial.figure);
  if (trial.failed) trial.figure = 0;
}

}  // namespace detail

// Tries points of a space and finds the best: attempt(point) gives the figure of one, on any thread.
//
//   auto const found = kindred::search(space, kindred::random_search{.trials = 40, .seed = 1}, [&](auto const& point) {
//     auto const model = kindred::fit(kindred::implicit_als{.factors = point["factors"]}, train).model;
//     return kindred::evaluate_ranking(model, train, validation).ndcg;
//   }, {}, pool);
//   std::uint32_t const factors = found["factors"];
//
// Trials run in parallel, each on one thread: what they call gets no executor of its own. The result is the same on any number of
// threads. A trial that throws error{numeric}, or whose figure is not finite, has failed and is last; whatever else one throws is
// thrown on. Resumable: a search with the log of one that was killed tries only what is not in it, and ends in the same result -
// more trials of random_search with the log of fewer, too. The log does not know the data: keep one per data set. Throws
// error: setting when there are no settings, `together` is 0 or the log is of other settings; data when all trials failed.
template <search_strategy S, class Try, executor E = sequential, search_observer O = silent>
  requires std::invocable<Try const&, search_point const&>
[[nodiscard]] search_result search(search_space const& space, S const& strategy, Try const& attempt,
                                   search_run how = {}, E&& ex = {}, O&& watch = {}) {
  if (space.settings().empty()) raise(error(error_kind::setting) << "search: the space has no settings");
  if (how.together == 0) raise(error(error_kind::setting) << "search: together = 0; at least one trial runs");
  search_result out;
  out.space = space;
  for (search_setting const& s : space.settings()) out.log.settings.push_back(s.name);
  if (!how.log.trials.empty() && how.log.settings != out.log.settings)
    raise(error(error_kind::setting) << "search: the log is of a search over other settings");

  auto const better = [&](search_trial const& a, search_trial const& b) {
    return a.effort != b.effort && a.failed == b.failed ? a.effort > b.effort : detail::ranks_higher(how.want, a, b);
  };
  std::stable_sort(how.log.trials.begin(), how.log.trials.end(), detail::comes_before);
  std::optional<search_trial> best;
  auto const note = [&](search_trial const& ended) {
    out.log.trials.push_back(ended);
    if (best && !better(ended, *best)) return;
    best = ended;
    out.figure = ended.figure;
  };
  std::vector<search_trial> ranked;
  bool stopped = false;
  for (std::uint32_t rung = 0; !stopped; ++rung) {
    std::vector<search_trial> trials = strategy.rung(space, rung, ranked);
    if (trials.empty()) break;
    std::vector<search_trial*> open;
    for (search_trial& t : trials) {
      t.rung = rung;
      if (detail::recall(how.log, t)) note(t);
      else open.push_back(&t);
    }
    for (std::size_t first = 0; first < open.size() && !stopped; first += how.together) {
      std::size_t const count = (std::min)(std::size_t{how.together}, open.size() - first);
      ex.bulk(count, [&](std::size_t k) { detail::run_trial(*open[first + k], space, attempt); });
      for (std::size_t k = 0; k != count; ++k) note(*open[first + k]);
      double const objective = how.want == goal::highest ? -out.figure : out.figure;
      stopped = watch(search_progress{{static_cast<std::uint32_t>(out.log.trials.size()), objective, 0}, out.log}) ==
                flow::stop;
    }
    std::sort(trials.begin(), trials.end(),
              [&](auto const& a, auto const& b) { return detail::ranks_higher(how.want, a, b); });
    ranked = std::move(trials);
  }
  std::sort(out.log.trials.begin(), out.log.trials.end(), detail::comes_before);
  out.complete = !stopped;
  if (!best) return out;
  if (!best->failed) {
    out.values = best->values;
    out.effort = best->effort;
  } else if (out.complete) {
    raise(error(error_kind::data) << "search: each of the " << out.log.trials.size() << " trials failed");
  }
  return out;
}

KINDRED_END
