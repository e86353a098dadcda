// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/factor/ranking_sgd.hpp>
#include <kindred/solve/initializer.hpp>
#include <kindred/solve/negative_sampler.hpp>
#include <kindred/solve/regularizer.hpp>
#include <kindred/solve/sampled_softmax.hpp>
#include <kindred/solve/schedule.hpp>

KINDRED_BEGIN

// Matrix factorization by sampled softmax: the chosen item against many others at once, see sampled_softmax.
template <class Sampler = uniform_negatives>
using softmax_mf_of = ranking_sgd<sampled_softmax, Sampler, l2, constant_rate, normal_initializer>;
using softmax_mf = softmax_mf_of<>;

KINDRED_END
