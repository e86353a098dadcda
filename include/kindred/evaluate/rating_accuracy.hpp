// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/evaluate/each_prediction.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/score/scorer.hpp>

#include <cmath>
#include <cstddef>
#include <tuple>

KINDRED_BEGIN

// How far predictions are from ratings.
struct rating_accuracy {
  double rmse = 0;          // root of the mean squared error
  double mae = 0;           // mean absolute error
  std::size_t ratings = 0;  // that were predicted

  // The figures that have a mean and a spread over folds.
  friend auto fields(rating_accuracy& a) noexcept { return std::tie(a.rmse, a.mae); }
};

// Predicts every rating of `test`, each counting alike, and compares. Both figures are 0 when there is none.
//
// Nothing is left out: users and items that are not known get the model's neutral prediction. Predictions are clipped to
// `scale`, by default not at all; Surprise clips them to the scale of the ratings, and so does rating_scale::of(train).
// Throws error{setting} when the scale is upside down. O(one score a rating), parallel over users, the same bits on any
// number of threads.
template <predictor M, executor E = sequential>
[[nodiscard]] rating_accuracy evaluate_ratings(M const& model, ratings<value_t<M>> const& test, rating_scale scale = {},
                                               E&& ex = {}) {
  scale.check();
  struct errors {
    double squares = 0;
    double absolutes = 0;
    errors operator+(errors const& other) const noexcept {
      return {squares + other.squares, absolutes + other.absolutes};
    }
  };
  auto const sum = reduce_chunks<errors>(ex, test.user_count(), 64, [&](std::size_t first, std::size_t last) {
    errors part;
    each_prediction(model, test, first, last, [&](double predicted, double rated) {
      double const wrong = scale.clip(predicted) - rated;
      part.squares += wrong * wrong;
      part.absolutes += std::fabs(wrong);
    });
    return part;
  });
  if (test.empty()) return {};
  auto const n = static_cast<double>(test.size());
  return {std::sqrt(sum.squares / n), sum.absolutes / n, test.size()};
}

KINDRED_END
