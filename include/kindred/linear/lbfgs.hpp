// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/linear/lbfgs_memory.hpp>
#include <kindred/linear/linear_checkpoint.hpp>
#include <kindred/linear/vector_math.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/resumable.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

KINDRED_BEGIN

// Limited-memory BFGS (Nocedal, 1980; Liu and Nocedal, "On the limited memory BFGS method for large scale optimization",
// 1989): minimizes any smooth objective from values and gradients alone. For losses without a curvature; where there is one,
// newton is faster.
//
// Ends when the gradient's norm is at most `tolerance` times that at the start; converged says so. The line search looks for
// a step with the weak Wolfe conditions by bisection. One evaluation, seldom more, an iteration; 2 x memory vectors as long as
// the parameters. The observer hears the objective after each iteration.
struct lbfgs {
  double tolerance = 1e-4;
  std::uint32_t iterations = 500;
  std::uint32_t memory = 10;

  void check() const {
    check_not_negative("lbfgs: tolerance", tolerance);
    if (memory == 0) raise(error(error_kind::setting) << "lbfgs: memory = 0; at least one step has to be remembered");
  }

  using memory_type = detail::lbfgs_memory;

  // Goes on from w, for a linear objective with l1 = 0.
  template <class Objective, executor E, observer O>
  [[nodiscard]] fit_report minimize(Objective& f, std::span<double> w, E& ex, O& watch) const {
    return detail::minimize_in_steps<memory_type>(w, watch, [&](auto& training, std::uint32_t more, auto const& after) {
      advance(f, training, more, ex, after);
    });
  }
  // See resumable_solver.
  template <class Objective, executor E, class After>
  void advance(Objective& f, linear_checkpoint<memory_type>& training, std::uint32_t more, E& ex,
               After const& after) const {
    if (f.penalty().l1 != 0)
      raise(error(error_kind::setting) << "lbfgs cannot minimize with l1 = " << f.penalty().l1
                                       << "; use owlqn or proximal_newton");
    buffer<double> margin(f.examples_count()), slope(f.examples_count());
    auto const evaluate = [&](std::span<double const> at, std::span<double> gradient) {
      f.margins(ex, at, true, margin.span());
      double const value = f.losses(ex, margin.span(), 0, {}, slope.span(), {}) + f.penalty_of(ex, at);
      f.gradient(ex, at, slope.span(), gradient);
      return value;
    };
    advance_function(evaluate, training, more, ex, after);
  }

  // The same for any function: evaluate(w, gradient) fills the gradient and returns the value.
  template <class Evaluate, executor E, observer O>
  [[nodiscard]] fit_report minimize_function(Evaluate const& evaluate, std::span<double> w, E& ex, O& watch) const {
    return detail::minimize_in_steps<memory_type>(w, watch, [&](auto& training, std::uint32_t more, auto const& after) {
      advance_function(evaluate, training, more, ex, after);
    });
  }
  template <class Evaluate, executor E, class After>
  void advance_function(Evaluate const& evaluate, linear_checkpoint<memory_type>& training, std::uint32_t more, E& ex,
                        After const& after) const {
    std::span<double> const w = training.parameters.span();
    detail::lbfgs_memory& past = training.memory;
    std::size_t const p = w.size();
    if (!past.is_of(p)) raise(error(error_kind::shape) << "lbfgs: what was begun is of other parameters");
    buffer<double> gradient(p), towards(p), next(p), next_gradient(p);
    double value = evaluate(w, gradient.span());
    if (!training.begun) {
      if (!is_finite(value))
        raise(error(error_kind::numeric) << "lbfgs: the objective is not finite at the start; the features, labels or "
                                            "weights are too large for the number type");
      double const length = detail::norm(ex, gradient.span());
      training.enough = tolerance * length;
      training.report = {.epochs = 0, .objective = value, .converged = length <= training.enough};
      training.begun = true;
    }
    detail::run_rounds(training, more, iterations, after, [&](fit_report const& before) {
      past.direct(ex, gradient.span(), towards.span());
      double slope = detail::inner(ex, gradient.span(), towards.span());
      if (!(slope < 0)) {  // what is remembered has become useless
        past.clear();
        for (std::size_t j = 0; j != p; ++j) towards[j] = -gradient[j];
        slope = -detail::inner(ex, gradient.span(), gradient.span());
      }
      double t = past.empty() ? 1 / detail::norm(ex, gradient.span()) : 1;
      double low = 0;
      double high = 0;  // none yet
      double now = value;
      double const rounding = 1e-14 * (value < 0 ? -value : value);  // what sums of many losses are exact to
      bool found = false;
      for (int trial = 0; trial != 60 && !found; ++trial) {
        for (std::size_t j = 0; j != p; ++j) next[j] = w[j] + t * towards[j];
        now = evaluate(next.span(), next_gradient.span());
        if (!is_finite(now) || now > value + 1e-4 * t * slope + rounding) high = t;
        else if (detail::inner(ex, next_gradient.span(), towards.span()) < 0.9 * slope) low = t;
        else found = true;
        if (!found) t = high > 0 ? low + (high - low) / 2 : 2 * t;
      }
      if (!found) return before;  // rounding hides any further descent
      past.remember(ex, w, next.span(), gradient.span(), next_gradient.span(), memory);
      for (std::size_t j = 0; j != p; ++j) w[j] = next[j];
      std::swap(gradient, next_gradient);
      value = now;
      return fit_report{before.epochs + 1, value, detail::norm(ex, gradient.span()) <= training.enough};
    });
  }
};

KINDRED_END
