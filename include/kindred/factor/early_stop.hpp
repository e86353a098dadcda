// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/random_holdout.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/data/splitter.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/solve/loss.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

KINDRED_BEGIN

// A fit by early_stop under way: the one it watches, the best there was, and how well that foretold.
template <class Training>
struct early_stop_checkpoint {
  Training now;
  Training best = now;
  double least = 0;
  double held_out = 0;  // how well `now` foretells
  fit_report report = {};

  static constexpr stored_format format{"early_stop_checkpoint", 1};
  static void fields(auto& self, auto& visit) {
    visit("now", self.now);
    visit("best", self.best);
    visit("least", self.least);
    visit("held_out", self.held_out);
    visit("report", self.report);
  }
};

// A fit that keeps ratings back, looks after every epoch how well it foretells them, and gives the model of the best epoch.
//
// It ends when `patience` epochs in a row were no better than the best one, or with the epochs of the recipe. The observer
// hears the objective of the recipe and, as held_out, its mean loss on the ratings that were kept back (fold 0 of the
// splitter). The report is that of the best epoch; converged says that patience ran out. What was kept back is not learned
// from: fit the recipe with report.epochs epochs once more for a model of all ratings.
//
// `how` is sgd or another resumable recipe; where it has no loss, squares are taken. The same bits on any number of threads.
template <class Recipe = sgd<>, class Split = random_holdout>
struct early_stop {
  Recipe how = {};
  Split held_out = {.fraction = 0.1};
  std::uint32_t patience = 3;

  template <real T, executor E, observer O>
    requires resumable<Recipe, ratings<T>> && splitter<Split, ratings<T>>
  [[nodiscard]] auto fit(ratings<T> const& data, E& ex, O& watch) const {
    return detail::fit_in_rounds(*this, data, ex, watch);
  }

  // A fit that has not yet begun, to be advanced (see resumable), and the best model of one that has come so far.
  template <real T, executor E>
  [[nodiscard]] early_stop_checkpoint<training_of<Recipe, ratings<T>>> begin(ratings<T> const& data, E& ex) const {
    auto const [train, test] = split(data);
    auto now = detail::begun(how, train, ex);
    double const error = error_on(test, now, train, ex);
    return {now, now, error, error, {.converged = false}};
  }
  template <class Training, real T, executor E, class After>
  void advance(early_stop_checkpoint<Training>& training, ratings<T> const& data, std::uint32_t more, E& ex,
               After const& after) const {
    if (training.report.converged) return;
    auto const parts = split(data);
    ratings<T> const& train = parts.first;
    ratings<T> const& test = parts.second;
    how.advance(training.now, train, more, ex, [&](Training const& now) {
      training.held_out = error_on(test, now, train, ex);
      bool const better = training.held_out < training.least;
      if (better) {
        training.least = training.held_out;
        training.best = now;
      }
      bool const enough = !better && now.report.epochs - training.best.report.epochs >= patience;
      training.report = {now.report.epochs, now.report.objective, enough};
      flow const told = after(std::as_const(training));
      return enough ? flow::stop : told;
    });
  }
  template <class Training, real T, executor E>
  [[nodiscard]] auto finish(early_stop_checkpoint<Training> training, ratings<T> const& data, E& ex) const {
    training.best.report.converged = training.report.converged;
    return detail::finished(how, std::move(training.best), split(data).first, ex);
  }

private:
  // What is learned from, and what is kept back.
  template <real T>
  [[nodiscard]] std::pair<ratings<T>, ratings<T>> split(ratings<T> const& data) const {
    if (patience == 0) raise(error(error_kind::setting) << "early_stop: patience = 0; it is one epoch or more");
    if (held_out.folds() == 0) raise(error(error_kind::setting) << "early_stop: the splitter has no folds");
    return held_out.split(data, 0);
  }

  template <real T, class Training, executor E>
  [[nodiscard]] double error_on(ratings<T> const& test, Training const& now, ratings<T> const& train, E& ex) const {
    if constexpr (requires { how.finish(now, train, ex); }) return loss_on(test, how.finish(now, train, ex).model, ex);
    else return loss_on(test, now.model, ex);
  }

  template <real T, class Model, executor E>
  [[nodiscard]] double loss_on(ratings<T> const& test, Model const& model, E& ex) const {
    auto const loss = [&] {
      if constexpr (requires { how.loss; }) return how.loss;
      else return squared_loss{};
    }();
    double const sum = reduce_chunks<double>(ex, test.user_count(), 64, [&](std::size_t first, std::size_t last) {
      double part = 0;
      for (std::size_t u = first; u != last; ++u) {
        user_id const user{static_cast<index_t>(u)};
        auto const row = test.of(user);
        for (std::size_t k = 0; k != row.size(); ++k)
          part += static_cast<double>(loss.value(score_of(model, user, item_id{row.index[k]}), row.value[k]));
      }
      return part;
    });
    return test.empty() ? 0 : sum / static_cast<double>(test.size());
  }
};

KINDRED_END
