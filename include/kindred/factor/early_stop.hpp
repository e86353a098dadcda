// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/random_holdout.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/data/splitter.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/score/scorer.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

KINDRED_BEGIN

// A fit that keeps ratings back, looks after every epoch how well it foretells them, and gives the model of the best epoch.
//
// It ends when `patience` epochs in a row were no better than the best one, or with the epochs of the recipe. The observer
// hears the objective of the recipe and, as held_out, its mean loss on the ratings that were kept back (fold 0 of the
// splitter). The report is that of the best epoch; converged says that patience ran out. What was kept back is not learned
// from: fit the recipe with report.epochs epochs once more for a model of all ratings.
//
// `how` is sgd or another recipe that can be advanced. The same bits on any number of threads.
template <class Recipe = sgd<>, class Split = random_holdout>
struct early_stop {
  Recipe how = {};
  Split held_out = {.fraction = 0.1};
  std::uint32_t patience = 3;

  template <real T, executor E, observer O>
    requires recipe<Recipe, ratings<T>> && splitter<Split, ratings<T>>
  [[nodiscard]] auto fit(ratings<T> const& data, E& ex, O& watch) const {
    if (patience == 0) raise(error(error_kind::setting) << "early_stop: patience = 0; it is one epoch or more");
    if (held_out.folds() == 0) raise(error(error_kind::setting) << "early_stop: the splitter has no folds");
    auto const [train, test] = held_out.split(data, 0);
    auto training = how.begin(train);
    auto best = training;
    double least = loss_on(test, training.model, ex);
    bool enough = false;
    how.advance(training, train, how.epochs, ex, [&, &judged = test](auto const& now) {
      double const error = loss_on(judged, now.model, ex);
      bool const better = error < least;
      if (better) {
        least = error;
        best = now;
      }
      enough = !better && now.report.epochs - best.report.epochs >= patience;
      flow const told = watch(progress{now.report.epochs, now.report.objective, error});
      return enough ? flow::stop : told;
    });
    best.report.converged = enough;
    return fitted<decltype(best.model)>{std::move(best.model), best.report};
  }

private:
  template <real T, class Model, executor E>
  [[nodiscard]] double loss_on(ratings<T> const& test, Model const& model, E& ex) const {
    double const sum = reduce_chunks<double>(ex, test.user_count(), 64, [&](std::size_t first, std::size_t last) {
      double part = 0;
      for (std::size_t u = first; u != last; ++u) {
        user_id const user{static_cast<index_t>(u)};
        auto const row = test.of(user);
        for (std::size_t k = 0; k != row.size(); ++k)
          part += static_cast<double>(how.loss.value(score_of(model, user, item_id{row.index[k]}), row.value[k]));
      }
      return part;
    });
    return test.empty() ? 0 : sum / static_cast<double>(test.size());
  }
};

KINDRED_END
