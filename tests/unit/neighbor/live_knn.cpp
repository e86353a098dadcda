// SPDX-License-Identifier: BSL-1.0
#include <kindred/neighbor/live_knn.hpp>

#include "../../support/bits.hpp"
#include "../../support/error_of.hpp"
#include "../../support/live_updates.hpp"
#include "../../support/ratings.hpp"
#include "../../support/sanitized.hpp"
#include "../../support/scores.hpp"
#include "../../support/similarities.hpp"

#include <kindred/baseline/bias_als.hpp>
#include <kindred/baseline/constant.hpp>
#include <kindred/baseline/held.hpp>
#include <kindred/baseline/mean.hpp>
#include <kindred/baseline/z_score.hpp>
#include <kindred/neighbor/item_knn.hpp>
#include <kindred/neighbor/on_residuals.hpp>
#include <kindred/neighbor/user_knn.hpp>
#include <kindred/neighbor/weighted_median.hpp>
#include <kindred/run/random.hpp>
#include <kindred/score/updatable.hpp>
#include <kindred/similarity/cosine.hpp>
#include <kindred/similarity/lift.hpp>
#include <kindred/similarity/pearson.hpp>
#include <kindred/similarity/shrunk.hpp>

#include <doctest/doctest.h>

#include <array>
#include <limits>
#include <vector>

using kindred::cosine;
using kindred::index_t;
using kindred::item_id;
using kindred::item_knn;
using kindred::live_knn;
using kindred::shrunk;
using kindred::user_id;
using kindred::user_knn;

namespace {

template <class Knn, class T>
using live_model = decltype(kindred::fit(live_knn<Knn>{}, kindred::ratings<T>{}).model);

static_assert(kindred::updatable<live_model<item_knn<>, float>> && kindred::updatable<live_model<user_knn<>, double>>);
static_assert(kindred::predictor<live_model<item_knn<>, float>> && kindred::explainer<live_model<user_knn<>, float>> &&
              kindred::range_scorer<live_model<item_knn<>, double>>);

template <class A, class B>
bool same_lists(A const& a, B const& b) {
  if (a.rows() != b.rows()) return false;
  for (index_t r = 0; r != a.rows(); ++r)
    if (!std::equal(a.of(r).begin(), a.of(r).end(), b.of(r).begin(), b.of(r).end())) return false;
  return true;
}

// Random updates against a refit. `refit` makes the recipe to compare with from the model.
template <class T, class Knn, class Refit>
void check_updates(Knn const& how, Refit const& refit) {
  support::update_at_random<T>(
      61, [&](auto const& data) { return kindred::fit(live_knn<Knn>{how}, data).model; },
      [&](auto const& model, auto const& data) {
        auto const anew = kindred::fit(refit(model), data).model;
        REQUIRE(same_lists(model.neighbors(), anew.neighbors()));
        CHECK(model.base() == anew.base());
        support::check_same_model(model, anew, data.user_count(), data.item_count());
      });
}

template <class T, class Knn>
void check_updates(Knn const& how) {
  check_updates<T>(how, [&](auto const&) { return how; });
}

// With few candidates lists are full, and lose members all the time.
template <class T, template <class...> class Knn>
void check_side() {
  check_updates<T>(Knn<cosine, kindred::constant>{.neighbors = 3, .candidates = 4, .min_shared = 1});
  check_updates<T>(Knn<shrunk<kindred::pearson>, kindred::user_mean>{.neighbors = 3, .candidates = 5});
  check_updates<T>(Knn<cosine, kindred::item_mean>{.candidates = 1, .min_shared = 3});
  check_updates<T>(Knn<support::coverage, kindred::user_z_score>{.candidates = 3});  // not symmetric
  check_updates<T>(Knn<support::opaque<cosine>, kindred::item_z_score, kindred::weighted_median>{.candidates = 6});
  check_updates<T>(Knn<kindred::on_residuals<shrunk<cosine>>, kindred::user_mean>{.candidates = 4});
  check_updates<T>(Knn<kindred::on_residuals<cosine>, kindred::item_mean>{.candidates = 500});
  check_updates<T>(Knn<shrunk<kindred::lift>, kindred::constant>{.candidates = 5});  // asks how many columns there are
}

}  // namespace

TEST_CASE_TEMPLATE("live_knn: by user, after any updates the bits of a refit", T, float, double) {
  if constexpr (support::is_tried<T>) check_side<T, user_knn>();
}

TEST_CASE_TEMPLATE("live_knn: by item, after any updates the bits of a refit", T, float, double) {
  if constexpr (support::is_tried<T>) check_side<T, item_knn>();
}

TEST_CASE_TEMPLATE("live_knn: a base of everybody at once is held", T, float, double) {
  item_knn<kindred::on_residuals<shrunk<cosine>>> const how{.candidates = 5};
  check_updates<T>(how, [&](auto const& model) {
    using held = kindred::held<std::remove_cvref_t<decltype(model.base())>>;
    return item_knn<kindred::on_residuals<shrunk<cosine>>, held>{.candidates = 5, .base = {model.base()}};
  });
}

TEST_CASE("live_knn: begins with nothing") {
  auto model = kindred::fit(live_knn<user_knn<cosine>>{.knn = {.min_shared = 1}}, kindred::ratings<float>{}).model;
  CHECK(!model.knows(user_id{0}));
  model.update(user_id{0}, item_id{0}, 4);
  model.update(user_id{1}, item_id{0}, 4);
  model.update(user_id{1}, item_id{1}, 2);
  CHECK(model.user_count() == 2);
  CHECK(model.item_count() == 2);
  // The neighbor says one less than their mean of 3, with the weight 4 / sqrt(4^2 + 2^2) beside the damping of 1.
  float const w = 4 / std::sqrt(20.0f);
  CHECK(kindred::score_of(model, user_id{0}, item_id{1}) == doctest::Approx(4 - w / (w + 1)));
}

TEST_CASE("live_knn: what it refuses changes nothing") {
  auto const data = support::random_ratings<float>(10, 10, 0.5, 63);
  auto model = kindred::fit(live_knn<item_knn<>>{}, data).model;
  auto const before = support::all_scores(model, 11, 11);
  auto const refused = [&](user_id u, item_id i, float value, char const* words) {
    auto const e = support::error_of([&] { model.update(u, i, value); });
    CHECK(e.kind() == kindred::error_kind::data);
    CHECK(support::says(e, words));
  };
  refused(user_id{1}, item_id{2}, std::numeric_limits<float>::quiet_NaN(), "user 1 gives item 2 the value");
  refused(user_id{1}, item_id{2}, std::numeric_limits<float>::infinity(), "finite");
  refused(user_id{1}, item_id{20}, (std::numeric_limits<float>::max)(), "so large");
  refused(user_id{kindred::index_limit}, item_id{2}, 3, "reserved");
  refused(user_id{1}, item_id{kindred::index_limit}, 3, "reserved");
  CHECK(support::same_bits(support::all_scores(model, 11, 11), before));
  CHECK(model.item_count() == 10);

  auto const weighted = support::weighted_ratings_of<float>({{0, 0, 3, 2}});
  auto const e = support::error_of([&] { static_cast<void>(kindred::fit(live_knn<item_knn<>>{}, weighted)); });
  CHECK(support::says(e, "without weights"));
}
