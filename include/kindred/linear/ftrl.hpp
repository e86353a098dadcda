// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/examples.hpp>
#include <kindred/linear/ftrl_learner.hpp>
#include <kindred/linear/ftrl_rates.hpp>
#include <kindred/linear/linear_model.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/random.hpp>
#include <kindred/solve/curved_loss.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/solve/logistic_loss.hpp>
#include <kindred/solve/step_sum.hpp>
#include <kindred/view/csr_view.hpp>

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// The same learner as a recipe: `passes` over the examples, the first in their order, each further one in an order drawn from
// the seed. The observer hears, after each pass, the mean loss of the margins before each update; converged means that all
// passes were made. On one thread: what is learned depends on the order.
//
// Throws what ftrl_learner throws, and error{numeric}, naming the pass and the example or column, when a weight overflows.
template <class Loss = logistic_loss>
struct ftrl {
  ftrl_rates rates{};
  std::uint32_t passes = 1;
  std::uint64_t seed = 0;
  Loss loss{};

  template <real T, executor E, observer O>
  [[nodiscard]] fitted<linear_model<T, Loss>> fit(examples<csr_view<T>> const& data, E&, O& watch) const {
    ftrl_learner<T, Loss> learner(rates, data.columns(), loss);
    std::vector<index_t> order(data.size());
    double total = 0;
    for (index_t r = 0; r != data.size(); ++r) {
      order[r] = r;
      total += static_cast<double>(data.weight(r));
      if (!accepts_label(loss, static_cast<double>(data.label(r))))
        raise(error(error_kind::data).at(r)
              << "the label " << data.label(r) << " of row " << r << " is none that the loss takes");
    }
    if (data.empty()) raise(error(error_kind::data) << "ftrl: there are no examples to learn from");
    fit_report report{.converged = passes == 0};
    while (report.epochs != passes) {
      if (report.epochs != 0) {
        random_stream random(seed, report.epochs);
        shuffle(random, std::span<index_t>(order));
      }
      auto const [sum, wrong] = detail::take_steps(std::span<index_t const>(order), 0, order.size(), [&](index_t r) {
        T const before = learner.learn(data.row(r), data.label(r), data.weight(r), data.offset(r));
        return static_cast<double>(data.weight(r)) * static_cast<double>(loss.value(before, data.label(r)));
      });
      if (wrong != detail::step_sum::none) raise_diverged_at_example(report.epochs + 1, order[wrong]);
      double const mean = sum / total;
      if (!is_finite(mean)) raise_diverged(report.epochs + 1);
      report = {report.epochs + 1, mean, report.epochs + 1 == passes};
      if (watch(progress{report.epochs, mean}) == flow::stop) break;
    }
    auto model = learner.model();
    if (!is_finite(largest_magnitude(model.weights())) || !is_finite(model.intercept()))
      raise_left_large(report.epochs, largest_of(data.columns(), [&](index_t j) {
                         return largest_magnitude(model.weights().subspan(j, 1));
                       }));
    return {std::move(model), report};
  }
};

KINDRED_END
