// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

// What the demo found, as plain data: who draws or prints it need not know a model.

// What one recommender reached: errors and ranking over the folds of a cross-validation, speed on all the data.
struct score_line {
  std::string name;
  bool rates = true;  // false for one whose scores are no ratings: it has no RMSE and no MAE
  double rmse = 0;
  double rmse_spread = 0;  // standard deviation over the folds
  double mae = 0;
  double precision = 0;  // at 10, as recall and NDCG
  double recall = 0;
  double ndcg = 0;
  double coverage = 0;
  double fit_seconds = 0;             // on one thread
  double recommend_microseconds = 0;  // ten products for one user
};

// The error of factorization after some epochs, on the ratings it learns from and on ratings kept from it.
struct learning_point {
  std::uint32_t epochs;
  double train_rmse;
  double test_rmse;
};

struct offer {
  std::string item;
  float score;
  std::string reason;  // "because you rated X and Y"
};

struct offers {
  std::string title;  // "For Ada Brook, who rated 81 products"
  std::string note;
  std::vector<offer> best;  // ten at most
};
