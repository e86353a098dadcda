// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/mean_of.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/descent_checkpoint.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/random.hpp>

#include <concepts>
#include <cstddef>

KINDRED_BEGIN

namespace detail {

// What recipes that train in several goes ask of what they are given. A model of nobody and nothing begins any fit.
template <real T, class Scale>
void check_warm_start(char const* recipe, factor_model<T, Scale> const& from, index_t factors) {
  if (from.factors() != factors && (from.users().rows() != 0 || from.items().rows() != 0))
    raise(error(error_kind::shape) << recipe << ": a model of " << from.factors() << " factors cannot begin a fit of "
                                   << factors);
}
template <real T, class Scale>
void check_training(char const* recipe, factor_model<T, Scale> const& model, ratings<T> const& data, index_t factors) {
  if (model.users().rows() != data.user_count() || model.items().rows() != data.item_count() ||
      model.factors() != factors)
    raise(error(error_kind::shape) << recipe << ": what was begun is of other data, or of another recipe");
}

template <real T>
void check_residuals(char const* recipe, rating_residuals<T> const& left, ratings<T> const& data) {
  if (left.by_user.size() != data.size() || left.by_item.size() != data.size())
    raise(error(error_kind::shape) << recipe << ": what was begun is of other data, or of another recipe");
}

// Where the users, or the items, of a model begin: where another model has them, or else, when they have ratings, where
// start(row, number) puts them, several at a time. Others are not known.
template <entity_id Id, executor E, real T, class Scale, class Start>
void start_rows(Id, E& ex, ratings<T> const& data, factor_model<T, Scale> const& from, factor_model<T, Scale>& model,
                Start const& start) {
  auto const known = std::same_as<Id, user_id> ? from.users() : from.items();
  auto const biases = std::same_as<Id, user_id> ? from.user_biases() : from.item_biases();
  index_t const count = std::same_as<Id, user_id> ? data.user_count() : data.item_count();
  auto const start_one = [&](index_t k) {
    auto const own = model.of(Id{k});
    if (from.knows(Id{k})) {
      own.bias = biases[k];
      auto const row = known.row(k);
      for (std::size_t f = 0; f != row.size(); ++f) own.vector[f] = row[f];
    } else if (!data.of(Id{k}).empty()) {
      start(own.vector, k);
    } else {
      return;
    }
    model.set_known(Id{k});
  };
  for_chunks(ex, count, 64, [&](std::size_t first, std::size_t last) {
    for (std::size_t k = first; k != last; ++k) start_one(static_cast<index_t>(k));
  });
}

// Users and items where `from` has them, or else where start_user(row, number) and start_item(row, number) put them; without a
// mean.
template <executor E, real T, class Scale, class StartUser, class StartItem>
[[nodiscard]] fitted<factor_model<T, Scale>> begun_factors(char const* recipe, E& ex, ratings<T> const& data,
                                                           factor_model<T, Scale> const& from, index_t factors,
                                                           StartUser const& start_user, StartItem const& start_item) {
  check_warm_start(recipe, from, factors);
  fitted<factor_model<T, Scale>> training{factor_model<T, Scale>(data.user_count(), data.item_count(), factors),
                                          {.converged = false}};
  start_rows(user_id{}, ex, data, from, training.model, start_user);
  start_rows(item_id{}, ex, data, from, training.model, start_item);
  return training;
}
// The same with the mean of `from`, or else of the ratings.
template <executor E, real T, class StartUser, class StartItem>
[[nodiscard]] fitted<factor_model<T>> begun_biased(char const* recipe, E& ex, ratings<T> const& data,
                                                   factor_model<T> const& from, index_t factors,
                                                   StartUser const& start_user, StartItem const& start_item) {
  auto training = begun_factors(recipe, ex, data, from, factors, start_user, start_item);
  bool const fresh = from.users().rows() == 0 && from.items().rows() == 0;
  training.model.set_mean(fresh ? mean_of(data) : from.mean());
  return training;
}
// Where the initializer of a recipe puts users, or items.
template <entity_id Id, class How>
[[nodiscard]] auto started_by(How const& how, Id) {
  return [&how](auto row, index_t k) {
    how.start(row.first(how.factors), mix(how.seed, std::same_as<Id, user_id> ? 5u : 6u), k);
  };
}

}  // namespace detail

KINDRED_END
