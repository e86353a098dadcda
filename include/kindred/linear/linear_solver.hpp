// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/linear/linear_checkpoint.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/resumable.hpp>

#include <concepts>
#include <cstdint>
#include <span>

KINDRED_BEGIN

// What minimizes a linear_objective: begins at w, leaves the best parameters there, and reports how it ended.
template <class S, class Objective>
concept linear_solver =
    std::copyable<S> && requires(S const& s, Objective& f, std::span<double> w, sequential& ex, silent& watch) {
      { s.minimize(f, w, ex, watch) } -> std::same_as<fit_report>;
    };

// One that goes on where it was: its memory_type, storable, is what it remembers between two steps beside the parameters.
// advance(f, training, more, ex, after) makes at most `more` steps, and asks after(training) after each whether to go on.
template <class S, class Objective>
concept resumable_solver =
    linear_solver<S, Objective> &&
    requires(S const& s, Objective& f, linear_checkpoint<typename S::memory_type>& training, std::uint32_t more,
             sequential& ex, detail::any_after const& after) { s.advance(f, training, more, ex, after); };

KINDRED_END
