// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/mean_of.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/begun_training.hpp>
#include <kindred/factor/check_reach.hpp>
#include <kindred/factor/composed_checkpoint.hpp>
#include <kindred/factor/composed_users.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/solve/shared_parts.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

KINDRED_BEGIN

namespace detail {

// The fit of svdpp and asymmetric_svd, and, with more parts and other terms, of with_friends and time_aware: how.has_own says whether
// users have vectors of their own; how.baseline_of, shared_rows and parts_of, of what the others are made.
template <class How, real T, executor E, class Terms = no_terms>
[[nodiscard]] composed_checkpoint<T, Terms> begin_composed(How const& how, ratings<T> const& data, E& ex,
                                                           shared_parts<T> const& more = {}, Terms terms = {}) {
  how.check();
  composed_checkpoint<T, Terms> training{factor_model<T>(data.user_count(), data.item_count(), how.factors),
                                         {.converged = false},
                                         how.baseline_of(data, ex),
                                         {},
                                         std::move(terms)};
  factor_model<T>& model = training.model;
  model.set_mean(mean_of(data));
  auto const start = [&](auto id) {
    return [&, id](std::span<T> row, index_t k) {
      if (How::has_own || std::same_as<decltype(id), item_id>) started_by(how, id)(row, k);
    };
  };
  factor_model<T> const nobody(0, 0, 0);
  start_rows(user_id{}, ex, data, nobody, model, start(user_id{}));
  start_rows(item_id{}, ex, data, nobody, model, start(item_id{}));
  for (index_t u = 0; u + std::size_t{1} < more.begin.size() && u != data.user_count(); ++u)
    if (more.begin[u] != more.begin[u + 1]) model.set_known(user_id{u});
  training.shared = buffer<T>((std::size_t{how.shared_rows(data)} + more.rows) * model.users().stride(), T{0});
  return training;
}

// What users are made of, `more` with it, when what was begun is of these ratings and this recipe; else error{shape}.
template <class How, real T, class Terms>
[[nodiscard]] shared_parts<T> parts_of_training(How const& how, composed_checkpoint<T, Terms> const& training,
                                                ratings<T> const& data, shared_parts<T> const& more) {
  check_training(How::name, training.model, data, how.factors);
  auto parts = joined(how.parts_of(data, training.baseline), more);
  if (training.shared.size() != std::size_t{parts.rows} * training.model.users().stride())
    raise(error(error_kind::shape) << How::name << ": what was begun is of other data, or of another recipe");
  return parts;
}

// biases_of(training) makes the scheme of the terms beside the vectors.
template <class How, real T, class Terms, executor E, class After, class BiasesOf>
void advance_composed(How const& how, composed_checkpoint<T, Terms>& training, ratings<T> const& data,
                      std::uint32_t rounds, E& ex, After const& after, BiasesOf const& biases_of,
                      shared_parts<T> const& more = {}) {
  how.check();
  composed_users<T, decltype(how.loss), decltype(how.vector)> users(data, parts_of_training(how, training, data, more),
                                                                    training.model, training.shared, How::has_own,
                                                                    how.loss, how.vector, how.seed);
  auto biases = biases_of(training);
  run_epochs(training, rounds, how.epochs, after, [&](std::uint32_t epoch, double) {
    return users.pass(ex, epoch, static_cast<T>(how.rate(epoch)), biases);
  });
}

template <class How, real T, class Terms, executor E>
[[nodiscard]] fitted<factor_model<T>> finish_composed(How const& how, composed_checkpoint<T, Terms>& training,
                                                      ratings<T> const& data, E& ex, shared_parts<T> const& more = {}) {
  add_shared(ex, parts_of_training(how, training, data, more), training.shared, training.model);
  check_reach(training.model, training.report.epochs);
  return {std::move(training.model), training.report};
}

}  // namespace detail

KINDRED_END
