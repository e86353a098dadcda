// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/begun_training.hpp>
#include <kindred/factor/check_reach.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/ranking_step.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/random.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/solve/alias_table.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/solve/initializer.hpp>
#include <kindred/solve/negative_sampler.hpp>
#include <kindred/solve/ranking_loss.hpp>
#include <kindred/solve/ranking_strata.hpp>
#include <kindred/solve/regularizer.hpp>
#include <kindred/solve/row_regularizer.hpp>
#include <kindred/solve/schedule.hpp>
#include <kindred/solve/seen_marks.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// What ranking takes for the settings of the library's own schedules and regularizers, whose defaults suit ratings. Those of a policy
// of yours stay as they are.
template <class Schedule>
[[nodiscard]] constexpr Schedule of_rate(double rate) {
  Schedule out = {};
  if constexpr (requires { out.rate = rate; }) out.rate = rate;
  return out;
}
template <class Regularizer>
[[nodiscard]] constexpr Regularizer of_strength(double strength) {
  Regularizer out = {};
  if constexpr (requires { out.strength = strength; }) out.strength = strength;
  return out;
}

}  // namespace detail

// Matrix factorization that learns to rank, by stochastic gradient descent over what users chose and samples of what they did
// not. Minimizes
//
//   sum over choices (u, i, w) of  w E[ loss(score(u, i), scores(u, drawn others)) ]
//                                  + penalties of the parameters that are touched, paid with every step
//
// where score(u, i) = bias(i) + <p(u), q(i)>, or their cosine for a loss on cosines. Any rating is a choice, whatever its value
// (select what counts before); a choice without a weight has w = 1. Loss, sampler, regularizer, schedule and initializer are
// policies, yours or ours: bpr, warp, logistic_mf, softmax_mf and simplex_mf are this recipe with a loss of the literature.
//
// An epoch visits every choice once: (2 + 4 touched others) x 2 x factors flops, and 2 x factors for each other that is only
// looked at. Visits go by ranking_strata, so the result is the same bits on any number of threads; implicit, buffalo and
// LightFM let threads overwrite each other's steps instead. The observer hears the mean loss of the choices as they were met.
// A fit whose loss, or whose model in the end, is not finite gives error{numeric}, naming the epoch, a user and an item. converged
// says that all epochs were run.
template <class Loss, class Sampler = uniform_negatives, class Regularizer = l2, class Schedule = constant_rate,
          class Initializer = normal_initializer>
struct ranking_sgd {
  static_assert(ranking_loss<Loss, detail::either<ranking_loss<Loss, double>>>, "ranking_sgd: not a ranking_loss");
  static_assert(negative_sampler<Sampler>, "ranking_sgd: not a negative_sampler");
  static_assert(regularizer<Regularizer, detail::either<regularizer<Regularizer, double>>>,
                "ranking_sgd: not a regularizer");
  static_assert(!detail::of_rows<Regularizer>, "ranking_sgd: a penalty of whole vectors is for sgd");
  static_assert(schedule<Schedule>, "ranking_sgd: not a schedule");
  static_assert(initializer<Initializer, detail::either<initializer<Initializer, double>>>,
                "ranking_sgd: not an initializer");

  index_t factors = 64;
  std::uint32_t epochs = 30;
  Loss loss = {};
  Sampler others = {};
  Regularizer vector = detail::of_strength<Regularizer>(detail::on_cosines<Loss> ? 0 : 0.02);
  Regularizer bias = detail::of_strength<Regularizer>(0.02);
  double bias_step = 1;  // times the rate of vectors; 0 gives a model without biases
  Schedule rate = detail::of_rate<Schedule>(detail::on_cosines<Loss> ? 0.01 : 0.05);
  Initializer start = {};
  std::uint64_t seed = 0;

  template <real T, executor E, observer O>
    requires ranking_loss<Loss, T> && regularizer<Regularizer, T> && initializer<Initializer, T>
  [[nodiscard]] fitted<preference_model<T>> fit(ratings<T> const& data, E& ex, O& watch) const {
    return detail::fit_in_rounds(*this, data, ex, watch);
  }

  // A fit that has not yet begun, to be advanced (see resumable): every user and item where the initializer puts them. With a warm
  // start, users and items that the model knows begin where it has them; it has as many factors as this, or error{shape} is thrown.
  template <real T, executor E = sequential>
  [[nodiscard]] fitted<preference_model<T>> begin(ratings<T> const& data, preference_model<T> const& from = {0, 0, 0},
                                                  E&& ex = {}) const {
    check();
    auto const begins = [&](auto id) {
      return [&, id](std::span<T> row, index_t k) {
        detail::started_by(*this, id)(row, k);
        if constexpr (detail::on_cosines<Loss>) detail::to_unit_length(row);
      };
    };
    return detail::begun_factors("ranking_sgd", ex, data, from, factors, begins(user_id{}), begins(item_id{}));
  }
  template <real T, executor E>
  [[nodiscard]] fitted<preference_model<T>> begin(ratings<T> const& data, E& ex) const {
    return begin(data, preference_model<T>(0, 0, 0), ex);
  }

  // Trains for as many epochs as `more`, at most until all of the recipe's are done; after(training) is called after each and says
  // whether to go on. A fit in several goes, on the same data with the same recipe, gives the same bits as one in one go. Throws
  // what fit throws, and error{shape} when `training` is of other data or another recipe.
  template <real T, executor E, class After>
    requires ranking_loss<Loss, T> && regularizer<Regularizer, T>
  void advance(fitted<preference_model<T>>& training, ratings<T> const& data, std::uint32_t more, E& ex,
               After const& after) const {
    check();
    detail::check_training("ranking_sgd", training.model, data, factors);
    ranking_strata<T> const grid(data, seed);
    seen_marks<T> const seen(data);
    std::vector<alias_table> table(grid.groups());
    detail::ranking_step<T, Loss, Sampler, Regularizer> const how{loss, others, vector, bias, data, seen, grid.items()};
    detail::run_epochs(training, more, epochs, after, [&](std::uint32_t epoch, double) {
      auto const step = static_cast<T>(rate(epoch));
      auto const bias_rate = static_cast<T>(rate(epoch) * bias_step);
      return grid.pass(
          ex, epoch, [&](std::size_t h, std::span<index_t const> pool) { how.prepare(table[h], pool); },
          [&](auto const& chosen, std::size_t h, std::span<index_t const> pool, random_stream& random) {
            double const part = how.learn(training.model, chosen, {pool, table[h]}, random, step, bias_rate);
            if (!is_finite(part)) raise_diverged_among(chosen.chosen, training.model, epoch + 1);
            return part;
          });
    });
    detail::check_reach(training.model, training.report.epochs);
  }

private:
  // Names the choice, of those of a block, whose user and item have the largest numbers. Nobody else touches them then.
  template <real T>
  [[noreturn]] static void raise_diverged_among(std::span<typename ranking_strata<T>::entry const> chosen,
                                                preference_model<T> const& model, std::uint32_t epoch) {
    auto const& one = chosen[largest_of(static_cast<index_t>(chosen.size()), [&](index_t k) {
      return (std::max)({largest_magnitude(model.users().row(chosen[k].user)),
                         largest_magnitude(model.items().row(chosen[k].item)),
                         largest_magnitude(model.item_biases().subspan(chosen[k].item, 1))});
    })];
    raise_diverged(epoch, one.user, one.item, "choice");
  }

  void check() const {
    check_factors("ranking_sgd", factors);
    if (loss.negatives() == 0 || loss.negatives() > 65536)
      raise(error(error_kind::setting) << "ranking_sgd: the loss asks for " << loss.negatives()
                                       << " others a choice; it can have from 1 to 65536");
    check_not_negative("ranking_sgd: bias_step", bias_step);
    check_settings(loss, others, vector, bias, rate, start);
  }
};

KINDRED_END
