// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/linear/active_columns.hpp>
#include <kindred/linear/least_subgradient.hpp>
#include <kindred/linear/norm_at_zero.hpp>
#include <kindred/linear/objective.hpp>
#include <kindred/linear/quadratic_model.hpp>
#include <kindred/linear/vector_math.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/solve/curved_loss.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

KINDRED_BEGIN

// Proximal Newton: minimizes a linear objective with an l1 penalty (l1 alone, or with l2 as an elastic net), with weights that
// are exactly zero.
//
// Each step minimizes the quadratic model of the losses plus the penalty, along one coordinate after the other, and is
// followed by a line search (Lee, Sun and Saunders, "Proximal Newton-type methods for minimizing composite functions",
// 2014). Up to `dense_limit` parameters the model is a dense matrix, at first of a sample of the rows, of twice as many in
// each step, so that sweeps cost next to nothing; with more it lives on the columns that may move, see active_columns.
//
// Ends when the norm of the least subgradient is at most `tolerance` times that at zero weights; converged says so. Passes
// over rows are parallel, sweeps are not; the same bits on any number of threads. The observer hears the objective after each
// step. There is no checkpoint (see resumable_solver): steps are few, and generalized_linear::fit_from begins at any model.
struct proximal_newton {
  static constexpr std::size_t dense_limit = 512;

  double tolerance = 1e-4;
  std::uint32_t iterations = 200;

  void check() const { check_not_negative("proximal_newton: tolerance", tolerance); }

  // Goes on from w.
  template <class Objective, executor E, observer O>
  [[nodiscard]] fit_report minimize(Objective& f, std::span<double> w, E& ex, O& watch) const {
    static_assert(curved_loss<typename Objective::loss_type, double>, "proximal_newton needs a loss with a curvature");
    std::size_t const n = f.examples_count();
    buffer<double> margin(n), change(n), slope(n), curvature(n), gradient(f.size()), step(f.size());
    f.margins(ex, w, true, margin.span());
    double objective = f.losses(ex, margin.span(), 0, {}, slope.span(), curvature.span()) + f.penalty_of(ex, w);
    if (!is_finite(objective))
      raise(error(error_kind::numeric) << "proximal_newton: the objective is not finite at the start; the features, "
                                          "labels or weights are too large for the number type");
    f.gradient(ex, w, slope.span(), gradient.span());
    double length = least_subgradient(f, w, gradient.span());
    double const enough = tolerance * detail::norm_at_zero(f, ex, w, length);
    fit_report report{.epochs = 0, .objective = objective, .converged = length <= enough};
    std::optional<quadratic_model<Objective>> dense;
    std::optional<active_columns<Objective>> sparse;
    if (f.size() <= dense_limit) dense.emplace(f);
    else sparse.emplace(f);
    std::size_t every = n / (24 * f.size() + 1) + 1;
    while (!report.converged && report.epochs != iterations) {
      if (dense) {
        dense->build(curvature.span(), every);
        dense->minimize(w, gradient.span(), step.span(), 500, 1e-6);
        f.margins(ex, step.span(), false, change.span());
      } else {
        sparse->choose(ex, w, gradient.span());
        sparse->minimize(curvature.span(), w, gradient.span(), step.span(), change.span(), 20, 1e-2);
      }
      double const t = search(f, ex, w, gradient.span(), step.span(), margin.span(), change.span(), slope.span(),
                              curvature.span(), objective);
      if (t == 0 && every == 1) break;  // rounding hides any further descent
      every = every / 2 + every % 2;
      if (t != 0) {
        detail::add_scaled(ex, t, step.span(), w);
        detail::add_scaled(ex, t, change.span(), margin.span());
      }
      f.gradient(ex, w, slope.span(), gradient.span());
      length = least_subgradient(f, w, gradient.span());
      report = {report.epochs + 1, objective, length <= enough};
      if (watch(progress{report.epochs, objective}) == flow::stop) break;
    }
    return report;
  }

private:
  template <class Objective>
  [[nodiscard]] static double least_subgradient(Objective const& f, std::span<double const> w,
                                                std::span<double const> gradient) noexcept {
    return detail::least_subgradient_norm(w, gradient, f.columns(), f.penalty().l1);
  }

  // The longest of 1, 1/2, 1/4 ... along the step that lowers the objective enough; zero when there is none, with slopes and
  // curvatures again those of no step.
  template <class Objective, executor E>
  [[nodiscard]] static double search(Objective& f, E& ex, std::span<double const> w, std::span<double const> gradient,
                                     std::span<double const> step, std::span<double const> margin,
                                     std::span<double const> change, std::span<double> slope,
                                     std::span<double> curvature, double& objective) {
    auto const size = [](double x) { return x < 0 ? -x : x; };
    double const l1 = f.penalty().l1;
    double promised = detail::inner(ex, gradient, step);
    for (std::size_t j = 0; j != f.columns(); ++j) promised += l1 * (size(w[j] + step[j]) - size(w[j]));
    double const rounding = 1e-15 * size(objective);
    double t = 1;
    for (int trial = 0; trial != 30 && promised < 0; ++trial, t /= 2) {
      double price = 0;
      for (std::size_t j = 0; j != f.columns(); ++j) {
        double const x = w[j] + t * step[j];
        price += f.penalty().l2 / 2 * x * x + l1 * size(x);
      }
      double const now = f.losses(ex, margin, t, change, slope, curvature) + price;
      if (is_finite(now) && now <= objective + 1e-4 * t * promised + rounding) {
        if (now >= objective && t != 1) break;
        objective = now;
        return t;
      }
    }
    static_cast<void>(f.losses(ex, margin, 0, {}, slope, curvature));
    return 0;
  }
};

KINDRED_END
