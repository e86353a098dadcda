// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/linear/curvature_bound.hpp>
#include <kindred/linear/least_subgradient.hpp>
#include <kindred/linear/linear_checkpoint.hpp>
#include <kindred/linear/norm_at_zero.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/random.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// SAGA: a step after every example, along the slope there, corrected by what the slopes of all examples were when they were last
// looked at, so that a step of fixed length goes to the minimum. Defazio, Bach and Lacoste-Julien, "SAGA: a fast incremental
// gradient method" (2014); sparse rows touch their own columns alone, whose share of the correction and of the penalty is
// weighed up by how seldom they come (Pedregosa, Leblond and Lacoste-Julien, "Breaking the nonsmooth barrier", 2017).
//
// For a loss with a curvature_bound, l1, l2, both or none. Begins every epoch at slopes that are all of one place, then takes as many
// steps as there are examples, each of one drawn at random and 1 / (3 x the most that an example curves) long. For many examples and
// a result that need not be exact; rows should be of similar lengths, as the longest sets the step. newton and proximal_newton
// take fewer passes to a close end.
//
// Ends when the norm of the least subgradient, measured after each epoch, is at most `tolerance` times that at zero weights;
// converged says so. An epoch is O(stored values) on one thread, and a parallel pass to measure: the same bits on any number of
// threads. Memory: a number an example, four a column. The observer hears the objective after each epoch.
struct saga {
  double tolerance = 1e-3;
  std::uint32_t epochs = 200;
  std::uint64_t seed = 0;

  void check() const { check_not_negative("saga: tolerance", tolerance); }

  using memory_type = detail::no_memory;

  // Goes on from w.
  template <class Objective, executor E, observer O>
  [[nodiscard]] fit_report minimize(Objective& f, std::span<double> w, E& ex, O& watch) const {
    return detail::minimize_in_steps<memory_type>(w, watch, [&](auto& training, std::uint32_t more, auto const& after) {
      advance(f, training, more, ex, after);
    });
  }
  // See resumable_solver: slopes are taken anew at the end of every epoch, so that they need not be kept.
  template <class Objective, executor E, class After>
  void advance(Objective& f, linear_checkpoint<memory_type>& training, std::uint32_t more, E& ex,
               After const& after) const {
    static_assert(has_curvature_bound<typename Objective::loss_type>,
                  "saga needs a loss whose curvature has a bound; see curvature_bound");
    std::span<double> const w = training.parameters.span();
    state at(f);
    if (!training.begun && (f.penalty().l1 > 0 || f.penalty().l2 > 0))
      for (std::size_t j = 0; j != f.columns(); ++j)
        if (at.seldom[j] == 0) w[j] = 0;  // no step would ever touch it
    double const value = measure(f, w, ex, at);
    if (!training.begun) {
      if (!is_finite(value) || !is_finite(at.step))
        raise(error(error_kind::numeric) << "saga: the objective is not finite at the start; the features, labels or "
                                            "weights are too large for the number type");
      double const length = norm(f, w, at);
      training.enough = tolerance * detail::norm_at_zero(f, ex, w, length);
      training.report = {.epochs = 0, .objective = value, .converged = length <= training.enough};
      training.begun = true;
    }
    detail::run_rounds(training, more, epochs, after, [&](fit_report const& before) {
      epoch(f, mix(seed, before.epochs), w, at);
      double const objective = measure(f, w, ex, at);
      if (!is_finite(objective))
        raise(error(error_kind::numeric) << "saga: the objective is not finite; scale the features");
      return fit_report{before.epochs + 1, objective, norm(f, w, at) <= training.enough};
    });
  }

private:
  // What a step reads and writes of a column, side by side.
  struct cell {
    double weight;
    double mean;    // of the slopes of all examples, times their values
    double seldom;  // examples for each one that has the column
  };

  struct state {
    template <class Objective>
    explicit state(Objective const& f)
        : margin(f.examples_count()),
          slope(f.examples_count()),
          gradient(f.size()),
          seldom(f.size(), 0.0),
          column(f.size()) {
      double most = 0;
      for (index_t r = 0; r != f.examples_count(); ++r) {
        double squares = f.intercept() ? 1 : 0;
        each(f.data().row(r), [&](std::size_t j, double x) {
          ++seldom[j];
          squares += x * x;
        });
        double const curve = static_cast<double>(f.data().weight(r)) * squares;
        if (curve > most) most = curve;
      }
      for (double& s : seldom) s = s > 0 ? f.examples_count() / s : 0;
      if (f.intercept()) seldom[f.columns()] = 1;
      step = most > 0 ? 1 / (3 * curvature_bound<typename Objective::loss_type>::value * most) : 1;
    }

    buffer<double> margin, slope;  // of the examples
    buffer<double> gradient, seldom;
    std::vector<cell> column;
    double step = 0;
  };

  template <real T, class Visit>
  static void each(sparse_row<T> row, Visit const& visit) {
    for (std::size_t k = 0; k != row.size(); ++k) visit(std::size_t{row.index[k]}, static_cast<double>(row.value[k]));
  }
  template <real T, class Visit>
  static void each(dense_row<T> row, Visit const& visit) {
    for (std::size_t j = 0; j != row.size(); ++j) visit(j, static_cast<double>(row[j]));
  }

  // Fills the slopes of all examples at w, and the gradient; the objective.
  template <class Objective, executor E>
  [[nodiscard]] static double measure(Objective& f, std::span<double const> w, E& ex, state& at) {
    f.margins(ex, w, true, at.margin.span());
    double const sum = f.losses(ex, at.margin.span(), 0, {}, at.slope.span(), {});
    f.gradient(ex, w, at.slope.span(), at.gradient.span());
    return sum + f.penalty_of(ex, w);
  }
  template <class Objective>
  [[nodiscard]] static double norm(Objective const& f, std::span<double const> w, state const& at) noexcept {
    return detail::least_subgradient_norm(w, at.gradient.span(), f.columns(), f.penalty().l1);
  }

  template <class Objective>
  static void epoch(Objective const& f, std::uint64_t start, std::span<double> w, state& at) {
    double const n = f.examples_count();
    double const l1 = at.step * f.penalty().l1 / n;
    double const l2 = at.step * f.penalty().l2 / n;
    for (std::size_t j = 0; j != w.size(); ++j) {
      double const ridge = j < f.columns() ? f.penalty().l2 * w[j] : 0;
      at.column[j] = {w[j], (at.gradient[j] - ridge) / n, at.seldom[j]};
    }
    random_stream random(start, 0);
    for (index_t k = 0; k != f.examples_count(); ++k) {
      index_t const r = below(random, f.examples_count());
      auto const row = f.data().row(r);
      double margin = static_cast<double>(f.data().offset(r));
      if (f.intercept()) margin += at.column[f.columns()].weight;
      each(row, [&](std::size_t j, double x) { margin += x * at.column[j].weight; });
      double const slope =
          static_cast<double>(f.data().weight(r)) * f.loss().slope(margin, static_cast<double>(f.data().label(r)));
      double const change = slope - at.slope[r];
      at.slope[r] = slope;
      each(row, [&](std::size_t j, double x) {
        cell& c = at.column[j];
        double const wish = c.weight - at.step * (change * x + c.seldom * c.mean);
        c.weight = detail::shrunk(wish, l1 * c.seldom) / (1 + l2 * c.seldom);
        c.mean += change * x / n;
      });
      if (f.intercept()) {
        cell& c = at.column[f.columns()];
        c.weight -= at.step * (change + c.mean);
        c.mean += change / n;
      }
    }
    for (std::size_t j = 0; j != w.size(); ++j) w[j] = at.column[j].weight;
  }
};

KINDRED_END
