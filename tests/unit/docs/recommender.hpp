// SPDX-License-Identifier: BSL-1.0
#pragma once

// [header]
#include <kindred/compose/any_scorer.hpp>
#include <kindred/data/ratings.hpp>

// All that the rest of the program knows of recommending.
kindred::any_scorer<float> make_recommender(kindred::ratings<float> const& ratings);
// [/header]
