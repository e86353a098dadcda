// SPDX-License-Identifier: BSL-1.0
#pragma once

// The laws that a concept cannot say, as tests to run on your own types in any test framework. Each check returns a
// law_result: that the law holds as far as it was tried, or a counterexample in a sentence.
//
//   auto const law = kindred::testing::check_scorer(my_model, users, items);
//   CHECK_MESSAGE(law.holds(), law.message());

#include <kindred/testing/laws/batch_scorer.hpp>
#include <kindred/testing/laws/candidates.hpp>
#include <kindred/testing/laws/comparison.hpp>
#include <kindred/testing/laws/executor.hpp>
#include <kindred/testing/laws/explainer.hpp>
#include <kindred/testing/laws/initializer.hpp>
#include <kindred/testing/laws/list_measure.hpp>
#include <kindred/testing/laws/loss.hpp>
#include <kindred/testing/laws/neighbor_search.hpp>
#include <kindred/testing/laws/random_source.hpp>
#include <kindred/testing/laws/range_scorer.hpp>
#include <kindred/testing/laws/ranking_loss.hpp>
#include <kindred/testing/laws/ranking_metric.hpp>
#include <kindred/testing/laws/recipe.hpp>
#include <kindred/testing/laws/regularizer.hpp>
#include <kindred/testing/laws/result.hpp>
#include <kindred/testing/laws/resumable.hpp>
#include <kindred/testing/laws/rows.hpp>
#include <kindred/testing/laws/scorer.hpp>
#include <kindred/testing/laws/search_strategy.hpp>
#include <kindred/testing/laws/splitter.hpp>
