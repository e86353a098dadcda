// SPDX-License-Identifier: BSL-1.0
#include <kindred/neighbor/implicit_item_knn.hpp>
#include <kindred/neighbor/implicit_user_knn.hpp>

#include "../../support/bits.hpp"
#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"
#include "../../support/similarities.hpp"
#include "vote_twin.hpp"

#include <kindred/similarity/cosine.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

using kindred::cosine;
using kindred::implicit_item_knn;
using kindred::implicit_user_knn;
using kindred::index_t;
using kindred::item_id;
using kindred::user_id;

static_assert(kindred::recipe<implicit_item_knn<>, kindred::ratings<float>>);
static_assert(kindred::recipe<implicit_user_knn<support::closeness>, kindred::ratings<double>>);

namespace {

template <class T>
using by_item = decltype(kindred::fit(implicit_item_knn<>{}, kindred::ratings<T>{}).model);
template <class T>
using by_user = decltype(kindred::fit(implicit_user_knn<>{}, kindred::ratings<T>{}).model);
static_assert(kindred::explainer<by_item<float>> && kindred::range_scorer<by_item<double>>);
static_assert(kindred::explainer<by_user<float>> && kindred::range_scorer<by_user<double>>);
static_assert(!kindred::predictor<by_item<float>> && !kindred::predictor<by_user<float>>);

//        i0  i1  i2  i3
//   u0    x   x   .   .
//   u1    x   x   x   .
//   u2    .   x   x   .
//   u3    .   .   .   x
template <class T>
kindred::ratings<T> four() {
  return support::ratings_of<T>(
      {{0, 0, 1}, {0, 1, 1}, {1, 0, 1}, {1, 1, 1}, {1, 2, 1}, {2, 1, 1}, {2, 2, 1}, {3, 3, 1}});
}

// The nearest rows of one, by weighing all.
template <class T, class Knn>
std::vector<kindred::neighbor<T>> nearest(Knn const& how, kindred::csr_view<T> rows, index_t r) {
  std::vector<kindred::neighbor<T>> all;
  for (index_t o = 0; o != rows.rows(); ++o) {
    if (o == r) continue;
    T const w = weight_of(rows, how.similarity, r, o, how.min_shared);
    if (w > 0) all.push_back({o, w});
  }
  std::sort(all.begin(), all.end(), kindred::is_closer<T>);
  if (all.size() > how.neighbors) all.resize(how.neighbors);
  return all;
}

template <class T, class Knn>
void check_by_item(Knn const& how) {
  auto const data = support::random_ratings<T>(25, 20, 0.3, 41);
  auto const model = kindred::fit(how, data).model;
  for (index_t u = 0; u != 25; ++u) {
    std::vector<double> expected(20);
    for (index_t const i : data.of(user_id{u}).index)
      for (auto const& j : nearest<T>(how, data.by_item(), i)) expected[j.id] += static_cast<double>(j.value);
    for (index_t j = 0; j != 20; ++j)
      CHECK(kindred::score_of(model, user_id{u}, item_id{j}) == doctest::Approx(expected[j]).epsilon(1e-5));
  }
}

template <class T, class Knn>
void check_by_user(Knn const& how) {
  auto const data = support::random_ratings<T>(25, 20, 0.3, 42);
  auto const model = kindred::fit(how, data).model;
  for (index_t u = 0; u != 25; ++u) {
    auto const near = nearest<T>(how, data.by_user(), u);
    for (index_t j = 0; j != 20; ++j) {
      double expected = 0;
      for (auto const& v : near)
        if (data.contains(user_id{v.id}, item_id{j})) expected += static_cast<double>(v.value);
      CHECK(kindred::score_of(model, user_id{u}, item_id{j}) == doctest::Approx(expected).epsilon(1e-5));
    }
  }
}

template <class T, class Model>
void check_model(Model const& model) {
  for (index_t const u : {0u, 7u, 39u, 40u}) CHECK(support::is_pointwise(model, user_id{u}, support::first_items(910)));
  std::array<kindred::evidence<T>, 64> out;
  for (index_t u = 0; u != 3; ++u)
    for (index_t i = 0; i != 60; ++i) {
      auto const told = model.explain(user_id{u}, item_id{i}, out);
      REQUIRE(told.count < out.size());
      double sum = static_cast<double>(told.base);
      for (std::size_t k = 0; k != told.count; ++k) sum += static_cast<double>(out[k].share);
      CHECK(sum == doctest::Approx(static_cast<double>(kindred::score_of(model, user_id{u}, item_id{i}))));
    }
}

}  // namespace

TEST_CASE_TEMPLATE("implicit k-NN: four users by hand", T, float, double) {
  // Cosines of i2 = {1, 2} with i0 = {0, 1}: 1 / 2, with i1 = {0, 1, 2}: 2 / sqrt 6.
  auto const item = kindred::fit(implicit_item_knn<>{}, four<T>()).model;
  CHECK(kindred::score_of(item, user_id{0}, item_id{2}) == doctest::Approx(0.5 + 2 / std::sqrt(6.0)));
  CHECK(kindred::score_of(item, user_id{0}, item_id{3}) == 0);
  CHECK(item.knows(item_id{3}));
  CHECK(!item.knows(item_id{4}));
  CHECK(!item.knows(user_id{4}));
  std::array<kindred::evidence<T>, 4> out;
  REQUIRE(item.explain(user_id{0}, item_id{2}, out).count == 2);
  CHECK(out[0].kind == kindred::evidence_kind::item);
  CHECK(out[0].id == 1);
  CHECK(out[1].share == doctest::Approx(0.5));
  // One neighbor an item: i0 speaks for i1, and i1 for i0, of the two at 2 / sqrt 6 the lower.
  auto const one = kindred::fit(implicit_item_knn<>{.neighbors = 1}, four<T>()).model;
  CHECK(kindred::score_of(one, user_id{0}, item_id{2}) == 0);
  CHECK(kindred::score_of(one, user_id{2}, item_id{1}) == doctest::Approx(2 / std::sqrt(6.0)));

  // u0 = {0, 1} with u1 = {0, 1, 2}: 2 / sqrt 6, with u2 = {1, 2}: 1 / 2.
  auto const user = kindred::fit(implicit_user_knn<>{}, four<T>()).model;
  CHECK(kindred::score_of(user, user_id{0}, item_id{2}) == doctest::Approx(0.5 + 2 / std::sqrt(6.0)));
  REQUIRE(user.explain(user_id{0}, item_id{2}, out).count == 2);
  CHECK(out[0].kind == kindred::evidence_kind::user);
  CHECK(out[0].id == 1);
}

TEST_CASE_TEMPLATE("implicit k-NN: agrees with adding up what is near", T, float, double) {
  check_by_item<T>(implicit_item_knn<>{});
  check_by_item<T>(implicit_item_knn<>{.neighbors = 3});
  check_by_item<T>(implicit_item_knn<support::coverage>{.neighbors = 4, .min_shared = 2});  // not symmetric
  check_by_user<T>(implicit_user_knn<>{});
  check_by_user<T>(implicit_user_knn<support::closeness>{.neighbors = 3});
  check_by_user<T>(implicit_user_knn<support::opaque<cosine>>{.neighbors = 5, .min_shared = 2});
}

TEST_CASE_TEMPLATE("implicit k-NN: hubs and what everybody has are held back", T, float, double) {
  double const w01 = 2 / std::sqrt(6.0), w02 = 0.5;  // of both sides: 0 and 1, 1 and 2; 0 and 2
  // Column u1 of the lists holds w01 twice, of length w01 sqrt 2; column u2 holds w02 and w01.
  auto const even = kindred::fit(implicit_user_knn<>{.hub_power = 1}, four<T>()).model;
  double const from_u2 = w02 / std::sqrt(w02 * w02 + w01 * w01);
  CHECK(kindred::score_of(even, user_id{0}, item_id{2}) == doctest::Approx(1 / std::sqrt(2.0) + from_u2));
  // Two users have i2.
  auto const fair = kindred::fit(implicit_user_knn<>{.popularity_power = 0.5}, four<T>()).model;
  CHECK(kindred::score_of(fair, user_id{0}, item_id{2}) == doctest::Approx((w01 + w02) / std::sqrt(2.0)));
  auto const item = kindred::fit(implicit_item_knn<>{.hub_power = 2, .popularity_power = 1}, four<T>()).model;
  // Column i2 of the lists holds what i0 and i1 say of it.
  CHECK(kindred::score_of(item, user_id{0}, item_id{2}) == doctest::Approx((w01 + w02) / (w01 * w01 + w02 * w02) / 2));
  auto const data = support::random_ratings<T>(40, 910, 0.03, 45);
  check_model<T>(kindred::fit(implicit_user_knn<>{.hub_power = 0.7, .popularity_power = 0.2}, data).model);
}

TEST_CASE_TEMPLATE("implicit k-NN: pointwise, and explained", T, float, double) {
  auto const data = support::random_ratings<T>(40, 900, 0.03, 43);
  check_model<T>(kindred::fit(implicit_item_knn<>{.neighbors = 30}, data).model);
  check_model<T>(kindred::fit(implicit_user_knn<>{.neighbors = 30}, data).model);
}

TEST_CASE("implicit k-NN: the same model in whatever order tasks run") {
  auto const data = support::random_ratings<float>(200, 80, 0.1, 44);
  support::shuffled shuffled;
  CHECK(kindred::fit(implicit_item_knn<>{}, data, shuffled).model == kindred::fit(implicit_item_knn<>{}, data).model);
  CHECK(kindred::fit(implicit_user_knn<>{}, data, shuffled).model == kindred::fit(implicit_user_knn<>{}, data).model);
}

TEST_CASE("implicit k-NN: settings outside their range") {
  auto const refused = [&](auto const& how, char const* words) {
    auto const e = support::error_of([&] { static_cast<void>(kindred::fit(how, four<float>())); });
    CHECK(e.kind() == kindred::error_kind::setting);
    CHECK(support::says(e, words));
  };
  refused(implicit_item_knn<>{.neighbors = 0}, "implicit_item_knn: neighbors = 0");
  refused(implicit_user_knn<>{.neighbors = 0}, "implicit_user_knn: neighbors = 0");
  refused(implicit_user_knn<>{.hub_power = -1}, "hub_power = -1");
  refused(implicit_item_knn<>{.popularity_power = -0.5}, "popularity_power = -0.5");
}
