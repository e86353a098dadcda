// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/examples.hpp>
#include <kindred/linear/linear_checkpoint.hpp>
#include <kindred/linear/linear_model.hpp>
#include <kindred/linear/linear_solver.hpp>
#include <kindred/linear/newton.hpp>
#include <kindred/linear/objective.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/solve/hinge_loss.hpp>
#include <kindred/solve/logistic_loss.hpp>
#include <kindred/solve/loss.hpp>
#include <kindred/solve/poisson_loss.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

// Trains a linear_model: minimizes
//
//   sum over examples (x, y, c, o) of  c loss(o + b + w . x, y)  +  l2 / 2 |w|^2  +  l1 |w|_1
//
// (see linear_penalty) with the Loss and the Solver of your choice; the recipes below name the usual ones.
//
//   auto const model = kindred::fit(kindred::logistic_regression<>{.l2 = 0.1}, examples, pool).model;
//
// The result has the same bits on any number of threads. The report says whether the solver reached its tolerance; not
// reaching it is no error. Without a penalty, labels that the columns separate perfectly have no finite best weights: the
// fit then stops at its tolerance or its last iteration, with large weights that are right in direction; so does the
// intercept when all labels are alike. A constant column beside an intercept shares its work. Rows without values count
// for the intercept.
//
// Throws error{setting} for a setting out of its range or that the solver does not support, error{data} when there are
// no examples or a label is none the loss takes, error{numeric} when numbers are so large that the objective overflows.
template <class Loss, class Solver>
struct generalized_linear {
  double l2 = 1;
  double l1 = 0;
  bool intercept = true;
  Loss loss{};
  Solver solver{};

  template <feature_rows Rows, executor E, observer O>
    requires linear_solver<Solver, linear_objective<Rows, Loss>>
  [[nodiscard]] fitted<linear_model<value_t<Rows>, Loss>> fit(examples<Rows> const& data, E& ex, O& watch) const {
    return train(data, nullptr, ex, watch);
  }

  // A fit that has not yet begun, to be advanced (see resumable), and the model of one that has come so far: by a solver that can,
  // lbfgs, owlqn, saga or dual_descent. newton and proximal_newton take few steps where others take many, and group_lasso is
  // for small tables: fit_from begins them at any model.
  template <feature_rows Rows>
    requires resumable_solver<Solver, linear_objective<Rows, Loss>>
  [[nodiscard]] auto begin(examples<Rows> const& data) const {
    check(data);
    return linear_checkpoint<typename Solver::memory_type>{
        buffer<double>(std::size_t{data.columns()} + (intercept ? 1 : 0), 0.0)};
  }
  template <feature_rows Rows, class Memory, executor E, class After>
    requires resumable_solver<Solver, linear_objective<Rows, Loss>>
  void advance(linear_checkpoint<Memory>& training, examples<Rows> const& data, std::uint32_t more, E& ex,
               After const& after) const {
    check(data);
    linear_objective<Rows, Loss> f(data, loss, {.l2 = l2, .l1 = l1}, intercept);
    if (training.parameters.size() != f.size())
      raise(error(error_kind::shape) << "generalized_linear: what was begun is of other data, or of another recipe");
    solver.advance(f, training, more, ex, after);
  }
  template <feature_rows Rows, class Memory, executor E>
  [[nodiscard]] fitted<linear_model<value_t<Rows>, Loss>> finish(linear_checkpoint<Memory> const& training,
                                                                 examples<Rows> const& data, E&) const {
    return model_of<value_t<Rows>>(training.parameters.span(), data.columns(), training.report);
  }

  // Begins at the parameters of a model of as many columns, for instance that of a neighboring l2: fewer iterations to the
  // same end. Throws error{shape} when it has another number of columns.
  template <feature_rows Rows, executor E, observer O>
    requires linear_solver<Solver, linear_objective<Rows, Loss>>
  [[nodiscard]] fitted<linear_model<value_t<Rows>, Loss>> fit_from(linear_model<value_t<Rows>, Loss> const& start,
                                                                   examples<Rows> const& data, E& ex, O& watch) const {
    if (start.columns() != data.columns())
      raise(error(error_kind::shape) << "generalized_linear: the fit should begin with a model of " << start.columns()
                                     << " columns, but the examples have " << data.columns());
    return train(data, &start, ex, watch);
  }

private:
  template <class Rows, class E, class O>
  [[nodiscard]] fitted<linear_model<value_t<Rows>, Loss>> train(examples<Rows> const& data,
                                                                linear_model<value_t<Rows>, Loss> const* start, E& ex,
                                                                O& watch) const {
    check(data);
    linear_objective<Rows, Loss> f(data, loss, {.l2 = l2, .l1 = l1}, intercept);
    buffer<double> w(f.size(), 0.0);
    if (start != nullptr) {
      for (std::size_t j = 0; j != f.columns(); ++j) w[j] = static_cast<double>(start->weights()[j]);
      if (intercept) w[f.columns()] = static_cast<double>(start->intercept());
    }
    fit_report const report = solver.minimize(f, w.span(), ex, watch);
    return model_of<value_t<Rows>>(w.span(), f.columns(), report);
  }

  template <class Rows>
  void check(examples<Rows> const& data) const {
    check_not_negative("generalized_linear: l2", l2);
    check_not_negative("generalized_linear: l1", l1);
    check_settings(loss, solver);
    if (data.empty()) raise(error(error_kind::data) << "generalized_linear: there are no examples to learn from");
  }

  template <real T>
  [[nodiscard]] fitted<linear_model<T, Loss>> model_of(std::span<double const> w, std::size_t columns,
                                                       fit_report report) const {
    if (w.size() != columns + (intercept ? 1 : 0))
      raise(error(error_kind::shape) << "generalized_linear: what was begun is of other data, or of another recipe");
    for (double const x : w)
      if (!is_finite(static_cast<T>(x)))
        raise(error(error_kind::numeric) << "generalized_linear: a weight overflows; scale the features, or raise l2");
    return {linear_model<T, Loss>(w, columns, loss), report};
  }
};

// Yes or no: log-odds that add up. Labels are 0 and 1.
template <class Solver = newton>
using logistic_regression = generalized_linear<logistic_loss, Solver>;

// Least squares, with l2 > 0 ridge regression. Labels are numbers.
template <class Solver = newton>
using linear_regression = generalized_linear<squared_loss, Solver>;

// Counts. Labels are zero or more; the logarithm of an exposure is an offset.
template <class Solver = newton>
using poisson_regression = generalized_linear<poisson_loss, Solver>;

// A support vector machine with squared hinge loss. Labels are 0 and 1.
template <class Solver = newton>
using linear_svm = generalized_linear<squared_hinge_loss, Solver>;

KINDRED_END
