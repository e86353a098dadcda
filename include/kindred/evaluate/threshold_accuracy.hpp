// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/evaluate/each_prediction.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/score/scorer.hpp>

#include <cstddef>
#include <tuple>

KINDRED_BEGIN

// How well predictions tell what is liked from what is not: "liked" is a rating of at least the threshold, "predicted to be
// liked" a prediction of at least the threshold.
//
// Precision of a model that predicts nothing to be liked is 0, and so is recall where nothing is liked, and F1 where both
// are: a figure that says nothing must not look good.
struct threshold_accuracy {
  double accuracy = 0;   // right / all
  double precision = 0;  // liked and predicted / predicted
  double recall = 0;     // liked and predicted / liked
  double f1 = 0;         // 2 precision recall / (precision + recall)
  std::size_t liked_and_predicted = 0;
  std::size_t predicted_only = 0;
  std::size_t liked_only = 0;
  std::size_t neither = 0;

  // The figures that have a mean and a spread over folds.
  friend auto fields(threshold_accuracy& a) noexcept { return std::tie(a.accuracy, a.precision, a.recall, a.f1); }
};

// Predicts every rating of `test` and compares both with the threshold, in the number type of the model. Throws
// error{setting} when the threshold is not finite. Parallel over users, the same bits on any number of threads.
template <predictor M, executor E = sequential>
[[nodiscard]] threshold_accuracy evaluate_threshold(M const& model, ratings<value_t<M>> const& test, double threshold,
                                                    E&& ex = {}) {
  if (!is_finite(threshold))
    raise(error(error_kind::setting) << "evaluate_threshold: threshold = " << threshold << "; it has to be finite");
  auto const least = static_cast<double>(detail::nearest<value_t<M>>(threshold));
  struct counts {
    std::size_t both = 0, predicted = 0, liked = 0, neither = 0;
    counts operator+(counts const& o) const noexcept {
      return {both + o.both, predicted + o.predicted, liked + o.liked, neither + o.neither};
    }
  };
  auto const n = reduce_chunks<counts>(ex, test.user_count(), 64, [&](std::size_t first, std::size_t last) {
    counts part;
    each_prediction(model, test, first, last, [&](double predicted, double rated) {
      bool const yes = predicted >= least;
      bool const liked = rated >= least;
      ++(yes ? liked ? part.both : part.predicted : liked ? part.liked : part.neither);
    });
    return part;
  });
  auto const ratio = [](double part, double whole) { return whole > 0 ? part / whole : 0; };
  auto const both = static_cast<double>(n.both);
  threshold_accuracy out{
      .liked_and_predicted = n.both, .predicted_only = n.predicted, .liked_only = n.liked, .neither = n.neither};
  out.accuracy = ratio(static_cast<double>(n.both + n.neither), static_cast<double>(test.size()));
  out.precision = ratio(both, static_cast<double>(n.both + n.predicted));
  out.recall = ratio(both, static_cast<double>(n.both + n.liked));
  out.f1 = ratio(2 * out.precision * out.recall, out.precision + out.recall);
  return out;
}

KINDRED_END
