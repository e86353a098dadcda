// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/early_stop.hpp>
#include <kindred/factor/hogwild_sgd.hpp>
#include <kindred/factor/sgd.hpp>

#include "../../support/content_loss.hpp"
#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"

#include <kindred/solve/adagrad.hpp>
#include <kindred/solve/frequency_scaled.hpp>
#include <kindred/solve/huber_loss.hpp>
#include <kindred/solve/l1.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

using kindred::adagrad;
using kindred::adam;
using kindred::bold_driver;
using kindred::early_stop;
using kindred::flow;
using kindred::frequency_scaled;
using kindred::index_t;
using kindred::item_id;
using kindred::l2;
using kindred::sgd;
using kindred::squared_loss;
using kindred::unregularized;
using kindred::user_id;

static_assert(kindred::recipe<early_stop<>, kindred::ratings<float>>);
static_assert(kindred::recipe<sgd<squared_loss, l2, adam>, kindred::ratings<double>>);

namespace {

struct all_one {
  template <kindred::real T>
  void operator()(std::span<T> row, std::uint64_t, index_t) const noexcept {
    for (T& x : row) x = 1;
  }
};

struct falling {  // 1, 0.5, ... and one more by number
  template <kindred::real T>
  void operator()(std::span<T> row, std::uint64_t, index_t id) const noexcept {
    for (std::size_t f = 0; f != row.size(); ++f) row[f] = static_cast<T>(1 + id) - static_cast<T>(f) / 2;
  }
};

// Who has n ratings pays n times in an epoch, each time at the rate 0.1 and with the strength scaled by n: user 0, with three, and
// item 3, with two, beside a user and items of one rating. All begin at 1.
template <class How, class Policies>
void pays_by_frequency(How const& how, Policies const& with) {
  auto const data = support::ratings_of<double>({{0, 0, 4}, {0, 1, 4}, {0, 3, 4}, {1, 3, 4}});
  kindred::sequential ex;
  auto training = how.begin(data);
  for (index_t const k : {0u, 1u}) training.model.of(user_id{k}).bias = 1;
  for (index_t const k : {0u, 1u, 3u}) training.model.of(item_id{k}).bias = 1;
  how.advance(training, data, 1, ex, [](auto const&) { return flow::proceed; });
  auto const left = [](auto const& by, double n) {
    return std::pow(1 + 0.1 * by.strength * by.scale(static_cast<std::size_t>(n)), -n);
  };
  auto const check = [&](auto const& biases, auto const& vectors, index_t k, double n) {
    CHECK(biases[k] == doctest::Approx(left(with.bias, n)));
    for (double const x : vectors.row(k)) CHECK(x == doctest::Approx(left(with.vector, n)));
  };
  check(training.model.user_biases(), training.model.users(), 0, 3);
  check(training.model.user_biases(), training.model.users(), 1, 1);
  check(training.model.item_biases(), training.model.items(), 0, 1);
  check(training.model.item_biases(), training.model.items(), 3, 2);
}

auto const go_on = [](auto const&) { return flow::proceed; };

// Three epochs, then two, then what is left: the bits of one go.
template <class Recipe>
void goes_on_as_if_unbroken(Recipe const& how) {
  auto const data = support::random_ratings<float>(60, 50, 0.3, 71);
  kindred::sequential ex;
  auto const whole = kindred::fit(how, data);
  auto training = how.begin(data);
  how.advance(training, data, 3, ex, go_on);
  auto const kept = training;  // as a copy, from which a second one goes on
  how.advance(training, data, 2, ex, go_on);
  CHECK(training.report.epochs == 5);
  CHECK(!(training == kept));
  auto second = kept;
  how.advance(second, data, 2, ex, go_on);
  CHECK(second == training);
  how.advance(training, data, 100, ex, go_on);
  CHECK(training.report.epochs == how.epochs);
  CHECK(training.report.converged);
  CHECK(training.model == whole.model);
  CHECK(training.report.objective == whole.report.objective);
}

}  // namespace

TEST_CASE("sgd: a fit in several goes has the bits of one in one go") {
  goes_on_as_if_unbroken(sgd<>{.factors = 5, .epochs = 7});
  goes_on_as_if_unbroken(sgd<squared_loss, l2, bold_driver>{.factors = 5, .epochs = 7});
  goes_on_as_if_unbroken(sgd<squared_loss, l2, adagrad>{.factors = 5, .epochs = 7});
  goes_on_as_if_unbroken(sgd<squared_loss, kindred::l1, adam>{.factors = 5, .epochs = 7});
}

TEST_CASE("sgd: a checkpoint of other data is refused") {
  kindred::sequential ex;
  auto const data = support::ratings_of<float>({{0, 0, 4}});
  auto training = sgd<>{}.begin(data);
  auto const more = support::ratings_of<float>({{1, 0, 4}});
  auto const e = support::error_of([&] { sgd<>{}.advance(training, more, 1, ex, go_on); });
  CHECK(e.kind() == kindred::error_kind::shape);
  auto const f = support::error_of([&] { sgd<>{.factors = 3}.advance(training, data, 1, ex, go_on); });
  CHECK(support::says(f, "another recipe"));
}

TEST_CASE_TEMPLATE("sgd: a warm start begins where the model was", T, float, double) {
  auto const before = support::random_ratings<T>(40, 30, 0.3, 72);
  sgd<> const how{.factors = 6, .epochs = 20};
  auto const model = kindred::fit(how, before).model;
  auto list = support::random_list(40, 30, 0.3, 72);
  list.push_back({41, 3, 5});  // somebody new, and a new item
  list.push_back({0, 33, 1});
  auto const after = support::ratings_of<T>(list);
  auto training = how.begin(after, model);
  CHECK(training.model.mean() == model.mean());
  CHECK(kindred::score_of(training.model, user_id{7}, item_id{5}) == kindred::score_of(model, user_id{7}, item_id{5}));
  CHECK(training.model.knows(user_id{41}));
  CHECK(training.model.knows(item_id{33}));
  CHECK(training.model.users().row(41)[0] == how.begin(after).model.users().row(41)[0]);
  // One epoch from there is better than one from nothing.
  kindred::sequential ex;
  auto cold = how.begin(after);
  how.advance(training, after, 1, ex, go_on);
  how.advance(cold, after, 1, ex, go_on);
  CHECK(training.report.objective < 0.8 * cold.report.objective);
  // Whom only the model knows stays known.
  auto const kept = how.begin(support::ratings_of<T>({{0, 0, 3}}, {40, 30}), model).model;
  CHECK(kept.knows(user_id{7}) == model.knows(user_id{7}));
  CHECK(kindred::score_of(kept, user_id{7}, item_id{5}) == kindred::score_of(model, user_id{7}, item_id{5}));
  auto const e = support::error_of([&] { static_cast<void>(sgd<>{.factors = 7}.begin(after, model)); });
  CHECK(support::says(e, "6 factors cannot begin a fit of 7"));
}

TEST_CASE_TEMPLATE("sgd: one step of adagrad and of adam by hand", T, float, double) {
  // The rating 4 is the mean; p = q = 1: 5 is predicted, the slope 1, and so is every gradient. AdaGrad's step is
  // 0.1 x 1 / sqrt(1 + 0.01), adam's first one 0.1 x 1 / (1 + 1e-6), for biases and vectors alike.
  auto const data = support::ratings_of<T>({{0, 0, 4}});
  sgd<squared_loss, unregularized, adagrad, all_one> const ada{.factors = 1, .epochs = 1, .rate = {.rate = 0.1}};
  auto const first = kindred::fit(ada, data).model;
  CHECK(first.user_biases()[0] == doctest::Approx(-0.1 / std::sqrt(1.01)));
  CHECK(first.users().row(0)[0] == doctest::Approx(1 - 0.1 / std::sqrt(1.01)));
  CHECK(first.items().row(0)[0] == doctest::Approx(1 - 0.1 / std::sqrt(1.01)));
  CHECK(first.users().data()[1] == 0);  // padding
  sgd<squared_loss, unregularized, adam, all_one> const ad{.factors = 1, .epochs = 1, .rate = {.rate = 0.1}};
  auto const second = kindred::fit(ad, data).model;
  CHECK(second.item_biases()[0] == doctest::Approx(-0.1));
  CHECK(second.users().row(0)[0] == doctest::Approx(0.9));
  CHECK(second.users().data()[1] == 0);
}

TEST_CASE("sgd: every number has a memory of its own, by a slow twin") {
  // One rating, of user 0 with p = (1, 0.5) and item 1 with q = (2, 1.5), three times over.
  auto const as_twin = [](auto how) {
    how.factors = 2;
    how.epochs = 3;
    how.rate.rate = 0.1;
    double p[2] = {1, 0.5}, q[2] = {2, 1.5}, b = 0, c = 0;
    std::array<std::array<double, decltype(how.rate)::memory>, 6> seen{};
    for (int epoch = 0; epoch != 3; ++epoch) {
      double const wrong = b + c + p[0] * q[0] + p[1] * q[1];  // the mean is the rating
      b -= how.rate.move(wrong, 0.1, seen[0]);
      c -= how.rate.move(wrong, 0.1, seen[1]);
      for (std::size_t f = 0; f != 2; ++f) {
        double const to_p = how.rate.move(wrong * q[f], 0.1, seen[2 + f]);
        q[f] -= how.rate.move(wrong * p[f], 0.1, seen[4 + f]);
        p[f] -= to_p;
      }
    }
    auto const model = kindred::fit(how, support::ratings_of<double>({{0, 1, 4}})).model;
    CHECK(model.user_biases()[0] == doctest::Approx(b));
    CHECK(model.item_biases()[1] == doctest::Approx(c));
    for (std::size_t f = 0; f != 2; ++f) {
      CHECK(model.users().row(0)[f] == doctest::Approx(p[f]));
      CHECK(model.items().row(1)[f] == doctest::Approx(q[f]));
    }
  };
  as_twin(sgd<squared_loss, unregularized, adagrad, falling>{});
  as_twin(sgd<squared_loss, unregularized, adam, falling>{});
}

TEST_CASE("sgd: rates of every kind learn") {
  auto const data = support::random_ratings<float>(100, 80, 0.3, 73);
  auto const loss = [&](auto const& how) { return kindred::fit(how, data).report.objective; };
  double const none = loss(sgd<>{.factors = 4, .epochs = 1, .rate = {.rate = 0}});
  CHECK(loss(sgd<squared_loss, l2, bold_driver>{.factors = 4, .epochs = 40}) < 0.6 * none);
  CHECK(loss(sgd<squared_loss, l2, adagrad>{.factors = 4, .epochs = 40}) < 0.7 * none);
  CHECK(loss(sgd<squared_loss, l2, adam>{.factors = 4, .epochs = 40}) < 0.6 * none);
}

TEST_CASE("sgd: strengths scaled by frequency") {
  // With the exponent 0 it is the base; with 1, who rated twice as often pays half as much with each rating.
  auto const data = support::random_ratings<double>(30, 20, 0.4, 74);
  using scaled = frequency_scaled<l2>;
  sgd<squared_loss, scaled> how{.factors = 3, .epochs = 4};
  how.vector.exponent = how.bias.exponent = 0;
  auto const plain = kindred::fit(sgd<>{.factors = 3, .epochs = 4}, data).model;
  CHECK(support::all_scores(kindred::fit(how, data).model, 30, 20) == support::all_scores(plain, 30, 20));
  // Two ratings of user 0, one of user 1; typical is 2: the scale of user 0 is 1, of user 1 and of both items 2.
  CHECK(scaled{l2{}, 1, 2}.scale(2) == 1);
  CHECK(scaled{l2{}, 1, 2}.scale(1) == 2);
  CHECK(scaled{l2{}, 0.5, 8}.scale(2) == 2);
  CHECK(scaled{}.scale(0) == 1);
  auto const pays = [](auto recipe) {
    recipe.factors = 3;
    recipe.epochs = 1;
    recipe.vector = {{0.5}, 1, 2};
    recipe.bias = {{0.3}, 0.5, 2};
    recipe.rate.rate = 0.1;
    pays_by_frequency(recipe, recipe);
    return recipe;
  };
  auto const plainly = pays(sgd<support::content_loss, scaled, kindred::constant_rate, all_one>{});
  pays_by_frequency(kindred::hogwild_sgd<std::remove_cvref_t<decltype(plainly)>>{plainly}, plainly);
  pays(sgd<support::content_loss, scaled, adagrad, all_one>{});
  pays(sgd<support::content_loss, scaled, adam, all_one>{});
}

TEST_CASE("early_stop: the best epoch, as the observer heard it") {
  auto const data = support::random_ratings<float>(80, 60, 0.2, 75);
  early_stop<> const how{.how = {.factors = 16, .epochs = 300, .vector = {0.005}, .rate = {.rate = 0.05, .decay = 0}},
                         .patience = 4};
  std::vector<double> heard;
  kindred::sequential ex;
  auto watch = [&](kindred::progress const& p) {
    heard.push_back(p.held_out);
    return flow::proceed;
  };
  auto const done = kindred::fit(how, data, ex, watch);
  REQUIRE(done.report.epochs + 4 == heard.size());
  CHECK(done.report.converged);
  CHECK(heard.size() < 300);
  for (double const error : heard) CHECK(error >= heard[done.report.epochs - 1]);
  auto const [train, test] = how.held_out.split(data, 0);
  auto same = how.how;
  same.epochs = done.report.epochs;
  CHECK(kindred::fit(same, train).model == done.model);
  support::shuffled shuffled;
  CHECK(kindred::fit(how, data, shuffled).model == done.model);

  // Held-out error is that of the recipe's loss: of the model that comes out, what was heard of its epoch.
  early_stop<sgd<kindred::huber_loss>> const huber{.how = {.factors = 4, .epochs = 5, .loss = {.width = 0.25}}};
  heard.clear();
  auto const robust = kindred::fit(huber, data, ex, watch);
  double sum = 0;
  for (index_t u = 0; u != test.user_count(); ++u) {
    auto const row = test.of(user_id{u});
    for (std::size_t k = 0; k != row.size(); ++k)
      sum += static_cast<double>(
          huber.how.loss.value(kindred::score_of(robust.model, user_id{u}, item_id{row.index[k]}), row.value[k]));
  }
  CHECK(heard[robust.report.epochs - 1] == doctest::Approx(sum / static_cast<double>(test.size())));

  CHECK(!kindred::fit(early_stop<>{.how = {.epochs = 2}}, data).report.converged);
  auto const e = support::error_of([&] { static_cast<void>(kindred::fit(early_stop<>{.patience = 0}, data)); });
  CHECK(support::says(e, "patience = 0"));
  CHECK(kindred::fit(early_stop<>{}, kindred::ratings<float>{}).report.epochs == 0);
}
