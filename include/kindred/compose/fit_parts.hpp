// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/stacked.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/linear/linear_model.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>

#include <tuple>
#include <utility>

KINDRED_BEGIN

namespace detail {

// The models of several recipes.
template <class... Recipes, real T, executor E>
[[nodiscard]] auto fit_parts(std::tuple<Recipes...> const& recipes, ratings<T> const& data, E& ex) {
  return std::apply([&](auto const&... how) { return std::tuple{kindred::fit(how, data, ex).model...}; }, recipes);
}

// The same, stacked by a blend that was learned; the report is that of the blend.
template <class... Recipes, real T, class Loss, executor E>
[[nodiscard]] auto fit_stacked(std::tuple<Recipes...> const& recipes, fitted<linear_model<T, Loss>> const& blend,
                               ratings<T> const& data, E& ex) {
  auto models = fit_parts(recipes, data, ex);
  return std::apply(
      [&](auto&... model) {
        using made = decltype(stacked(blend.model, std::move(model)...));
        return fitted<made>{made(blend.model, std::move(model)...), blend.report};
      },
      models);
}

}  // namespace detail

KINDRED_END
