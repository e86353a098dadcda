// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/linear/norm_at_zero.hpp>
#include <kindred/linear/objective.hpp>
#include <kindred/linear/preconditioner.hpp>
#include <kindred/linear/vector_math.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/solve/curved_loss.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

// Truncated Newton: minimizes a smooth linear objective (l1 = 0) by Newton steps, each found by conjugate gradients that
// stop early, and followed by a line search.
//
// Ends when the gradient's norm is at most `tolerance` times that at zero weights; converged says so. The inner iteration
// stops by Nash and Sofer's test on the quadratic model ("Assessing a search direction within a truncated-Newton method",
// 1990), as Galli and Lin use it for linear models ("A study on truncated Newton methods for linear classification",
// 2021); the line search is Armijo's, on margins that are kept, so that a trial costs one loss a row. Preconditioned, see
// preconditioner. One pass over the rows for a gradient and one for a step of conjugate gradients; O(rows + parameters)
// memory, times the parts of the rows. The observer hears the objective after each Newton step. There is
// no checkpoint (see resumable_solver): steps are few, and generalized_linear::fit_from begins at any model.
struct newton {
  double tolerance = 1e-4;
  std::uint32_t iterations = 100;

  void check() const { check_not_negative("newton: tolerance", tolerance); }

  // Goes on from w.
  template <class Objective, executor E, observer O>
  [[nodiscard]] fit_report minimize(Objective& f, std::span<double> w, E& ex, O& watch) const {
    static_assert(curved_loss<typename Objective::loss_type, double>,
                  "newton needs a loss with a curvature; dual_descent does without");
    if (f.penalty().l1 != 0)
      raise(error(error_kind::setting) << "newton cannot minimize with l1 = " << f.penalty().l1
                                       << "; use proximal_newton");
    state at(f);
    f.margins(ex, w, true, at.margin.span());
    double objective =
        f.losses(ex, at.margin.span(), 0, {}, at.slope.span(), at.curvature.span()) + f.penalty_of(ex, w);
    check_finite(objective);
    f.gradient(ex, w, at.slope.span(), at.gradient.span());
    double length = detail::norm(ex, at.gradient.span());
    double const start = detail::norm_at_zero(f, ex, w, length);
    double const enough = tolerance * start;
    fit_report report{.epochs = 0, .objective = objective, .converged = length <= enough};
    preconditioner<Objective> precondition(f);
    while (!report.converged && report.epochs != iterations) {
      precondition.build(ex, at.curvature.span());
      // A good preconditioner makes one step of conjugate gradients enough while far off; a poor one is worth more of them.
      double const left = start > 0 ? length / start : 0;
      find_step(f, precondition, ex, precondition.dense() ? (left < 0.09 ? left : 0.09) : 0, at);
      double const t = search(f, ex, w, objective, at);
      if (t == 0) break;  // rounding hides any further descent
      detail::add_scaled(ex, t, at.step.span(), w);
      detail::add_scaled(ex, t, at.change.span(), at.margin.span());
      f.gradient(ex, w, at.slope.span(), at.gradient.span());
      length = detail::norm(ex, at.gradient.span());
      report = {report.epochs + 1, objective, length <= enough};
      if (watch(progress{report.epochs, objective}) == flow::stop) break;
    }
    return report;
  }

private:
  struct state {
    template <class Objective>
    explicit state(Objective const& f)
        : margin(f.examples_count()),
          change(f.examples_count()),
          trial(f.examples_count()),
          slope(f.examples_count()),
          curvature(f.examples_count()),
          gradient(f.size()),
          step(f.size()),
          rest(f.size()),
          towards(f.size()),
          product(f.size()),
          scaled(f.size()) {}

    buffer<double> margin, change, trial, slope, curvature;         // of the examples
    buffer<double> gradient, step, rest, towards, product, scaled;  // of the parameters
  };

  static void check_finite(double objective) {
    if (!is_finite(objective))
      raise(error(error_kind::numeric) << "the objective is not finite at the start; the features, labels or weights "
                                          "are too large for the number type");
  }

  // Conjugate gradients on H step = -gradient, with change = X step alongside, until the square of what is left, measured by
  // the preconditioner, has fallen to `share` of the beginning, or the model gains little.
  template <class Objective, executor E>
  static void find_step(Objective& f, preconditioner<Objective> const& precondition, E& ex, double share, state& at) {
    std::size_t const p = f.size();
    for (double& c : at.change) c = 0;
    for (std::size_t j = 0; j != p; ++j) {
      at.step[j] = 0;
      at.rest[j] = -at.gradient[j];
    }
    precondition.apply(at.rest.span(), at.scaled.span());
    at.towards = at.scaled;
    double steepness = detail::inner(ex, at.rest.span(), at.scaled.span());
    double const first = steepness;
    double model = 0;
    for (std::size_t k = 1; k <= (p < 200 ? p : 200); ++k) {
      f.curvature_product(ex, at.curvature.span(), at.towards.span(), at.trial.span(), at.product.span());
      double const bend = detail::inner(ex, at.towards.span(), at.product.span());
      if (!(bend > 0) || !is_finite(bend)) {  // flat: all second derivatives vanish along it
        if (k == 1) {
          at.step = at.scaled;
          at.change = at.trial;
        }
        return;
      }
      double const a = steepness / bend;
      detail::add_scaled(ex, a, at.towards.span(), at.step.span());
      detail::add_scaled(ex, a, at.trial.span(), at.change.span());
      detail::add_scaled(ex, -a, at.product.span(), at.rest.span());
      double const before = model;
      model =
          (detail::inner(ex, at.step.span(), at.gradient.span()) - detail::inner(ex, at.step.span(), at.rest.span())) /
          2;
      constexpr double patience = 0.5;
      if (!(model < before) || static_cast<double>(k) * (before - model) <= -patience * model) return;
      precondition.apply(at.rest.span(), at.scaled.span());
      double const next = detail::inner(ex, at.rest.span(), at.scaled.span());
      if (next <= share * first) return;
      detail::scale_and_add(ex, next / steepness, at.scaled.span(), at.towards.span());
      steepness = next;
    }
  }

  // The longest of 1, 1/2, 1/4 ... along the step that lowers the objective as its slope promises; updates the objective,
  // slopes and curvatures. Zero when there is none.
  template <class Objective, executor E>
  static double search(Objective& f, E& ex, std::span<double const> w, double& objective, state& at) {
    double const slope = detail::inner(ex, at.step.span(), at.gradient.span());
    std::span<double const> const weights = w.first(f.columns());
    std::span<double const> const step = at.step.span().first(f.columns());
    double const ww = detail::inner(ex, weights, weights);
    double const ws = detail::inner(ex, weights, step);
    double const ss = detail::inner(ex, step, step);
    double const rounding = 1e-15 * std::abs(objective);
    double t = 1;
    for (int trial = 0; trial != 40; ++trial, t /= 2) {
      double const now = f.losses(ex, at.margin.span(), t, at.change.span(), at.slope.span(), at.curvature.span()) +
                         f.penalty().l2 / 2 * (ww + 2 * t * ws + t * t * ss);
      if (is_finite(now) && now <= objective + 1e-4 * t * slope + rounding) {
        bool const moved = now < objective;
        objective = now;
        return moved || t == 1 ? t : 0;
      }
    }
    return 0;
  }
};

KINDRED_END
