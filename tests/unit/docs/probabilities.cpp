// SPDX-License-Identifier: BSL-1.0
//
// The code of the guide "Evaluation" on probabilities.
#include <kindred/evaluate/confusion.hpp>
#include <kindred/evaluate/probability_accuracy.hpp>
#include <kindred/evaluate/roc_auc.hpp>
#include <kindred/linear/platt.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <utility>
#include <vector>

namespace {

// Scores of any scale, and clicks that become likelier with them.
std::pair<std::vector<float>, std::vector<float>> drawn(std::uint64_t seed) {
  kindred::random_stream random(seed, 0);
  std::vector<float> score, clicked;
  for (int k = 0; k != 2000; ++k) {
    double const s = 10 * kindred::normal(random);
    score.push_back(static_cast<float>(s));
    clicked.push_back(kindred::unit(random) < kindred::sigmoid(s / 8 - 1) ? 1.0f : 0.0f);
  }
  return {score, clicked};
}

}  // namespace

TEST_CASE("scores become probabilities, and decisions") {
  auto const [score, clicked] = drawn(1);
  auto const [new_score, new_clicked] = drawn(2);
  // [probabilities]
  // Of a model that ranks: how likely is it that a click has the higher score?
  double const area = kindred::roc_auc<float>({score, clicked});

  // Scores become probabilities on examples that the model was not trained on ...
  auto const probability = kindred::fit(kindred::platt{}, kindred::scored_examples<float>{score, clicked}).model;
  std::vector<float> said;
  for (float const s : new_score) said.push_back(static_cast<float>(probability(s)));

  // ... are judged on others, and acted on where it pays: an ad costs 1, a missed sale 5.
  auto const judged = kindred::evaluate_probabilities<float>({said, new_clicked});
  auto const where = kindred::cheapest_threshold<float>({said, new_clicked}, {.false_alarm = 1, .miss = 5});
  // [/probabilities]
  CHECK(area > 0.7);
  CHECK(judged.normalized_entropy < 0.9);
  CHECK(judged.mean_probability == doctest::Approx(judged.share).epsilon(0.1));
  CHECK(where.threshold == doctest::Approx(1.0 / 6).epsilon(0.3));  // act when p 5 > (1 - p) 1
}
