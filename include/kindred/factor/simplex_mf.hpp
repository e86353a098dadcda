// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/factor/ranking_sgd.hpp>
#include <kindred/solve/cosine_contrastive.hpp>
#include <kindred/solve/initializer.hpp>
#include <kindred/solve/negative_sampler.hpp>
#include <kindred/solve/regularizer.hpp>
#include <kindred/solve/schedule.hpp>

KINDRED_BEGIN

// Matrix factorization by the cosine contrastive loss (Mao et al., "SimpleX: a simple and strong baseline for collaborative
// filtering", 2021; their MF with CCL): see cosine_contrastive. Vectors have length one, scores are cosines, biases are zero.
template <class Sampler = uniform_negatives>
using simplex_mf_of = ranking_sgd<cosine_contrastive, Sampler, l2, constant_rate, normal_initializer>;
using simplex_mf = simplex_mf_of<>;

KINDRED_END
