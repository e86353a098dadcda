// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/evaluate/bootstrap.hpp>
#include <kindred/evaluate/bootstrap_figure.hpp>
#include <kindred/evaluate/each_prediction.hpp>
#include <kindred/evaluate/estimate.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/score/scorer.hpp>

#include <cmath>
#include <cstddef>
#include <vector>

KINDRED_BEGIN

// What the ratings of every user of a test part add to RMSE and MAE. Users without a test rating are left out.
struct errors_by_user {
  std::vector<user_id> users;
  std::vector<double> squares;  // sums over the user's ratings
  std::vector<double> absolutes;
  std::vector<double> ratings;  // how many there are
};

// As evaluate_ratings, kept apart by user: columns for intervals, pairs and groups.
template <predictor M, executor E = sequential>
[[nodiscard]] errors_by_user rating_errors(M const& model, ratings<value_t<M>> const& test, rating_scale scale = {},
                                           E&& ex = {}) {
  scale.check();
  errors_by_user out;
  for (index_t u = 0; u != test.user_count(); ++u)
    if (!test.of(user_id{u}).empty()) out.users.push_back(user_id{u});
  out.squares.resize(out.users.size());
  out.absolutes.resize(out.users.size());
  out.ratings.resize(out.users.size());
  for_chunks(ex, out.users.size(), 64, [&](std::size_t first, std::size_t last) {
    for (std::size_t k = first; k != last; ++k) {
      std::size_t const u = to_index(out.users[k]);
      each_prediction(model, test, u, u + 1, [&](double predicted, double rated) {
        double const wrong = scale.clip(predicted) - rated;
        out.squares[k] += wrong * wrong;
        out.absolutes[k] += std::fabs(wrong);
        ++out.ratings[k];
      });
    }
  });
  return out;
}

// RMSE and MAE with their intervals: ratings count alike, users are what is drawn.
struct rating_estimates {
  estimate rmse = {};
  estimate mae = {};
};

template <executor E = sequential>
[[nodiscard]] rating_estimates estimate_ratings(errors_by_user const& errors, bootstrap how = {}, E&& ex = {}) {
  return {bootstrap_ratio(errors.squares, errors.ratings, how, ex).mapped([](double x) { return std::sqrt(x); }),
          bootstrap_ratio(errors.absolutes, errors.ratings, how, ex)};
}

template <predictor M, executor E = sequential>
[[nodiscard]] rating_estimates estimate_ratings(M const& model, ratings<value_t<M>> const& test,
                                                rating_scale scale = {}, bootstrap how = {}, E&& ex = {}) {
  return estimate_ratings(rating_errors(model, test, scale, ex), how, ex);
}

KINDRED_END
