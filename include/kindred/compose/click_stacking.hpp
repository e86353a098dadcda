// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/fit_parts.hpp>
#include <kindred/compose/top_n_each.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/examples.hpp>
#include <kindred/data/random_holdout.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/linear/generalized_linear.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/random.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/row.hpp>
#include <kindred/view/unchecked.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Trains several recipes on clicks, and a blend of them that puts what is clicked before what is not:
//
//   auto const how = kindred::click_stacking(kindred::scaled_by_user{kindred::implicit_user_knn<>{}},
//                                            kindred::scaled_by_user{kindred::implicit_als<>{}});
//   auto const hybrid = kindred::fit(how, clicks, pool).model;
//
// A part of the clicks, `held_out`, is kept from a first fit of the parts. What any part puts among its best `depth` for a user is
// the user's pool; each click of the pool that was held out is set against `rivals` draws of what was not clicked. The weights
// are those of a logistic regression on the differences of what the parts say of the two,
//
//   minimize  sum over pairs  log(1 + exp(-<w, s(u, click) - s(u, rival)>))  +  l2 |w|^2
//
// (Burges et al., "Learning to rank using gradient descent", 2005). Only items of the pool are compared: rivals from the top of
// lists against clicks from anywhere would teach that high scores are bad. Then the parts are fitted to all clicks. Scores are on
// the scale of the weights, and only their order has meaning. Deterministic on any number of threads. The observer hears 1 when
// the weights are learned. Throws what the parts throw; error{setting}; error{data} when there is nothing to learn from.
template <class... Recipes>
class click_stacking {
public:
  explicit click_stacking(Recipes... parts)
    requires(sizeof...(Recipes) > 0)
      : parts_(std::move(parts)...) {}

  double held_out = 0.2;
  std::uint32_t rivals = 4;
  std::uint32_t depth = 50;
  double l2 = 1e-6;
  std::uint64_t seed = 0;

  template <real T, executor E, observer O>
    requires(recipe<Recipes, ratings<T>> && ...)
  [[nodiscard]] auto fit(ratings<T> const& data, E& ex, O& watch) const {
    if (!(held_out > 0 && held_out < 1))
      raise(error(error_kind::setting) << "click_stacking: held_out = " << held_out << "; it lies between 0 and 1");
    if (rivals == 0 || depth == 0)
      raise(error(error_kind::setting) << "click_stacking: rivals and depth have to be one or more");
    auto const how = blend_of(data, ex);
    watch(progress{1, how.report.objective});
    return detail::fit_stacked(parts_, how, data, ex);
  }

private:
  static constexpr std::size_t count = sizeof...(Recipes);

  // A linear model of the differences. Every pair comes in both directions, so that there is nothing for an intercept.
  template <real T, executor E>
  [[nodiscard]] auto blend_of(ratings<T> const& data, E& ex) const {
    auto const parts = random_holdout{.fraction = held_out, .seed = seed}.split(data);
    ratings<T> const& before = parts.first;
    ratings<T> const& later = parts.second;
    auto const models = detail::fit_parts(parts_, before, ex);
    auto const best = std::apply(
        [&](auto const&... model) {
          return std::vector<recommendation_lists<T>>{recommend_all(model, before, depth, ex)...};
        },
        models);
    std::vector<T> difference, label;
    auto const say = [&](user_id u, item_id i) {
      std::vector<T> said;
      std::apply([&](auto const&... model) { (said.push_back(score_of(model, u, i)), ...); }, models);
      return said;
    };
    for (index_t u = 0; u != later.user_count(); ++u) {
      auto const clicked = later.of(user_id{u}).index;
      if (clicked.empty() || before.of(user_id{u}).empty()) continue;
      std::vector<index_t> pool;
      for (auto const& lists : best)
        for (auto const& one : lists[u]) pool.push_back(to_index(one.item));
      std::sort(pool.begin(), pool.end());
      pool.erase(std::unique(pool.begin(), pool.end()), pool.end());
      std::vector<index_t> found, rest;
      for (index_t const i : pool) (position_of(clicked, i) != clicked.size() ? found : rest).push_back(i);
      if (rest.empty()) continue;
      random_stream random(seed, u);
      for (index_t const i : found) {
        auto const of_click = say(user_id{u}, item_id{i});
        for (std::uint32_t r = 0; r != rivals; ++r) {
          auto const of_rival = say(user_id{u}, item_id{rest[below(random, static_cast<std::uint32_t>(rest.size()))]});
          for (T const sign : {T{1}, T{-1}}) {
            for (std::size_t k = 0; k != count; ++k) difference.push_back(sign * (of_click[k] - of_rival[k]));
            label.push_back(sign > 0 ? T{1} : T{0});
          }
        }
      }
    }
    if (label.empty())
      raise(error(error_kind::data) << "click_stacking: no click that was held out is among the best of any part");
    matrix_view<T> const rows(unchecked, difference.data(), static_cast<index_t>(label.size()), index_t{count}, count);
    return kindred::fit(logistic_regression<>{.l2 = l2, .intercept = false},
                        examples<matrix_view<T>>::from(rows, label), ex);
  }

  std::tuple<Recipes...> parts_;
};

KINDRED_END
