// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/linear/least_subgradient.hpp>
#include <kindred/linear/vector_math.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Takes columns by groups, in or out together - the categories of a field, the parts of a spline: minimizes a linear objective with
//
//   strength x sum over groups of  sqrt(columns of the group) |w of the group|
//
// added (Yuan and Lin, "Model selection and estimation in regression with grouped variables", 2006). With an l1 the weights
// within a group that stays may be zero as well: the sparse group lasso (Simon, Friedman, Hastie and Tibshirani, 2013).
//
//   using grouped = kindred::logistic_regression<kindred::group_lasso>;
//   grouped{.l2 = 0, .solver = {.group = {0, 0, 0, 1, 1}, .strength = 3}}
//
// `group` numbers the group of each column; without any, columns are each a group. Accelerated proximal gradient steps whose length
// is found by backtracking, begun anew when they overshoot (Beck and Teboulle, 2009; O'Donoghue and Candes, 2015): for any smooth
// loss. Ends when the norm of the least subgradient is at most `tolerance` times that at the start; converged says so. Two
// evaluations, seldom more, an iteration. The same bits on any number of threads. The observer hears the objective, with the price of
// the groups, after each iteration. There is no checkpoint (see resumable_solver): it is for tables that take seconds, and
// generalized_linear::fit_from begins at any model.
struct group_lasso {
  std::vector<index_t> group = {};
  double strength = 1;
  double tolerance = 1e-4;
  std::uint32_t iterations = 2000;

  void check() const {
    check_not_negative("group_lasso: strength", strength);
    check_not_negative("group_lasso: tolerance", tolerance);
  }

  // Goes on from w. Throws error{shape} when there is not a group for each column.
  template <class Objective, executor E, observer O>
  [[nodiscard]] fit_report minimize(Objective& f, std::span<double> w, E& ex, O& watch) const {
    prices const costs(*this, f.columns(), f.penalty().l1);
    buffer<double> margin(f.examples_count()), slope(f.examples_count());
    auto const evaluate = [&](std::span<double const> at, std::span<double> gradient) {
      f.margins(ex, at, true, margin.span());
      double const value = f.losses(ex, margin.span(), 0, {}, slope.span(), {});
      f.gradient(ex, at, slope.span(), gradient);
      auto const weights = at.first(f.columns());
      return value + f.penalty().l2 / 2 * detail::inner(ex, weights, weights);
    };
    std::size_t const p = w.size();
    buffer<double> gradient(p), ahead(p), next(p), next_gradient(p);
    double value = evaluate(w, gradient.span()) + costs.of(w);
    if (!is_finite(value))
      raise(error(error_kind::numeric) << "group_lasso: the objective is not finite at the start; the features, labels "
                                          "or weights are too large for the number type");
    double length = costs.least_subgradient(w, gradient.span());
    double const enough = tolerance * length;
    fit_report report{.epochs = 0, .objective = value, .converged = length <= enough};
    double bend = 1;  // the inverse of the length of a step
    double pace = 1;
    for (std::size_t j = 0; j != p; ++j) ahead[j] = w[j];
    while (!report.converged && report.epochs != iterations) {
      double const from = evaluate(ahead.span(), gradient.span());
      double const rounding = 1e-14 * (from < 0 ? -from : from);
      double now = 0;
      bool found = false;
      for (; !found && bend < 1e300; bend *= found ? 1 : 2) {
        double promised = 0;
        for (std::size_t j = 0; j != p; ++j) next[j] = ahead[j] - gradient[j] / bend;
        costs.shrink(next.span(), 1 / bend);
        for (std::size_t j = 0; j != p; ++j) {
          double const move = next[j] - ahead[j];
          promised += move * (gradient[j] + bend / 2 * move);
        }
        now = evaluate(next.span(), next_gradient.span());
        found = is_finite(now) && now <= from + promised + rounding;
      }
      now += costs.of(next.span());
      if (!found || !(now <= value + rounding)) {
        if (pace == 1) break;  // rounding hides any further descent
        for (std::size_t j = 0; j != p; ++j) ahead[j] = w[j];
        pace = 1;
        continue;
      }
      double const faster = (1 + std::sqrt(1 + 4 * pace * pace)) / 2;
      for (std::size_t j = 0; j != p; ++j) {
        ahead[j] = next[j] + (pace - 1) / faster * (next[j] - w[j]);
        w[j] = next[j];
      }
      pace = faster;
      value = now;
      bend *= 0.9;
      length = costs.least_subgradient(w, next_gradient.span());
      report = {report.epochs + 1, value, length <= enough};
      if (watch(progress{report.epochs, value}) == flow::stop) break;
    }
    return report;
  }

private:
  // What groups cost, with the l1 of their columns.
  class prices {
  public:
    prices(group_lasso const& how, std::size_t columns, double l1) : columns_(columns), l1_(l1) {
      if (!how.group.empty() && how.group.size() != columns)
        raise(error(error_kind::shape) << "group_lasso: there are groups of " << how.group.size() << " columns, but "
                                       << columns << " columns");
      index_t groups = how.group.empty() ? static_cast<index_t>(columns) : 0;
      for (index_t const g : how.group) {
        if (g >= columns)
          raise(error(error_kind::setting) << "group_lasso: there is a group " << g << " of " << columns
                                           << " columns; groups are numbered from zero");
        if (g >= groups) groups = g + 1;
      }
      of_.resize(columns);
      strength_.assign(groups, 0);
      for (std::size_t j = 0; j != columns; ++j) {
        of_[j] = how.group.empty() ? static_cast<index_t>(j) : how.group[j];
        ++strength_[of_[j]];
      }
      for (double& s : strength_) s = how.strength * std::sqrt(s);
    }

    [[nodiscard]] double of(std::span<double const> w) const {
      double sum = 0;
      auto const size = lengths(w);
      for (std::size_t g = 0; g != size.size(); ++g) sum += strength_[g] * size[g];
      for (std::size_t j = 0; j != columns_; ++j) sum += l1_ * std::abs(w[j]);
      return sum;
    }

    // The proximal step: weights shrink by l1, then groups by their strength.
    void shrink(std::span<double> w, double rate) const {
      for (std::size_t j = 0; j != columns_; ++j) w[j] = detail::shrunk(w[j], rate * l1_);
      auto const size = lengths(w);
      for (std::size_t j = 0; j != columns_; ++j) {
        double const cut = rate * strength_[of_[j]];
        w[j] = size[of_[j]] > cut ? w[j] * (1 - cut / size[of_[j]]) : 0;
      }
    }

    [[nodiscard]] double least_subgradient(std::span<double const> w, std::span<double const> gradient) const {
      auto const size = lengths(w);
      std::vector<double> squares(size.size());  // of a group that is zero
      double sum = 0;
      for (std::size_t j = 0; j != columns_; ++j) {
        double const own = detail::least_subgradient(w[j], gradient[j], l1_);
        index_t const g = of_[j];
        if (size[g] > 0) sum += square(own + (w[j] != 0 ? strength_[g] * w[j] / size[g] : 0));
        else squares[g] += square(own);
      }
      for (std::size_t g = 0; g != size.size(); ++g)
        if (double const over = std::sqrt(squares[g]) - strength_[g]; over > 0) sum += square(over);
      for (std::size_t j = columns_; j != w.size(); ++j) sum += square(gradient[j]);
      return std::sqrt(sum);
    }

  private:
    [[nodiscard]] static double square(double x) noexcept { return x * x; }
    [[nodiscard]] std::vector<double> lengths(std::span<double const> w) const {
      std::vector<double> out(strength_.size());
      for (std::size_t j = 0; j != columns_; ++j) out[of_[j]] += square(w[j]);
      for (double& x : out) x = std::sqrt(x);
      return out;
    }

    std::size_t columns_;
    double l1_;
    std::vector<index_t> of_;       // the group of each column
    std::vector<double> strength_;  // of each group
  };
};

KINDRED_END
