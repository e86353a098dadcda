// SPDX-License-Identifier: BSL-1.0
#pragma once

// Everything of the algorithm layers, for slides, first tries and small programs. It costs what all of it costs; a program
// that grows includes what it uses. What is opt-in stays out: io/ (files, reports), interop/ (thread pools), testing/
// (generated worlds, laws).

#include <kindred/baseline/bias_als.hpp>
#include <kindred/baseline/bias_sgd.hpp>
#include <kindred/baseline/constant.hpp>
#include <kindred/baseline/mean.hpp>
#include <kindred/baseline/popularity.hpp>
#include <kindred/baseline/z_score.hpp>
#include <kindred/cluster/rfm.hpp>
#include <kindred/compose/any_scorer.hpp>
#include <kindred/compose/fallback.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/compose/weighted.hpp>
#include <kindred/core/version.hpp>
#include <kindred/data/dictionary.hpp>
#include <kindred/data/example_table.hpp>
#include <kindred/data/k_fold.hpp>
#include <kindred/data/leave_one_out.hpp>
#include <kindred/data/random_holdout.hpp>
#include <kindred/data/statistics.hpp>
#include <kindred/data/time_split.hpp>
#include <kindred/evaluate/confusion.hpp>
#include <kindred/evaluate/cross_validate.hpp>
#include <kindred/evaluate/pr_auc.hpp>
#include <kindred/evaluate/probability_accuracy.hpp>
#include <kindred/evaluate/ranking_accuracy.hpp>
#include <kindred/evaluate/rating_accuracy.hpp>
#include <kindred/evaluate/reliability.hpp>
#include <kindred/evaluate/roc_auc.hpp>
#include <kindred/evaluate/threshold_accuracy.hpp>
#include <kindred/factor/co_clustering.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/kernel/panel.hpp>
#include <kindred/kernel/panels.hpp>
#include <kindred/linear/beta_calibration.hpp>
#include <kindred/linear/ftrl.hpp>
#include <kindred/linear/generalized_linear.hpp>
#include <kindred/linear/isotonic.hpp>
#include <kindred/linear/platt.hpp>
#include <kindred/linear/proximal_newton.hpp>
#include <kindred/linear/regularization_path.hpp>
#include <kindred/linear/top_features.hpp>
#include <kindred/linear/undersampled.hpp>
#include <kindred/neighbor/item_knn.hpp>
#include <kindred/neighbor/on_residuals.hpp>
#include <kindred/neighbor/user_knn.hpp>
#include <kindred/neighbor/weighted_median.hpp>
#include <kindred/neighbor/weighted_sum.hpp>
#include <kindred/similarity/cosine.hpp>
