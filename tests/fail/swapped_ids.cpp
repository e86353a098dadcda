// expect: (cannot convert|no known conversion from) .*item_id.* to .*user_id
// SPDX-License-Identifier: BSL-1.0
#include <kindred/score/scorer.hpp>

struct constant {
  using value_type = float;
  bool knows(kindred::user_id) const noexcept { return true; }
  bool knows(kindred::item_id) const noexcept { return true; }
  void score(kindred::user_id, std::span<kindred::item_id const>, std::span<float> out) const noexcept {
    for (float& x : out) x = 1;
  }
};

float worth(constant const& model, kindred::user_id user, kindred::item_id item) {
#ifdef KINDRED_FAIL_FIXED
  return kindred::score_of(model, user, item);
#else
  return kindred::score_of(model, item, user);
#endif
}
