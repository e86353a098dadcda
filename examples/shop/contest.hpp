// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments.hpp"
#include "shop_data.hpp"

#include <kindred/interop/thread_pool.hpp>

#include <cstdint>
#include <string>
#include <vector>

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

// Trains popularity, bias, user k-NN, item k-NN and factorization, each with its defaults, and measures them.
[[nodiscard]] std::vector<score_line> compare(shop_data const& shop, arguments const& asked,
                                              kindred::thread_pool& pool);
