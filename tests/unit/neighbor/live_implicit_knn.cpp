// SPDX-License-Identifier: BSL-1.0
#include <kindred/neighbor/live_implicit_knn_model.hpp>

#include "../../support/bits.hpp"
#include "../../support/error_of.hpp"
#include "../../support/live_updates.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"
#include "../../support/similarities.hpp"

#include <kindred/neighbor/implicit_item_knn.hpp>
#include <kindred/neighbor/implicit_user_knn.hpp>
#include <kindred/neighbor/live_knn.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/score/updatable.hpp>
#include <kindred/similarity/cosine.hpp>
#include <kindred/similarity/jaccard.hpp>
#include <kindred/similarity/lift.hpp>
#include <kindred/similarity/shrunk.hpp>

#include <doctest/doctest.h>

#include <array>
#include <limits>

using kindred::implicit_item_knn;
using kindred::implicit_user_knn;
using kindred::index_t;
using kindred::item_id;
using kindred::live_knn;
using kindred::user_id;

namespace {

template <class Knn, class T>
using live_model = decltype(kindred::fit(live_knn<Knn>{}, kindred::ratings<T>{}).model);
static_assert(kindred::updatable<live_model<implicit_item_knn<>, float>> &&
              kindred::updatable<live_model<implicit_user_knn<>, double>>);
static_assert(kindred::explainer<live_model<implicit_item_knn<>, double>> &&
              kindred::range_scorer<live_model<implicit_user_knn<>, float>> &&
              !kindred::predictor<live_model<implicit_user_knn<>, float>>);

template <class T, class Knn>
void check_updates(Knn const& how) {
  support::update_at_random<T>(
      81, [&](auto const& data) { return kindred::fit(live_knn<Knn>{how}, data).model; },
      [&](auto const& model, auto const& data) {
        support::check_same_model(model, kindred::fit(how, data).model, data.user_count(), data.item_count());
      });
}

// With few neighbors lists are full, and lose members all the time.
template <class T, template <class> class Knn>
void check_side() {
  check_updates<T>(Knn<kindred::cosine>{.neighbors = 4});
  check_updates<T>(Knn<kindred::shrunk<kindred::jaccard>>{.neighbors = 1, .min_shared = 2});
  check_updates<T>(Knn<support::coverage>{.neighbors = 3});                 // not symmetric
  check_updates<T>(Knn<kindred::shrunk<kindred::lift>>{.neighbors = 500});  // asks how many columns there are
}

}  // namespace

TEST_CASE_TEMPLATE("live_implicit_knn: by user, after any updates the bits of a refit", T, float, double) {
  check_side<T, implicit_user_knn>();
}

TEST_CASE_TEMPLATE("live_implicit_knn: by item, after any updates the bits of a refit", T, float, double) {
  check_side<T, implicit_item_knn>();
}

TEST_CASE("live_implicit_knn: starts from nothing") {
  auto model = kindred::fit(live_knn<implicit_item_knn<>>{}, kindred::ratings<float>{}).model;
  CHECK(!model.knows(user_id{0}));
  model.update(user_id{0}, item_id{0}, 1);
  model.update(user_id{0}, item_id{1}, 1);
  model.update(user_id{1}, item_id{0}, 1);
  // Both items are of user 0, and one of them of user 1: cosine 1 / sqrt(2 x 1), which the other's voice says.
  std::array<item_id, 1> const asked{item_id{1}};
  std::array<float, 1> score{};
  model.score(user_id{1}, asked, score);
  CHECK(score[0] == doctest::Approx(0.70710678f));
}

TEST_CASE("live_implicit_knn: what it refuses, it refuses whole") {
  auto const data = support::ratings_of<float>(support::random_list(6, 5, 0.5, 83), {6, 5});
  auto model = kindred::fit(live_knn<implicit_item_knn<>>{}, data).model;
  auto const before = support::all_scores(model, 7, 6);
  float const infinity = std::numeric_limits<float>::infinity();
  CHECK(support::says(support::error_of([&] { model.update(user_id{1}, item_id{2}, infinity); }), "finite"));
  CHECK(support::says(support::error_of([&] { model.update(user_id{kindred::index_limit}, item_id{2}, 1); }),
                      "reserved"));
  CHECK(support::same_bits(before, support::all_scores(model, 7, 6)));

  live_knn<implicit_user_knn<>> const hubs{.knn = {.hub_power = 0.5}};
  CHECK(support::says(support::error_of([&] { static_cast<void>(kindred::fit(hubs, data)); }), "hub_power = 0.5"));
}
