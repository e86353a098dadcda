// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/factor/ranking_sgd.hpp>
#include <kindred/solve/initializer.hpp>
#include <kindred/solve/negative_sampler.hpp>
#include <kindred/solve/regularizer.hpp>
#include <kindred/solve/schedule.hpp>
#include <kindred/solve/warp_loss.hpp>

KINDRED_BEGIN

// WARP (Weston, Bengio and Usunier, "WSABIE: scaling up to large vocabulary image annotation", 2011): see warp_loss. Looks for an
// other that ranks too high, so a step costs more the better the model is, and what it teaches is the head of the list.
template <class Sampler = uniform_negatives>
using warp_of = ranking_sgd<warp_loss, Sampler, l2, constant_rate, normal_initializer>;
using warp = warp_of<>;

KINDRED_END
