// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/factor/ranking_sgd.hpp>
#include <kindred/solve/initializer.hpp>
#include <kindred/solve/logistic_loss.hpp>
#include <kindred/solve/negative_sampler.hpp>
#include <kindred/solve/pointwise.hpp>
#include <kindred/solve/regularizer.hpp>
#include <kindred/solve/schedule.hpp>

KINDRED_BEGIN

// Logistic matrix factorization (Johnson, "Logistic matrix factorization for implicit feedback data", 2014): the probability of a
// choice is the sigmoid of the score. Choices are the ones, each with a few drawn zeros (see pointwise); a choice's weight in the
// data is its confidence.
template <class Sampler = uniform_negatives>
using logistic_mf_of = ranking_sgd<pointwise<logistic_loss>, Sampler, l2, constant_rate, normal_initializer>;
using logistic_mf = logistic_mf_of<>;

KINDRED_END
