// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/live_factors.hpp>
#include <kindred/score/factored.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/score/updatable.hpp>

#include "../../support/error_of.hpp"
#include "../../support/live_updates.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"

#include <kindred/factor/sgd.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

using kindred::factor_model;
using kindred::index_t;
using kindred::item_id;
using kindred::live_factors;
using kindred::live_rating_model;
using kindred::user_id;

static_assert(kindred::recipe<live_factors<>, kindred::ratings<float>> &&
              kindred::recipe<live_factors<kindred::sgd<>>, kindred::ratings<double>>);
static_assert(kindred::updatable<live_rating_model<float>> && kindred::explainer<live_rating_model<float>> &&
              kindred::predictor<live_rating_model<double>>);
static_assert(kindred::range_scorer<live_rating_model<float>> && kindred::factored<live_rating_model<double>>);

namespace {

// Trains what it was given.
template <class T>
struct as_given {
  factor_model<T> model;
  auto fit(kindred::ratings<T> const&, auto&, auto&) const { return kindred::fitted<factor_model<T>>{model, {}}; }
};

// Items with random vectors and biases, and nobody.
template <class T>
factor_model<T> some_items(index_t items, index_t factors) {
  factor_model<T> model(0, items, factors);
  model.set_mean(3);
  for (index_t i = 0; i != items; ++i) {
    model.set_known(item_id{i});
    kindred::random_stream random(4, i);
    model.of(item_id{i}).bias = static_cast<T>(kindred::normal(random) / 4);
    for (T& x : model.of(item_id{i}).vector.first(factors)) x = static_cast<T>(kindred::normal(random));
  }
  return model;
}

template <class T>
live_rating_model<T> of_items(factor_model<T> const& items, kindred::ratings<T> const& data) {
  return kindred::fit(live_factors<as_given<T>>{.how = {items}, .regularization = 0.3, .frequency_power = 0.5}, data)
      .model;
}

}  // namespace

TEST_CASE_TEMPLATE("live_factors: one rating by hand", T, float, double) {
  // The mean is 3; the item has q = 1 and the bias 0.5. Of a rating of 5, p and b leave 1.5 - p - b, and pay p^2 + b^2: both are
  // 1/2, and the score is 3 + 0.5 + 1. A is (2 1; 1 2), of which y = (1, 1) is a vector of the eigenvalue 3: <y, A^-1 y> = 2/3, times
  // 1.5 is the whole reason.
  factor_model<T> items(0, 2, 1);
  items.set_mean(3);
  items.set_known(item_id{0});
  items.of(item_id{0}).bias = T{0.5};
  items.of(item_id{0}).vector[0] = 1;
  live_factors<as_given<T>> const how{.how = {items}, .regularization = 1};
  auto model = kindred::fit(how, support::ratings_of<T>({{0, 0, 5}}, {.users = 2, .items = 2})).model;
  CHECK(support::scores(model, user_id{0}, support::first_items(2))[0] == doctest::Approx(4.5));
  CHECK(kindred::score_of(model, user_id{0}, item_id{1}) == doctest::Approx(3.5));  // not known: the mean and b
  CHECK(kindred::score_of(model, user_id{1}, item_id{0}) == T{3.5});
  CHECK(kindred::score_of(model, user_id{9}, item_id{9}) == 3);
  CHECK(!model.knows(user_id{1}));
  CHECK(!model.knows(item_id{1}));
  std::array<kindred::evidence<T>, 2> why;
  auto const whole = model.explain(user_id{0}, item_id{0}, why);
  CHECK(whole.count == 1);
  CHECK(why[0].share == doctest::Approx(1));
  CHECK(whole.base == doctest::Approx(3.5));
  CHECK(model.explain(user_id{1}, item_id{0}, why).base == T{3.5});

  // User 1 gives 1 to item 1, which nobody knows: with p = b = 0, q has nothing to go by and the bias is -2 / (1 + 1). Then for the
  // user: b = (1 - 3 + 1) / (1 + 1).
  model.update(user_id{1}, item_id{1}, 1);
  CHECK(model.item_biases()[1] == doctest::Approx(-1));
  CHECK(kindred::score_of(model, user_id{1}, item_id{1}) == doctest::Approx(3 - 1 - 0.5));
  // User 0 gives it 4, and has p = b = 1/2. With y' = (q, b): (2 + w) of the squares of p, and so on; the slope is zero.
  model.update(user_id{0}, item_id{1}, 4);
  double const q = static_cast<double>(model.items().row(1)[0]), b = static_cast<double>(model.item_biases()[1]);
  double const of_0 = 4 - 3 - 0.5 - 0.5 * q - b, of_1 = 1 - 3 + 0.5 - b;  // with n = 2 ratings, the ridge is 2
  CHECK(0.5 * of_0 == doctest::Approx(2 * q));
  CHECK(of_0 + of_1 == doctest::Approx(2 * b));
}

TEST_CASE_TEMPLATE("live_factors: a user is where the objective is least", T, float, double) {
  auto const list = support::random_list(20, 30, 0.3, 8);
  auto const data = support::ratings_of<T>(list);
  auto const items = some_items<T>(30, 4);
  auto const model = of_items(items, data);
  double worst = 0;
  for (index_t u = 0; u != 20; ++u) {
    auto const row = data.of(user_id{u});
    double const ridge = 0.3 * std::sqrt(static_cast<double>(row.size()));
    std::array<double, 5> slope{};
    for (std::size_t k = 0; k != row.size(); ++k) {
      double const wrong =
          static_cast<double>(kindred::score_of(model, user_id{u}, item_id{row.index[k]}) - row.value[k]);
      for (std::size_t c = 0; c != 5; ++c)
        slope[c] += wrong * (c == 4 ? 1 : static_cast<double>(items.items().row(row.index[k])[c]));
    }
    for (std::size_t c = 0; c != 5; ++c)
      worst = std::fmax(worst, std::abs(slope[c] + ridge * static_cast<double>(model.users().row(u)[c])));
  }
  CHECK(worst < 1e4 * static_cast<double>(std::numeric_limits<T>::epsilon()));
  CHECK(support::is_pointwise(model, user_id{3}, support::first_items(40)));
  std::vector<T> range(33);
  model.score_range(user_id{3}, item_id{2}, range);
  auto const scores = support::scores(model, user_id{3}, support::first_items(35));
  CHECK(std::vector<T>(scores.begin() + 2, scores.end()) == range);

  std::vector<kindred::evidence<T>> reasons(40);
  auto const whole = model.explain(user_id{0}, item_id{10}, reasons);
  REQUIRE(whole.count == data.of(user_id{0}).size());
  double sum = static_cast<double>(whole.base);
  for (std::size_t k = 0; k != whole.count; ++k) sum += static_cast<double>(reasons[k].share);
  CHECK(sum == doctest::Approx(static_cast<double>(kindred::score_of(model, user_id{0}, item_id{10}))));
  CHECK(whole.base == doctest::Approx(static_cast<double>(3 + items.item_biases()[10])).epsilon(1e-3));
}

TEST_CASE_TEMPLATE("live_factors: after an update as after a fit with the items held", T, float, double) {
  auto const items = some_items<T>(30, 4);  // more than are rated
  support::update_at_random<T>(
      31, [&](auto const& data) { return of_items(items, data); },
      [&](auto const& model, auto const& data) {
        auto const anew = of_items(items, data);
        support::check_same_model(model, anew, data.user_count(), data.item_count());
        // A visitor scores as a user does.
        auto const row = data.of(user_id{5});
        std::vector<T> scores(30);
        model.score_with(model.taste_of(row), support::first_items(30), scores);
        CHECK(scores == support::scores(anew, user_id{5}, support::first_items(30)));
      });
}

TEST_CASE("live_factors: people and things that sgd has not met are foretold") {
  // 4 when user and item are of one kind, 2 when not. The training has 20 users and 20 items.
  std::vector<support::seen> list;
  for (index_t u = 0; u != 20; ++u)
    for (index_t i = 0; i != 20; ++i)
      if ((u + i) % 3 != 0) list.push_back({u, i, u % 2 == i % 2 ? 4.0 : 2.0});
  live_factors<kindred::sgd<>> const how{.how = {.factors = 2, .epochs = 60, .vector = {0.01}, .bias = {0.01}},
                                         .regularization = 0.01};
  auto model = kindred::fit(how, support::ratings_of<float>(list)).model;
  for (index_t i = 0; i != 4; ++i) model.update(user_id{25}, item_id{i}, i % 2 == 1 ? 4 : 2);
  for (index_t u = 0; u != 6; ++u) model.update(user_id{u}, item_id{31}, u % 2 == 1 ? 4 : 2);
  CHECK(model.knows(user_id{25}));
  CHECK(!model.knows(user_id{24}));
  CHECK(kindred::score_of(model, user_id{25}, item_id{11}) == doctest::Approx(4).epsilon(0.05));
  CHECK(kindred::score_of(model, user_id{25}, item_id{12}) == doctest::Approx(2).epsilon(0.1));
  CHECK(kindred::score_of(model, user_id{13}, item_id{31}) == doctest::Approx(4).epsilon(0.05));
  CHECK(kindred::score_of(model, user_id{14}, item_id{31}) == doctest::Approx(2).epsilon(0.1));
}

TEST_CASE("live_factors: what it refuses, and then nothing has changed") {
  auto const list = support::random_list(20, 30, 0.3, 8);
  auto const data = support::ratings_of<float>(list);
  auto model = kindred::fit(live_factors<>{.how = {.factors = 4, .sweeps = 2}}, data).model;
  auto const before = support::all_scores(model, 35, 45);
  auto const refused = [&](user_id u, item_id i, float value, kindred::error_kind kind) {
    CHECK(support::error_of([&] { model.update(u, i, value); }).kind() == kind);
    CHECK(support::all_scores(model, 35, 45) == before);
  };
  refused(user_id{2}, item_id{3}, std::numeric_limits<float>::quiet_NaN(), kindred::error_kind::data);
  refused(user_id{kindred::index_limit}, item_id{3}, 1, kindred::error_kind::data);
  refused(user_id{2}, item_id{kindred::index_limit}, 1, kindred::error_kind::data);
  for (index_t const item : {3u, 40u}) refused(user_id{2}, item_id{item}, 3e38f, kindred::error_kind::numeric);
  CHECK(!model.knows(item_id{40}));
  // Nor has what a new item is made of: it goes on as one that nobody has tried to spoil.
  model.update(user_id{1}, item_id{40}, 4);
  auto untouched = model;
  for (index_t const u : {1u, 2u}) {
    CHECK(support::error_of([&] { model.update(user_id{u}, item_id{40}, 3e38f); }).kind() ==
          kindred::error_kind::numeric);
    CHECK(support::all_scores(model, 35, 45) == support::all_scores(untouched, 35, 45));
  }
  for (auto* const one : {&model, &untouched}) {
    one->update(user_id{3}, item_id{40}, 2);
    one->update(user_id{1}, item_id{2}, 5);
  }
  CHECK(support::all_scores(model, 35, 45) == support::all_scores(untouched, 35, 45));
  model.update(user_id{2}, item_id{3}, 1);
  CHECK(support::all_scores(model, 35, 45) != before);
  auto const told = [&](auto const& how, auto const& of, char const* words) {
    CHECK(support::says(support::error_of([&] { static_cast<void>(kindred::fit(how, of)); }), words));
  };
  told(live_factors<>{.how = {.factors = 1024}}, data, "factors = 1024");
  told(live_factors<>{.regularization = -1}, data, "live_factors: regularization = -1");
  told(live_factors<>{.frequency_power = -1}, data, "live_factors: frequency_power = -1");
  told(live_factors<>{}, support::weighted_ratings_of<float>({{0, 0, 1, 2}}), "without weights");
}
