// expect: score\(u, items, out\).*(may throw an exception|is not .noexcept.)
// SPDX-License-Identifier: BSL-1.0
#include <kindred/score/scorer.hpp>

#ifdef KINDRED_FAIL_FIXED
#define MAY_THROW noexcept
#else
#define MAY_THROW
#endif

struct constant {
  using value_type = float;
  bool knows(kindred::user_id) const noexcept { return true; }
  bool knows(kindred::item_id) const noexcept { return true; }
  void score(kindred::user_id, std::span<kindred::item_id const>, std::span<float> out) const MAY_THROW {
    for (float& x : out) x = 1;
  }
};

float worth(constant const& model, kindred::user_id user, kindred::item_id item) {
  return kindred::score_of(model, user, item);
}
