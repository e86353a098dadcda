// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/any_scorer.hpp>

// All that the rest of the program knows of recommending.
kindred::any_scorer<float> make_recommender();
