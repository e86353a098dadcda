// expect: ccd: a penalty of whole vectors is for sgd
// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/ccd.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/solve/group_penalty.hpp>
#include <kindred/solve/l1.hpp>

#ifdef KINDRED_FAIL_FIXED
using penalty = kindred::l1;
#else
using penalty = kindred::group_penalty;
#endif

auto trained(kindred::ratings<float> const& data) { return kindred::fit(kindred::ccd<penalty>{}, data).model; }
