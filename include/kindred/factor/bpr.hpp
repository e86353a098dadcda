// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/factor/ranking_sgd.hpp>
#include <kindred/solve/initializer.hpp>
#include <kindred/solve/logistic_loss.hpp>
#include <kindred/solve/negative_sampler.hpp>
#include <kindred/solve/pairwise.hpp>
#include <kindred/solve/regularizer.hpp>
#include <kindred/solve/schedule.hpp>

KINDRED_BEGIN

// Bayesian personalized ranking (Rendle, Freudenthaler, Gantner and Schmidt-Thieme, "BPR: Bayesian personalized ranking from
// implicit feedback", 2009): maximizes the probability that what a user chose ranks above what they did not,
//
//   sum over choices (u, i) of  log(1 + exp(-(score(u, i) - score(u, j))))   for a drawn other j.
//
// The classic, and cheap; the list's head is not favored. bpr_of<hardest_of<>> draws others that matter.
template <class Sampler = uniform_negatives>
using bpr_of = ranking_sgd<pairwise<logistic_loss>, Sampler, l2, constant_rate, normal_initializer>;
using bpr = bpr_of<>;

KINDRED_END
