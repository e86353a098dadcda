// SPDX-License-Identifier: BSL-1.0
#include <kindred/score/explainer.hpp>
#include <kindred/score/scorer.hpp>

#include "../../support/table_model.hpp"

#include <doctest/doctest.h>

#include <span>

using kindred::item_id;
using kindred::user_id;

namespace {

struct plain {
  using value_type = float;
  bool knows(user_id) const noexcept { return true; }
  bool knows(item_id) const noexcept { return true; }
  void score(user_id, std::span<item_id const>, std::span<float>) const noexcept {}
};
struct uncalibrated : plain {
  static constexpr bool calibrated = false;
};
struct may_throw : plain {
  void score(user_id, std::span<item_id const>, std::span<float>) const {}
};
struct of_int : plain {
  using value_type = int;
  void score(user_id, std::span<item_id const>, std::span<int>) const noexcept {}
};
struct knows_no_items {
  using value_type = float;
  bool knows(user_id) const noexcept { return true; }
  void score(user_id, std::span<item_id const>, std::span<float>) const noexcept {}
};
struct pinned : plain {
  pinned(pinned&&) = delete;
};
struct explains : plain {
  kindred::explanation<float> explain(user_id, item_id, std::span<kindred::evidence<float>>) const noexcept {
    return {0, 0};
  }
};

static_assert(kindred::scorer<plain> && !kindred::predictor<plain> && !kindred::explainer<plain>);
static_assert(kindred::scorer<uncalibrated> && !kindred::predictor<uncalibrated>);
static_assert(!kindred::scorer<may_throw> && !kindred::scorer<of_int> && !kindred::scorer<knows_no_items>);
static_assert(!kindred::scorer<pinned> && !kindred::scorer<int>);
static_assert(kindred::explainer<explains>);

}  // namespace

TEST_CASE_TEMPLATE("score_of: one item's score, the neutral one for strangers", T, float, double) {
  support::table_model<T> const model{{{1, 2}, {3, 4}}, {1, 1}, 9};
  CHECK(kindred::score_of(model, user_id{0}, item_id{1}) == 2);
  CHECK(kindred::score_of(model, user_id{1}, item_id{0}) == 3);
  CHECK(kindred::score_of(model, user_id{2}, item_id{0}) == 9);
  CHECK(kindred::score_of(model, user_id{0}, item_id{2}) == 9);
}
