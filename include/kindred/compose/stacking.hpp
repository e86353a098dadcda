// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/fit_parts.hpp>
#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/examples.hpp>
#include <kindred/data/k_fold.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/linear/generalized_linear.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/unchecked.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Trains several recipes and a blend of them:
//
//   auto const hybrid = kindred::fit(kindred::stacking(kindred::svdpp<>{}, kindred::item_knn<>{}), ratings, pool).model;
//
// Every rating is predicted by parts that were fitted without its fold; a linear regression of the ratings on these predictions
// gives the weights; and the parts are fitted again to all ratings (Breiman, "Stacked regressions", 1996). So every part is
// fitted folds + 1 times. `blend` is any generalized_linear recipe.
//
// A recipe like any other: it can be cross-validated, and be a part of another. The observer hears the number of folds that are
// done, and nothing that the parts say; stopped early, the weights are those of the folds so far. Throws what the parts and the
// blend throw, error{setting} for fewer than 2 folds, and error{data} when there is no rating. Memory: a number a rating and
// part, and a copy of the data.
template <class Blend, class... Recipes>
class stacking {
public:
  explicit stacking(Recipes... parts)
    requires(sizeof...(Recipes) > 0)
      : parts_(std::move(parts)...) {}

  Blend blend = {};
  std::uint32_t folds = 5;
  std::uint64_t seed = 0;

  template <real T, executor E, observer O>
    requires(recipe<Recipes, ratings<T>> && ...)
  [[nodiscard]] auto fit(ratings<T> const& data, E& ex, O& watch) const {
    constexpr std::size_t count = sizeof...(Recipes);
    if (folds < 2) raise(error(error_kind::setting) << "stacking: folds = " << folds << "; there are at least 2");
    if (data.empty()) raise(error(error_kind::data) << "stacking: there are no ratings to learn a blend from");
    buffer<T> said(data.size() * count);
    std::vector<T> label;
    label.reserve(data.size());
    k_fold const dealt{.count = folds, .seed = seed};
    for (std::uint32_t fold = 0; fold != folds; ++fold) {
      auto const [train, held_out] = dealt.split(data, fold);
      auto const models = detail::fit_parts(parts_, train, ex);
      for (index_t u = 0; u != held_out.user_count(); ++u) {
        auto const row = held_out.of(user_id{u});
        for (std::size_t k = 0; k != row.size(); ++k) {
          T* at = said.data() + label.size() * count;
          std::apply([&](auto const&... model) { ((*at++ = score_of(model, user_id{u}, item_id{row.index[k]})), ...); },
                     models);
          label.push_back(row.value[k]);
        }
      }
      if (watch(progress{fold + 1, 0}) == flow::stop) break;
    }
    if (label.empty()) raise(error(error_kind::data) << "stacking: no fold has a rating; take fewer folds");
    matrix_view<T> const rows(unchecked, said.data(), static_cast<index_t>(label.size()), index_t{count}, count);
    auto const how = kindred::fit(blend, examples<matrix_view<T>>::from(rows, label), ex);
    return detail::fit_stacked(parts_, how, data, ex);
  }

private:
  std::tuple<Recipes...> parts_;
};

template <class... Recipes>
stacking(Recipes...) -> stacking<linear_regression<>, Recipes...>;

KINDRED_END
