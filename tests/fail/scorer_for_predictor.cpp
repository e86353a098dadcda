// expect: (could not convert|no viable conversion) .*any_predictor<float>
// SPDX-License-Identifier: BSL-1.0
#include <kindred/baseline/constant.hpp>
#include <kindred/baseline/popularity.hpp>
#include <kindred/compose/any_scorer.hpp>

#ifdef KINDRED_FAIL_FIXED
kindred::any_predictor<float> rating(kindred::constant_model<float> const& model) { return model; }
#else
kindred::any_predictor<float> rating(kindred::popularity_model<float> const& model) { return model; }
#endif
