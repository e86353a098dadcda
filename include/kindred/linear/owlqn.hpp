// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/linear/lbfgs_memory.hpp>
#include <kindred/linear/least_subgradient.hpp>
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

// Orthant-wise limited-memory quasi-Newton: L-BFGS with an l1 penalty, with weights that are exactly zero. Andrew and Gao,
// "Scalable training of L1-regularized log-linear models" (2007). Within an orthant the penalty is a plane; a step may not leave
// the orthant, weights that would are zero. From values and gradients alone: for losses without a curvature; where there
// is one, proximal_newton is faster. With l1 = 0 it is L-BFGS with a simpler line search.
//
// Ends when the norm of the least subgradient is at most `tolerance` times that at the start; converged says so. One evaluation,
// seldom more, an iteration; 2 x memory vectors as long as the parameters. The same bits on any number of threads. The observer
// hears the objective after each iteration.
struct owlqn {
  double tolerance = 1e-4;
  std::uint32_t iterations = 500;
  std::uint32_t memory = 10;

  void check() const {
    check_not_negative("owlqn: tolerance", tolerance);
    if (memory == 0) raise(error(error_kind::setting) << "owlqn: memory = 0; at least one step has to be remembered");
  }

  using memory_type = detail::lbfgs_memory;

  // Goes on from w.
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
    buffer<double> margin(f.examples_count()), slope(f.examples_count());
    auto const evaluate = [&](std::span<double const> at, std::span<double> gradient) {
      f.margins(ex, at, true, margin.span());
      double const value = f.losses(ex, margin.span(), 0, {}, slope.span(), {});
      f.gradient(ex, at, slope.span(), gradient);
      auto const weights = at.first(f.columns());
      return value + f.penalty().l2 / 2 * detail::inner(ex, weights, weights);
    };
    advance_function(evaluate, training, f.columns(), f.penalty().l1, more, ex, after);
  }

  // The same for any function with l1 times the sizes of the first `priced` parameters added: evaluate(w, gradient) fills the
  // gradient of the function alone, and returns its value.
  template <class Evaluate, executor E, observer O>
  [[nodiscard]] fit_report minimize_function(Evaluate const& evaluate, std::span<double> w, std::size_t priced,
                                             double l1, E& ex, O& watch) const {
    return detail::minimize_in_steps<memory_type>(w, watch, [&](auto& training, std::uint32_t more, auto const& after) {
      advance_function(evaluate, training, priced, l1, more, ex, after);
    });
  }
  template <class Evaluate, executor E, class After>
  void advance_function(Evaluate const& evaluate, linear_checkpoint<memory_type>& training, std::size_t priced,
                        double l1, std::uint32_t more, E& ex, After const& after) const {
    std::span<double> const w = training.parameters.span();
    detail::lbfgs_memory& past = training.memory;
    std::size_t const p = w.size();
    if (!past.is_of(p)) raise(error(error_kind::shape) << "owlqn: what was begun is of other parameters");
    auto const price = [&](std::span<double const> at) {
      double sum = 0;
      for (std::size_t j = 0; j != priced; ++j) sum += at[j] < 0 ? -at[j] : at[j];
      return l1 * sum;
    };
    buffer<double> gradient(p), least(p), towards(p), next(p), next_gradient(p);
    double value = evaluate(w, gradient.span()) + price(w);
    double length = detail::least_subgradient_norm(w, gradient.span(), priced, l1);
    if (!training.begun) {
      if (!is_finite(value))
        raise(error(error_kind::numeric) << "owlqn: the objective is not finite at the start; the features, labels or "
                                            "weights are too large for the number type");
      training.enough = tolerance * length;
      training.report = {.epochs = 0, .objective = value, .converged = length <= training.enough};
      training.begun = true;
    }
    detail::run_rounds(training, more, iterations, after, [&](fit_report const& before) {
      double now = value;
      for (bool found = false; !found;) {
        for (std::size_t j = 0; j != p; ++j)
          least[j] = j < priced ? detail::least_subgradient(w[j], gradient[j], l1) : gradient[j];
        past.direct(ex, least.span(), towards.span());
        for (std::size_t j = 0; j != p; ++j)  // never against what the subgradient says
          if (towards[j] * least[j] >= 0) towards[j] = 0;
        double t = past.empty() ? 1 / length : 1;
        double const rounding = 1e-14 * (value < 0 ? -value : value);  // what sums of many losses are exact to
        for (int trial = 0; trial != 60 && !found; ++trial) {
          double promised = 0;
          for (std::size_t j = 0; j != p; ++j) {
            next[j] = w[j] + t * towards[j];
            if (j < priced && next[j] * (w[j] != 0 ? w[j] : -least[j]) < 0) next[j] = 0;
            promised += least[j] * (next[j] - w[j]);
          }
          now = evaluate(next.span(), next_gradient.span()) + price(next.span());
          found = promised < 0 && is_finite(now) && now <= value + 1e-4 * promised + rounding;
          if (!found) t /= past.empty() ? 10 : 2;
        }
        if (!found && past.empty()) return before;  // rounding hides any further descent
        if (!found) past.clear();                   // what is remembered has become useless
      }
      past.remember(ex, w, next.span(), gradient.span(), next_gradient.span(), memory);
      for (std::size_t j = 0; j != p; ++j) w[j] = next[j];
      std::swap(gradient, next_gradient);
      value = now;
      length = detail::least_subgradient_norm(w, gradient.span(), priced, l1);
      return fit_report{before.epochs + 1, value, length <= training.enough};
    });
  }
};

KINDRED_END
