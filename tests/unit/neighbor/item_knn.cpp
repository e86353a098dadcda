// SPDX-License-Identifier: BSL-1.0
#include <kindred/neighbor/item_knn.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"
#include "../../support/similarities.hpp"
#include "vote_twin.hpp"

#include <kindred/baseline/bias_als.hpp>
#include <kindred/baseline/constant.hpp>
#include <kindred/baseline/mean.hpp>
#include <kindred/baseline/z_score.hpp>
#include <kindred/neighbor/on_residuals.hpp>
#include <kindred/neighbor/weighted_median.hpp>
#include <kindred/neighbor/weighted_sum.hpp>
#include <kindred/similarity/cosine.hpp>
#include <kindred/similarity/pearson.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <vector>

using kindred::constant;
using kindred::cosine;
using kindred::item_id;
using kindred::item_knn;
using kindred::user_id;

static_assert(kindred::recipe<item_knn<>, kindred::ratings<float>>);

namespace {

template <class T>
using model_of = decltype(kindred::fit(item_knn<>{}, kindred::ratings<T>{}).model);
static_assert(kindred::predictor<model_of<float>> && kindred::explainer<model_of<double>> &&
              kindred::range_scorer<model_of<float>>);

// Cosines of i2 = (3, 5) by u1, u2 with i0 = (1, 2) by u0, u1: 6 / sqrt(34 x 5); with i1 = (2, 4, 1): 17 / sqrt(34 x 21).
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
double const w0 = 6 / std::sqrt(170.0);
double const w1 = 17 / std::sqrt(714.0);

template <class T, class Knn>
void check_against_formula(Knn const& how) {
  auto const data = support::random_ratings<T>(25, 20, 0.35, 31);
  auto const model = kindred::fit(how, data).model;
  for (kindred::index_t u = 0; u != 25; ++u) {
    auto const found = support::scores(model, user_id{u}, support::first_items(20));
    for (kindred::index_t i = 0; i != 20; ++i)
      CHECK(found[i] == doctest::Approx(item_vote(data, how, model.base(), u, i)).epsilon(1e-5));
  }
}

}  // namespace

TEST_CASE_TEMPLATE("item_knn: four items by hand", T, float, double) {
  item_knn<cosine, constant> how{.min_shared = 1, .aggregate = {.damping = 0}};
  auto const plain = kindred::fit(how, four<T>()).model;
  CHECK(kindred::score_of(plain, user_id{0}, item_id{2}) == doctest::Approx((w0 * 1 + w1 * 2) / (w0 + w1)));
  CHECK(kindred::score_of(plain, user_id{0}, item_id{3}) == 0);  // like nothing that u0 rated: the base
  CHECK(kindred::score_of(plain, user_id{0}, item_id{0}) == 2);  // i0 itself has no vote, i1 has

  how.neighbors = 1;  // i1 is nearer than i0
  CHECK(kindred::score_of(kindred::fit(how, four<T>()).model, user_id{0}, item_id{2}) == 2);

  // Measured from the items' means 1.5, 7/3, 4: the residuals of u0 are -1/2 and -1/3.
  auto const centered =
      kindred::fit(item_knn<cosine, kindred::item_mean>{.min_shared = 1, .aggregate = {.damping = 0}}, four<T>()).model;
  CHECK(kindred::score_of(centered, user_id{0}, item_id{2}) == doctest::Approx(4 - (w0 / 2 + w1 / 3) / (w0 + w1)));
}

TEST_CASE_TEMPLATE("item_knn: agrees with the formula, read literally", T, float, double) {
  check_against_formula<T>(item_knn<>{});
  check_against_formula<T>(item_knn<>{.neighbors = 3, .aggregate = {.damping = 0}});
  check_against_formula<T>(item_knn<cosine, constant>{.neighbors = 5, .min_shared = 1, .aggregate = {.damping = 10}});
  check_against_formula<T>(item_knn<cosine, kindred::user_mean>{.neighbors = 1});
  check_against_formula<T>(item_knn<kindred::pearson, kindred::bias_als>{.neighbors = 10, .min_shared = 3});
  check_against_formula<T>(item_knn<kindred::pearson, kindred::user_z_score>{.neighbors = 6});
  check_against_formula<T>(item_knn<kindred::pearson, kindred::item_z_score>{.base = {.damping = 0}});
  check_against_formula<T>(item_knn<cosine, constant, kindred::weighted_sum>{.aggregate = {.scale = 0.1}});
  check_against_formula<T>(item_knn<cosine, kindred::bias_als, kindred::weighted_median>{.neighbors = 7});
  check_against_formula<T>(item_knn<kindred::on_residuals<kindred::shrunk<cosine>>, kindred::bias_als>{.neighbors = 9});
  check_against_formula<T>(item_knn<support::closeness>{.neighbors = 4});
  check_against_formula<T>(item_knn<support::coverage>{.neighbors = 4});  // w(j, i) is not w(i, j)
}

TEST_CASE_TEMPLATE("item_knn: scores are pointwise, bit by bit", T, float, double) {
  // Rows of some 20 and of some 450 ratings: by hash for a block, by halving for a single item.
  auto const data = support::random_ratings<T>(40, 900, 0.5, 32);
  auto const few = support::random_ratings<T>(40, 900, 0.02, 32);
  auto items = support::first_items(910);
  items.push_back(item_id{4'000'000'000u});
  for (auto const* ratings : {&data, &few}) {
    auto const model = kindred::fit(item_knn<>{.neighbors = 6, .candidates = 60}, *ratings).model;
    for (kindred::index_t const u : {0u, 7u, 39u, 40u}) CHECK(support::is_pointwise(model, user_id{u}, items));
  }
}

TEST_CASE("item_knn: a user with more ratings than a lookup table holds") {
  // 4096 ratings of one user, half of which another agrees with.
  std::vector<support::seen> list;
  for (kindred::index_t i = 0; i != 4096; ++i) {
    list.push_back({0, i, 3.0 + i % 2});
    if (i % 2 == 0) list.push_back({1, i, 3});
  }
  auto const data = support::ratings_of<float>(list);
  item_knn<cosine, constant> const how{.neighbors = 3, .candidates = 3, .aggregate = {.damping = 0}};
  auto const model = kindred::fit(how, data).model;
  // Even items are rated (3, 3), are as near to one another as can be, and the only ones that share two users.
  CHECK(kindred::score_of(model, user_id{0}, item_id{8}) == 3);
  CHECK(kindred::score_of(model, user_id{0}, item_id{9}) == 0);
  CHECK(support::is_pointwise(model, user_id{0}, support::first_items(600)));
}

TEST_CASE_TEMPLATE("item_knn: the base answers for whom and what is not known", T, float, double) {
  auto const data = support::ratings_of<T>({{0, 0, 5}, {0, 1, 4}, {2, 0, 5}, {2, 1, 2}, {2, 3, 1}}, {4, 5});
  auto const model = kindred::fit(item_knn<>{}, data).model;
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

TEST_CASE_TEMPLATE("item_knn: four items explained", T, float, double) {
  auto const model =
      kindred::fit(item_knn<cosine, constant>{.min_shared = 1, .aggregate = {.damping = 0}}, four<T>()).model;
  std::array<kindred::evidence<T>, 4> out;
  auto const told = model.explain(user_id{0}, item_id{2}, out);
  CHECK(told.base == 0);
  REQUIRE(told.count == 2);
  CHECK(out[0].kind == kindred::evidence_kind::item);
  CHECK(out[0].id == 1);
  CHECK(out[0].share == doctest::Approx(2 * w1 / (w0 + w1)));
  CHECK(out[1].id == 0);
  CHECK(out[1].share == doctest::Approx(1 * w0 / (w0 + w1)));
  CHECK(model.explain(user_id{9}, item_id{2}, out).count == 0);
  CHECK(model.explain(user_id{0}, item_id{9}, out).count == 0);
}

TEST_CASE_TEMPLATE("item_knn: an explanation adds up to the score", T, float, double) {
  auto const data = support::random_ratings<T>(30, 20, 0.35, 33);
  auto const model = kindred::fit(item_knn<>{.neighbors = 5}, data).model;
  std::array<kindred::evidence<T>, 8> out;
  for (kindred::index_t u = 0; u != 32; ++u)
    for (kindred::index_t i = 0; i != 22; ++i) {
      auto const told = model.explain(user_id{u}, item_id{i}, out);
      REQUIRE(told.count <= 5);
      double sum = static_cast<double>(told.base);
      for (std::size_t k = 0; k != told.count; ++k) sum += static_cast<double>(out[k].share);
      CHECK(sum ==
            doctest::Approx(static_cast<double>(kindred::score_of(model, user_id{u}, item_id{i}))).epsilon(1e-5));
    }
}

TEST_CASE("item_knn: the same model in whatever order tasks run") {
  auto const data = support::random_ratings<float>(80, 400, 0.15, 34);
  auto const expected = kindred::fit(item_knn<>{}, data).model;
  support::reversed reversed;
  support::shuffled shuffled;
  CHECK(kindred::fit(item_knn<>{}, data, reversed).model == expected);
  CHECK(kindred::fit(item_knn<>{}, data, shuffled).model == expected);
}

TEST_CASE("item_knn: settings outside their range") {
  auto const data = four<float>();
  auto const refused = [&](auto const& how, char const* words) {
    auto const e = support::error_of([&] { static_cast<void>(kindred::fit(how, data)); });
    CHECK(e.kind() == kindred::error_kind::setting);
    CHECK(support::says(e, words));
  };
  refused(item_knn<>{.neighbors = 0}, "item_knn: neighbors = 0");
  refused(item_knn<>{.candidates = 0}, "item_knn: candidates = 0");
  refused(item_knn<>{.aggregate = {.damping = -1}}, "weighted_mean: damping = -1");
  refused(item_knn<cosine, constant, kindred::weighted_sum>{.aggregate = {.scale = -1}}, "weighted_sum: scale = -1");
  refused(item_knn<cosine, constant, kindred::weighted_median>{.neighbors = 257}, "257; 256 votes are what");
  refused(item_knn<cosine, kindred::user_z_score>{.base = {.damping = -1}}, "z-score: damping = -1");
  refused(item_knn<cosine, kindred::item_z_score>{.base = {.usual = 0}}, "z-score: usual = 0");
  refused(item_knn<>{.similarity = {{.strength = -1}}}, "shrunk: strength = -1");
}
