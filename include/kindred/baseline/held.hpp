// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/score/scorer.hpp>

#include <concepts>

KINDRED_BEGIN

// A model that is trained already, as a recipe: what it fits is itself, whatever the data.
//
// For parts that are to stay as they are while others learn: the base of a neighborhood model that takes in new ratings, or
// one expensive base under several candidates.
template <scorer Model>
struct held {
  Model model;

  template <real T, executor E, observer O>
    requires std::same_as<value_t<Model>, T>
  [[nodiscard]] fitted<Model> fit(ratings<T> const&, E&, O&) const {
    return {model, {}};
  }
};

KINDRED_END
