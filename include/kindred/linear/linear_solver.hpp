// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>

#include <concepts>
#include <span>

KINDRED_BEGIN

// What minimizes a linear_objective: begins at w, leaves the best parameters there, and reports how it ended.
template <class S, class Objective>
concept linear_solver =
    std::copyable<S> && requires(S const& s, Objective& f, std::span<double> w, sequential& ex, silent& watch) {
      { s.minimize(f, w, ex, watch) } -> std::same_as<fit_report>;
    };

KINDRED_END
