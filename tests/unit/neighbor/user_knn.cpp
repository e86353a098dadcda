// SPDX-License-Identifier: BSL-1.0
#include <kindred/neighbor/user_knn.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"
#include "../../support/similarities.hpp"
#include "vote_twin.hpp"

#include <kindred/baseline/bias_als.hpp>
#include <kindred/baseline/constant.hpp>
#include <kindred/baseline/z_score.hpp>
#include <kindred/neighbor/on_residuals.hpp>
#include <kindred/neighbor/weighted_median.hpp>
#include <kindred/neighbor/weighted_sum.hpp>
#include <kindred/similarity/cosine.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

using kindred::constant;
using kindred::cosine;
using kindred::item_id;
using kindred::user_id;
using kindred::user_knn;

static_assert(kindred::recipe<user_knn<>, kindred::ratings<float>>);
static_assert(kindred::recipe<user_knn<support::opaque<cosine>, kindred::bias_als>, kindred::ratings<double>>);

namespace {

template <class T>
using model_of = decltype(kindred::fit(user_knn<>{}, kindred::ratings<T>{}).model);
static_assert(kindred::predictor<model_of<float>> && kindred::explainer<model_of<double>> &&
              kindred::range_scorer<model_of<float>>);

// Cosines of u0 with the others: u1 10 / sqrt(5 x 29), u2 2 / sqrt(5 x 26), u3 nothing shared.
//
//        i0  i1  i2  i3
//   u0    1   2   .   .
//   u1    2   4   3   .
//   u2    .   1   5   .
//   u3    .   .   .   4
template <class T>
kindred::ratings<T> four() {
  return support::ratings_of<T>(
      {{0, 0, 1}, {0, 1, 2}, {1, 0, 2}, {1, 1, 4}, {1, 2, 3}, {2, 1, 1}, {2, 2, 5}, {3, 3, 4}});
}
double const w1 = 10 / std::sqrt(145.0);
double const w2 = 2 / std::sqrt(130.0);

template <class T, class Knn>
void check_against_formula(Knn const& how) {
  auto const data = support::random_ratings<T>(30, 20, 0.35, 21);
  auto const model = kindred::fit(how, data).model;
  for (kindred::index_t u = 0; u != 30; ++u) {
    auto const found = support::scores(model, user_id{u}, support::first_items(20));
    for (kindred::index_t i = 0; i != 20; ++i)
      CHECK(found[i] == doctest::Approx(user_vote(data, how, model.base(), u, i)).epsilon(1e-5));
  }
}

}  // namespace

TEST_CASE_TEMPLATE("user_knn: four users by hand", T, float, double) {
  user_knn<cosine, constant> how{.min_shared = 1, .aggregate = {.damping = 0}};
  auto const plain = kindred::fit(how, four<T>()).model;
  CHECK(kindred::score_of(plain, user_id{0}, item_id{2}) == doctest::Approx((w1 * 3 + w2 * 5) / (w1 + w2)));
  CHECK(kindred::score_of(plain, user_id{0}, item_id{3}) == 0);  // only u3 rated it: the base
  CHECK(kindred::score_of(plain, user_id{0}, item_id{0}) == 2);  // one's own rating has no vote

  how.neighbors = 1;  // u1 is nearer than u2
  CHECK(kindred::score_of(kindred::fit(how, four<T>()).model, user_id{0}, item_id{2}) == doctest::Approx(3));

  how.min_shared = 2;  // u2 shares one item with u0
  how.neighbors = 40;
  CHECK(kindred::score_of(kindred::fit(how, four<T>()).model, user_id{0}, item_id{2}) == doctest::Approx(3));

  // Measured from the users' means 1.5, 3, 3: the residuals for i2 are 0 and 2.
  auto const centered = kindred::fit(user_knn<cosine>{.min_shared = 1, .aggregate = {.damping = 0}}, four<T>()).model;
  CHECK(kindred::score_of(centered, user_id{0}, item_id{2}) == doctest::Approx(1.5 + 2 * w2 / (w1 + w2)));
}

TEST_CASE_TEMPLATE("user_knn: agrees with the formula, read literally", T, float, double) {
  check_against_formula<T>(user_knn<>{});
  check_against_formula<T>(user_knn<>{.neighbors = 3, .aggregate = {.damping = 0}});
  check_against_formula<T>(user_knn<cosine, constant>{.neighbors = 5, .min_shared = 1, .aggregate = {.damping = 10}});
  check_against_formula<T>(user_knn<cosine, kindred::item_mean>{.neighbors = 1});
  check_against_formula<T>(user_knn<kindred::pearson, kindred::bias_als>{.neighbors = 10, .min_shared = 3});
  check_against_formula<T>(user_knn<kindred::pearson, kindred::user_z_score>{.neighbors = 6});
  check_against_formula<T>(user_knn<kindred::pearson, kindred::item_z_score>{.base = {.damping = 0}});
  check_against_formula<T>(user_knn<cosine, constant, kindred::weighted_sum>{.aggregate = {.scale = 0.1}});
  check_against_formula<T>(user_knn<cosine, kindred::bias_als, kindred::weighted_median>{.neighbors = 7});
  check_against_formula<T>(user_knn<kindred::on_residuals<kindred::shrunk<cosine>>, kindred::bias_als>{.neighbors = 9});
  check_against_formula<T>(user_knn<support::closeness>{.neighbors = 4});
  check_against_formula<T>(user_knn<support::opaque<kindred::pearson>>{.neighbors = 4});
}

TEST_CASE("user_knn: only those kept as candidates may vote") {
  // u1 is nearest to u0 and has not rated i2; with one candidate kept, nobody else is left.
  auto const data =
      support::ratings_of<float>({{0, 0, 1}, {0, 1, 2}, {1, 0, 1}, {1, 1, 2}, {2, 0, 1}, {2, 1, 1}, {2, 2, 5}});
  user_knn<cosine, constant> how{.candidates = 1, .aggregate = {.damping = 0}};
  CHECK(kindred::score_of(kindred::fit(how, data).model, user_id{0}, item_id{2}) == 0);
  how.candidates = 2;
  CHECK(kindred::score_of(kindred::fit(how, data).model, user_id{0}, item_id{2}) == 5);
}

TEST_CASE_TEMPLATE("user_knn: scores are pointwise, bit by bit", T, float, double) {
  // Rows of up to 600 ratings: long against a single item, short against a block.
  auto const data = support::random_ratings<T>(40, 900, 0.5, 22);
  auto const model = kindred::fit(user_knn<>{.neighbors = 6}, data).model;
  auto items = support::first_items(910);  // some unknown
  items.push_back(item_id{4'000'000'000u});
  for (kindred::index_t const u : {0u, 7u, 39u, 40u}) CHECK(support::is_pointwise(model, user_id{u}, items));
}

TEST_CASE_TEMPLATE("user_knn: the base answers for whom and what is not known", T, float, double) {
  auto const data = support::ratings_of<T>({{0, 0, 5}, {0, 1, 4}, {2, 0, 5}, {2, 1, 2}, {2, 3, 1}}, {4, 5});
  auto const model = kindred::fit(user_knn<>{}, data).model;
  for (kindred::index_t const u : {1u, 3u, 4u, 4'000'000'000u}) {
    CHECK(!model.knows(user_id{u}));
    for (kindred::index_t const i : {0u, 2u, 99u})
      CHECK(kindred::score_of(model, user_id{u}, item_id{i}) ==
            kindred::score_of(model.base(), user_id{u}, item_id{i}));
  }
  for (kindred::index_t const i : {2u, 4u, 5u, 4'000'000'000u}) {
    CHECK(!model.knows(item_id{i}));
    CHECK(kindred::score_of(model, user_id{0}, item_id{i}) == kindred::score_of(model.base(), user_id{0}, item_id{i}));
  }
  CHECK(model.knows(user_id{0}));
  CHECK(model.knows(item_id{3}));
}

TEST_CASE_TEMPLATE("user_knn: four users explained", T, float, double) {
  auto const model =
      kindred::fit(user_knn<cosine, constant>{.min_shared = 1, .aggregate = {.damping = 0}}, four<T>()).model;
  std::array<kindred::evidence<T>, 4> out;
  auto const told = model.explain(user_id{0}, item_id{2}, out);
  CHECK(told.base == 0);
  REQUIRE(told.count == 2);
  CHECK(out[0].kind == kindred::evidence_kind::user);
  CHECK(out[0].id == 1);
  CHECK(out[0].share == doctest::Approx(3 * w1 / (w1 + w2)));
  CHECK(out[1].id == 2);
  CHECK(out[1].share == doctest::Approx(5 * w2 / (w1 + w2)));
  CHECK(model.explain(user_id{0}, item_id{3}, out).count == 0);
  CHECK(model.explain(user_id{9}, item_id{2}, out).count == 0);
  CHECK(model.explain(user_id{0}, item_id{9}, out).count == 0);
}

TEST_CASE_TEMPLATE("user_knn: an explanation adds up to the score", T, float, double) {
  auto const data = support::random_ratings<T>(30, 20, 0.35, 23);
  auto const model = kindred::fit(user_knn<>{.neighbors = 5}, data).model;
  std::array<kindred::evidence<T>, 8> out;
  for (kindred::index_t u = 0; u != 32; ++u)
    for (kindred::index_t i = 0; i != 22; ++i) {
      auto const told = model.explain(user_id{u}, item_id{i}, out);
      REQUIRE(told.count <= 5);
      double sum = static_cast<double>(told.base);
      for (std::size_t k = 0; k != told.count; ++k) sum += static_cast<double>(out[k].share);
      CHECK(sum ==
            doctest::Approx(static_cast<double>(kindred::score_of(model, user_id{u}, item_id{i}))).epsilon(1e-5));
      // Less room shows the strongest of the same.
      std::array<kindred::evidence<T>, 2> two;
      auto const cut = model.explain(user_id{u}, item_id{i}, two);
      CHECK(cut.count == (std::min)(told.count, std::size_t{2}));
      for (std::size_t k = 0; k != cut.count; ++k) CHECK(two[k].id == out[k].id);
      CHECK(model.explain(user_id{u}, item_id{i}, {}).count == 0);
    }
}

TEST_CASE("user_knn: the same model in whatever order tasks run") {
  auto const data = support::random_ratings<float>(400, 80, 0.15, 24);
  auto const expected = kindred::fit(user_knn<>{}, data).model;
  support::reversed reversed;
  support::shuffled shuffled;
  CHECK(kindred::fit(user_knn<>{}, data, reversed).model == expected);
  CHECK(kindred::fit(user_knn<>{}, data, shuffled).model == expected);
}

TEST_CASE("user_knn: settings outside their range") {
  auto const data = four<float>();
  auto const refused = [&](auto const& how, char const* words) {
    auto const e = support::error_of([&] { static_cast<void>(kindred::fit(how, data)); });
    CHECK(e.kind() == kindred::error_kind::setting);
    CHECK(support::says(e, words));
  };
  refused(user_knn<>{.neighbors = 0}, "user_knn: neighbors = 0");
  refused(user_knn<>{.candidates = 0}, "user_knn: candidates = 0");
  refused(user_knn<>{.aggregate = {.damping = -1}}, "weighted_mean: damping = -1");
  refused(user_knn<cosine, constant, kindred::weighted_sum>{.aggregate = {.scale = -1}}, "weighted_sum: scale = -1");
  refused(user_knn<cosine, constant, kindred::weighted_median>{.neighbors = 257}, "257; 256 votes are what");
  refused(user_knn<cosine, kindred::user_z_score>{.base = {.damping = -1}}, "z-score: damping = -1");
  refused(user_knn<cosine, kindred::item_z_score>{.base = {.usual = 0}}, "z-score: usual = 0");
  refused(user_knn<>{.similarity = {.strength = -1}}, "shrunk: strength = -1");
  refused(user_knn<cosine, kindred::bias_als>{.base = {.user_damping = -1}}, "bias_als: user_damping = -1");
}

TEST_CASE("user_knn: a model that was moved from answers nothing, and is no harm") {
  auto model = kindred::fit(user_knn<>{}, four<float>()).model;
  auto const kept = std::move(model);
  CHECK(kept.knows(user_id{0}));
  CHECK(!model.knows(user_id{0}));  // NOLINT(bugprone-use-after-move)
  CHECK(!model.knows(item_id{0}));
  CHECK(model.neighbors().of(0).empty());
}
