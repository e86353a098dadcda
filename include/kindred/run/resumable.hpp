// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>

#include <concepts>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>

KINDRED_BEGIN

namespace detail {

// Stands for what advance() asks after each round.
struct any_after {
  flow operator()(auto const& training) const;
};

// What is to be advanced, of a recipe that needs an executor for it and of one that does not.
template <class R, class Data, executor E>
  requires requires(R const& how, Data const& data) { how.begin(data); } ||
           requires(R const& how, Data const& data, E& ex) { how.begin(data, ex); }
[[nodiscard]] auto begun(R const& how, Data const& data, E& ex) {
  if constexpr (requires { how.begin(data, ex); }) return how.begin(data, ex);
  else return how.begin(data);
}
// Its model, of a recipe that has something left to do for it and of one whose training holds it.
template <class R, class Training, class Data, executor E>
[[nodiscard]] auto finished(R const& how, Training&& training, Data const& data, E& ex) {
  if constexpr (requires { how.finish(std::forward<Training>(training), data, ex); })
    return how.finish(std::forward<Training>(training), data, ex);
  else {
    fit_report const report = training.report;
    return fitted<std::remove_cvref_t<decltype(training.model)>>{std::forward<Training>(training).model, report};
  }
}

}  // namespace detail

// What lies between two rounds of a fit by R.
template <class R, class Data>
using training_of =
    decltype(detail::begun(std::declval<R const&>(), std::declval<Data const&>(), std::declval<sequential&>()));

// A recipe that trains in several goes:
//
//   auto training = how.begin(data);            // or begin(data, ex), of one that does work to begin
//   how.advance(training, data, 10, ex, after); // ten rounds more, at most; after(training) says after each whether to go on
//   auto done = finish(how, training, data, ex);
//
// `training` is all that is to be known between two rounds, with the report so far: a value, and storable, so that a fit that is
// killed goes on from a file, on any number of threads, to the bits of one that never was. Recipe and data have to be the same.
template <class R, class Data>
concept resumable = recipe<R, Data> && requires(R const& how, Data const& data, training_of<R, Data>& training,
                                                sequential& ex, std::uint32_t more, detail::any_after const& after) {
  how.advance(training, data, more, ex, after);
  { training.report } -> std::same_as<fit_report&>;
};

// The model of a fit that has come so far, and the report: what fit() gives when no round is left. Most trainings hold their
// model; where something is still to be done, the recipe does it in finish(training, data, ex).
template <class R, class Data, executor E = sequential>
  requires resumable<R, Data>
[[nodiscard]] auto finish(R const& how, training_of<R, Data> training, Data const& data, E&& ex = {}) {
  return detail::finished(how, std::move(training), data, ex);
}

namespace detail {

// The loop of every fit in rounds: at most `more` of them, until `most` are done or it has converged. round(report) makes one after
// those reported, and reports it; where it reports no epoch more, it could not go on.
template <class Training, class After, class Round>
void run_rounds(Training& training, std::uint32_t more, std::uint32_t most, After const& after, Round const& round) {
  for (std::uint32_t k = 0; k != more && training.report.epochs < most && !training.report.converged; ++k) {
    fit_report const now = round(std::as_const(training.report));
    if (now.epochs == training.report.epochs) break;
    training.report = now;
    if (after(std::as_const(training)) == flow::stop) break;
  }
}

// The same for fits that end with the last of their epochs: pass(epoch, objective before) gives the objective.
template <class Training, class After, class Pass>
void run_epochs(Training& training, std::uint32_t more, std::uint32_t epochs, After const& after, Pass const& pass) {
  training.report.converged = training.report.epochs >= epochs;
  run_rounds(training, more, epochs, after, [&](fit_report const& before) {
    double const now = pass(before.epochs, before.objective);
    return fit_report{before.epochs + 1, now, before.epochs + 1 == epochs};
  });
}

// Whether a sweep changed the objective by no more than `tolerance` of itself. There has to be one before it.
[[nodiscard]] inline bool rests(fit_report const& before, double now, double tolerance) noexcept {
  double const change = before.objective < now ? now - before.objective : before.objective - now;
  return before.epochs != 0 && change <= tolerance * before.objective;
}

// An observer, as what is asked after each round.
template <observer O>
[[nodiscard]] auto told_to(O& watch) {
  return [&watch](auto const& now) {
    progress told{now.report.epochs, now.report.objective};
    if constexpr (requires { now.held_out; }) told.held_out = now.held_out;
    return watch(std::as_const(told));
  };
}

// All rounds, the observer hearing of each.
template <class R, class Data, executor E, observer O>
[[nodiscard]] auto fit_in_rounds(R const& how, Data const& data, E& ex, O& watch) {
  auto training = begun(how, data, ex);
  how.advance(training, data, (std::numeric_limits<std::uint32_t>::max)(), ex, told_to(watch));
  return finished(how, std::move(training), data, ex);
}

}  // namespace detail

KINDRED_END
