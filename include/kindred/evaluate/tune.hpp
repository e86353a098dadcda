// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/data/splitter.hpp>
#include <kindred/evaluate/search.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>

#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

KINDRED_BEGIN

namespace detail {
template <class R>
inline constexpr bool is_variant = false;
template <class... R>
inline constexpr bool is_variant<std::variant<R...>> = true;
}  // namespace detail

// Searches the settings of a recipe on a training part alone: it is cut once more by the splitter, every point is trained on the one
// part and judged on the other, and the figure of a point is the mean over the folds.
//
//   auto const found = kindred::tune(
//       space, kindred::random_search{.trials = 30, .seed = 1},
//       [](kindred::search_point const& p) { return kindred::sgd<>{.factors = p["factors"], .epochs = p.effort_of(30)}; },
//       train, kindred::random_holdout{.fraction = 0.2, .seed = 2},
//       [](auto const& model, auto const&, auto const& held_out) { return kindred::evaluate_ratings(model, held_out).rmse; },
//       {.want = kindred::goal::lowest}, pool);
//
// `make` gives the recipe of a point, or a std::variant of recipes; judge(model, learned, held_out) a number. The test part takes
// no part: a figure that was searched for is too good, by luck, and only new data tell by how much. Parallel over points, resumable
// and cancellable as search(), and throws as it does; also error{data} when a fold holds nothing out (the seed of the outer split,
// used once more, does that). Memory: the folds are cut once.
template <search_strategy S, class Make, class Data, splitter<Data> Split, class Judge, executor E = sequential,
          search_observer O = silent>
[[nodiscard]] search_result tune(search_space const& space, S const& strategy, Make const& make, Data const& train,
                                 Split const& split, Judge const& judge, search_run how = {}, E&& ex = {},
                                 O&& watch = {}) {
  std::vector<std::pair<Data, Data>> folds;
  for (std::uint32_t fold = 0; fold != split.folds(); ++fold) {
    folds.push_back(split.split(train, fold));
    if (folds.back().second.empty())
      raise(error(error_kind::data) << "tune: fold " << fold
                                    << " holds nothing out; was the data split with the same seed before?");
  }
  if (folds.empty()) raise(error(error_kind::setting) << "tune: the splitter has no folds");
  auto const attempt = [&](search_point const& point) {
    auto const recipe = make(point);
    double sum = 0;
    for (auto const& fold : folds) {
      auto const judged = [&](auto const& one) -> double {
        return judge(fit(one, fold.first).model, fold.first, fold.second);
      };
      if constexpr (detail::is_variant<decltype(make(point))>) sum += std::visit(judged, recipe);
      else sum += judged(recipe);
    }
    return sum / static_cast<double>(folds.size());
  };
  return search(space, strategy, attempt, std::move(how), ex, watch);
}

KINDRED_END
