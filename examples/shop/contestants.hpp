// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/any_scorer.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/score/scorer.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// Somebody in the contest: a recipe of which nobody knows any more what it is, so that what measures it is compiled once, and not
// once for each.
struct contestant {
  // A trained model. Everybody ranks; who says ratings can be asked for those, too.
  struct model {
    kindred::any_scorer<float> ranks;
    std::optional<kindred::any_predictor<float>> rates;
  };

  std::string name;
  std::function<model(kindred::ratings<float> const&)> train;

  // What makes it a recipe again.
  [[nodiscard]] kindred::fitted<model> fit(kindred::ratings<float> const& data, auto& /*executor*/,
                                           auto& /*observer*/) const {
    return {train(data)};
  }
};

// Enters a recipe. The only thing here that is compiled for each.
template <class Recipe>
[[nodiscard]] contestant entrant(char const* name, Recipe const& how) {
  return {name, [how](kindred::ratings<float> const& data) -> contestant::model {
            auto model = kindred::fit(how, data).model;
            if constexpr (kindred::predictor<decltype(model)>) {
              kindred::any_predictor<float> const rates(std::move(model));
              return {rates, rates};
            } else {
              return {std::move(model), {}};
            }
          }};
}

// Popularity, bias, user k-NN, item k-NN and factorization, each with its defaults.
[[nodiscard]] std::vector<contestant> contestants(std::uint64_t seed);

// Two of them, which take the longest to compile and so have a file of their own.
[[nodiscard]] contestant user_neighbors();
[[nodiscard]] contestant item_neighbors();
