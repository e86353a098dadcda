// expect: sgd: not a loss
// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/sgd.hpp>

struct my_loss {
#ifdef KINDRED_FAIL_FIXED
  float value(float p, float t) const noexcept { return (p - t) * (p - t) / 2; }
#else
  float value(float p, float t) const { return (p - t) * (p - t) / 2; }
#endif
  float slope(float p, float t) const noexcept { return p - t; }
};

auto train(kindred::ratings<float> const& data) { return kindred::fit(kindred::sgd<my_loss>{}, data).model; }
