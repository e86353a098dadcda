// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/examples.hpp>
#include <kindred/linear/lbfgs.hpp>
#include <kindred/linear/linear_checkpoint.hpp>
#include <kindred/linear/linear_model.hpp>
#include <kindred/linear/objective.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/solve/logistic_loss.hpp>

#include <cmath>
#include <cstddef>
#include <span>

KINDRED_BEGIN

// Logistic regression against an adversary who may move every feature of every example by up to `reach`, the way that hurts
// most. Against a linear model that lowers the margin by reach |w|_1, so that this is minimized, with y = 1 or -1:
//
//   sum over examples (x, y, c, o) of  c log(1 + exp(reach |w|_1 - y (o + b + w . x)))  +  l2 / 2 |w|^2
//
// (Goodfellow, Shlens and Szegedy, "Explaining and harnessing adversarial examples", 2015, section 5). With reach = 0 it is
// logistic_regression. For features that are measured with errors, or that somebody would like to bend.
//
// Labels are 0 and 1. L-BFGS, with |w_j| smoothed to the root of w_j^2 + smoothing^2: weights come close to zero, not to it.
// Report, determinism and errors are those of generalized_linear.
struct adversarial_regression {
  double reach = 0.1;
  double l2 = 1;
  bool intercept = true;
  double smoothing = 1e-3;
  lbfgs solver{};

  template <feature_rows Rows, executor E, observer O>
  [[nodiscard]] fitted<linear_model<value_t<Rows>, logistic_loss>> fit(examples<Rows> const& data, E& ex,
                                                                       O& watch) const {
    return detail::fit_in_rounds(*this, data, ex, watch);
  }

  // A fit that has not yet begun, to be advanced (see resumable), and the model of one that has come so far.
  template <feature_rows Rows>
  [[nodiscard]] linear_checkpoint<lbfgs::memory_type> begin(examples<Rows> const& data) const {
    check_not_negative("adversarial_regression: reach", reach);
    check_not_negative("adversarial_regression: l2", l2);
    if (!is_finite(smoothing) || smoothing <= 0)
      raise(error(error_kind::setting) << "adversarial_regression: smoothing = " << smoothing
                                       << "; it has to be a positive number");
    solver.check();
    if (data.empty()) raise(error(error_kind::data) << "adversarial_regression: there are no examples to learn from");
    for (index_t r = 0; r != data.size(); ++r)
      if (auto const y = data.label(r); y != 0 && y != 1)
        raise(error(error_kind::data).at(r)
              << "adversarial_regression: the label " << y << " of row " << r << " is neither 0 nor 1");
    return {buffer<double>(parameters_of(data), 0.0)};
  }
  template <feature_rows Rows, executor E, class After>
  void advance(linear_checkpoint<lbfgs::memory_type>& training, examples<Rows> const& data, std::uint32_t more, E& ex,
               After const& after) const {
    check_training(training, data);
    linear_objective<Rows, logistic_loss> f(data, {}, {.l2 = l2}, intercept);
    buffer<double> margin(data.size()), slope(data.size());
    auto const evaluate = [&](std::span<double const> w, std::span<double> gradient) {
      double const lost = reach * length(w.first(f.columns()));
      f.margins(ex, w, true, margin.span());
      auto const sum = reduce_chunks<sums>(ex, data.size(), 4096, [&](std::size_t first, std::size_t last) {
        sums part;
        for (std::size_t r = first; r != last; ++r) {
          auto const i = static_cast<index_t>(r);
          double const y = data.label(i) > 0 ? 1 : -1;
          auto const at = logistic_loss{}.terms(y * margin[r] - lost, 1.0);
          double const c = static_cast<double>(data.weight(i));
          part.loss += c * at.value;
          part.pull -= c * at.slope;
          slope[r] = c * y * at.slope;
        }
        return part;
      });
      f.gradient(ex, w, slope.span(), gradient);
      for (std::size_t j = 0; j != f.columns(); ++j) gradient[j] += sum.pull * reach * w[j] / size(w[j]);
      return sum.loss + f.penalty_of(ex, w);
    };
    solver.advance_function(evaluate, training, more, ex, after);
  }
  template <feature_rows Rows, executor E>
  [[nodiscard]] fitted<linear_model<value_t<Rows>, logistic_loss>> finish(
      linear_checkpoint<lbfgs::memory_type> const& training, examples<Rows> const& data, E&) const {
    check_training(training, data);
    return {linear_model<value_t<Rows>, logistic_loss>(training.parameters.span(), data.columns(), {}),
            training.report};
  }

private:
  template <class Rows>
  [[nodiscard]] std::size_t parameters_of(examples<Rows> const& data) const noexcept {
    return data.columns() + std::size_t{intercept ? 1u : 0u};
  }
  template <class Rows>
  void check_training(linear_checkpoint<lbfgs::memory_type> const& training, examples<Rows> const& data) const {
    if (training.parameters.size() != parameters_of(data))
      raise(
          error(error_kind::shape) << "adversarial_regression: what was begun is of other data, or of another recipe");
  }

  struct sums {
    double loss = 0;
    double pull = 0;  // the derivative of the losses in reach |w|_1
    sums operator+(sums const& other) const noexcept { return {loss + other.loss, pull + other.pull}; }
  };

  [[nodiscard]] double size(double w) const noexcept { return std::sqrt(w * w + smoothing * smoothing); }
  [[nodiscard]] double length(std::span<double const> w) const noexcept {
    double sum = 0;
    for (double const x : w) sum += size(x) - smoothing;
    return sum;
  }
};

KINDRED_END
