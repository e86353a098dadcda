// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/observer.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

namespace detail {

// What recipes that train in several goes ask of what they are given.
template <real T, class Scale>
void check_warm_start(char const* recipe, factor_model<T, Scale> const& from, index_t factors) {
  if (from.factors() != factors)
    raise(error(error_kind::shape) << recipe << ": a model of " << from.factors() << " factors cannot begin a fit of "
                                   << factors);
}
template <real T, class Scale>
void check_training(char const* recipe, factor_model<T, Scale> const& model, ratings<T> const& data, index_t factors) {
  if (model.users().rows() != data.user_count() || model.items().rows() != data.item_count() ||
      model.factors() != factors)
    raise(error(error_kind::shape) << recipe << ": what was begun is of other data, or of another recipe");
}

// Where the users, or the items, of a model begin: where another model has them, or else, when they have ratings, where
// start(row, number) puts them. Others are not known.
template <entity_id Id, real T, class Scale, class Start>
void start_rows(Id, ratings<T> const& data, factor_model<T, Scale> const& from, factor_model<T, Scale>& model,
                Start const& start) {
  auto const known = std::same_as<Id, user_id> ? from.users() : from.items();
  auto const biases = std::same_as<Id, user_id> ? from.user_biases() : from.item_biases();
  index_t const count = std::same_as<Id, user_id> ? data.user_count() : data.item_count();
  for (index_t k = 0; k != count; ++k) {
    auto const own = model.of(Id{k});
    if (from.knows(Id{k})) {
      own.bias = biases[k];
      auto const row = known.row(k);
      for (std::size_t f = 0; f != row.size(); ++f) own.vector[f] = row[f];
    } else if (!data.of(Id{k}).empty()) {
      start(own.vector, k);
    } else {
      continue;
    }
    model.set_known(Id{k});
  }
}

// All rounds of such a recipe, the observer hearing of each.
template <class How, real T, executor E, observer O>
[[nodiscard]] auto trained_in_one_go(How const& how, ratings<T> const& data, std::uint32_t rounds, E& ex, O& watch) {
  auto training = how.begin(data);
  how.advance(training, data, rounds, ex,
              [&](auto const& now) { return watch(progress{now.report.epochs, now.report.objective}); });
  return training;
}

}  // namespace detail

KINDRED_END
