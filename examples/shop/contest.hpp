// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments.hpp"
#include "offers.hpp"
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
  double fit_seconds = 0;
  double recommend_microseconds = 0;  // ten products for one user
};

// The error of factorization after some epochs, on the ratings it learns from and on ratings kept from it.
struct learning_point {
  std::uint32_t epochs;
  double train_rmse;
  double test_rmse;
};

// Trains popularity, bias, user k-NN, item k-NN and factorization, each with its defaults, and measures them.
[[nodiscard]] std::vector<score_line> compare(shop_data const& shop, arguments const& asked,
                                              kindred::thread_pool& pool);

// How factorization learns: a fit of e epochs is the beginning of a longer one, bit by bit, so each point is a fit.
[[nodiscard]] std::vector<learning_point> learning_curve(shop_data const& shop, arguments const& asked,
                                                         kindred::thread_pool& pool);

// The recommender of the demo, trained on everything, and the part of it that can say why.
struct trained {
  recommender model;
  similar_items similar;
};
[[nodiscard]] trained train(shop_data const& shop, arguments const& asked, kindred::thread_pool& pool);
