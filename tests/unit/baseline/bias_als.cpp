// SPDX-License-Identifier: BSL-1.0
#include <kindred/baseline/bias_als.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

using kindred::bias_als;
using kindred::bias_model;
using kindred::item_id;
using kindred::user_id;
using support::seen;

static_assert(kindred::recipe<bias_als, kindred::ratings<float>>);

namespace {

// What is minimized, over ratings that may come more than once.
double objective(std::vector<seen> const& list, bias_model<double>& model, bias_als const& how) {
  double sum = 0;
  for (seen const& s : list) {
    double const wrong = s.value - kindred::score_of(model, user_id{s.user}, item_id{s.item});
    sum += s.weight * wrong * wrong;
  }
  for (double const b : model.users()) sum += how.user_damping * b * b;
  for (double const b : model.items()) sum += how.item_damping * b * b;
  return sum;
}

// The largest slope of the objective in any bias, by finite differences.
double steepest(std::vector<seen> const& list, bias_model<double> model, bias_als const& how) {
  double largest = 0;
  double const h = 1e-4;
  for (auto const side : {model.users(), model.items()})
    for (double& b : side) {
      double const at = b;
      b = at + h;
      double const above = objective(list, model, how);
      b = at - h;
      double const below = objective(list, model, how);
      b = at;
      largest = (std::max)(largest, std::abs(above - below) / (2 * h));
    }
  return largest;
}

// Keeps what it is told.
struct listener {
  std::vector<double> objectives = {};
  std::uint32_t stop_at = 0;
  kindred::flow operator()(kindred::progress const& p) {
    objectives.push_back(p.objective);
    CHECK(p.epoch == objectives.size());
    return p.epoch == stop_at ? kindred::flow::stop : kindred::flow::proceed;
  }
};

}  // namespace

TEST_CASE_TEMPLATE("bias_als: one sweep by hand", T, float, double) {
  // u0: 5, 3; u1: 3, -. The mean is 11/3, the residuals are 4/3, -2/3; -2/3. Dampings of one:
  // items   b(i0) = (4/3 - 2/3) / 3 = 2/9             b(i1) = (-2/3) / 2 = -1/3
  // users   b(u0) = (4/3 - 2/9 - 2/3 + 1/3) / 3 = 7/27    b(u1) = (-2/3 - 2/9) / 2 = -4/9
  auto const data = support::ratings_of<T>({{0, 0, 5}, {0, 1, 3}, {1, 0, 3}});
  auto const done = kindred::fit(bias_als{.user_damping = 1, .item_damping = 1, .sweeps = 1}, data);
  CHECK(done.model.mean() == doctest::Approx(11.0 / 3));
  CHECK(done.model.bias(item_id{0}) == doctest::Approx(2.0 / 9));
  CHECK(done.model.bias(item_id{1}) == doctest::Approx(-1.0 / 3));
  CHECK(done.model.bias(user_id{0}) == doctest::Approx(7.0 / 27));
  CHECK(done.model.bias(user_id{1}) == doctest::Approx(-4.0 / 9));
  CHECK(done.report.epochs == 1);
  CHECK(!done.report.converged);
}

TEST_CASE_TEMPLATE("bias_als: without damping an additive table is met exactly", T, float, double) {
  // r(u, i) = 3 + a(u) + c(i), with one of nine missing: 3 + (1, 0, -1) + (0.5, 0, -1); the missing one is foretold.
  std::vector<seen> list;
  for (kindred::index_t u = 0; u != 3; ++u)
    for (kindred::index_t i = 0; i != 3; ++i)
      if (u != 1 || i != 2) list.push_back({u, i, 3 + (1.0 - u) + (i == 0 ? 0.5 : i == 1 ? 0 : -1)});
  bias_als const exact{.user_damping = 0, .item_damping = 0, .sweeps = 1000, .tolerance = 0};
  auto const model = kindred::fit(exact, support::ratings_of<T>(list)).model;
  for (seen const& s : list)
    CHECK(kindred::score_of(model, user_id{s.user}, item_id{s.item}) == doctest::Approx(s.value).epsilon(1e-5));
  CHECK(kindred::score_of(model, user_id{1}, item_id{2}) == doctest::Approx(2).epsilon(1e-5));
}

TEST_CASE("bias_als: the objective is as documented, never rises, and is flat at the end") {
  auto const list = support::random_list(40, 30, 0.3, 5);
  bias_als const how{.sweeps = 200, .tolerance = 0};
  listener heard;
  kindred::sequential ex;
  auto done = kindred::fit(how, support::ratings_of<double>(list), ex, heard);
  REQUIRE(heard.objectives.size() > 3);
  for (std::size_t k = 1; k != heard.objectives.size(); ++k)
    CHECK(heard.objectives[k] <= heard.objectives[k - 1] * (1 + 1e-14));
  CHECK(done.report.objective == heard.objectives.back());
  CHECK(done.report.epochs == heard.objectives.size());
  CHECK(done.report.objective == doctest::Approx(objective(list, done.model, how)).epsilon(1e-12));
  CHECK(steepest(list, done.model, how) < 1e-6);
}

TEST_CASE("bias_als: weights count like repeated ratings") {
  auto list = support::random_list(20, 15, 0.4, 6);
  std::vector<seen> repeated;
  double sum = 0;
  for (std::size_t k = 0; k != list.size(); ++k) {
    list[k].weight = static_cast<double>(1 + k % 4);
    for (std::size_t times = 0; times != 1 + k % 4; ++times) {
      repeated.push_back({list[k].user, list[k].item, list[k].value});
      sum += list[k].value;
    }
  }
  bias_als const how{.sweeps = 500, .tolerance = 0};
  auto done = kindred::fit(how, support::weighted_ratings_of<double>(list));
  CHECK(done.model.mean() == doctest::Approx(sum / static_cast<double>(repeated.size())));
  CHECK(done.report.objective == doctest::Approx(objective(repeated, done.model, how)).epsilon(1e-12));
  CHECK(steepest(repeated, done.model, how) < 1e-6);
  // And equal weights change nothing where nothing is damped.
  bias_als const undamped{.user_damping = 0, .item_damping = 0};
  for (seen& s : list) s.weight = 3;
  auto const heavy = kindred::fit(undamped, support::weighted_ratings_of<double>(list)).model;
  auto const plain = kindred::fit(undamped, support::ratings_of<double>(list)).model;
  for (seen const& s : list)
    CHECK(kindred::score_of(heavy, user_id{s.user}, item_id{s.item}) ==
          doctest::Approx(kindred::score_of(plain, user_id{s.user}, item_id{s.item})));
}

TEST_CASE("bias_als: who has no rating has no bias and is not known") {
  auto const model = kindred::fit(bias_als{}, support::ratings_of<float>({{0, 0, 5}, {2, 2, 1}}, {4, 4})).model;
  for (kindred::index_t k : {1u, 3u, 99u}) {
    CHECK(!model.knows(user_id{k}));
    CHECK(!model.knows(item_id{k}));
    CHECK(kindred::score_of(model, user_id{k}, item_id{k}) == 3);
  }
}

TEST_CASE("bias_als: the observer ends it, a limit ends it, convergence ends it") {
  auto const data = support::random_ratings<float>(30, 30, 0.3, 8);
  kindred::sequential ex;
  listener heard{.stop_at = 2};
  auto const stopped = kindred::fit(bias_als{.tolerance = 0}, data, ex, heard).report;
  CHECK(stopped.epochs == 2);
  CHECK(!stopped.converged);
  auto const limited = kindred::fit(bias_als{.sweeps = 3, .tolerance = 0}, data).report;
  CHECK(limited.epochs == 3);
  CHECK(!limited.converged);
  auto const converged = kindred::fit(bias_als{}, data).report;
  CHECK(converged.epochs < 50);
  CHECK(converged.converged);
  auto const none = kindred::fit(bias_als{.sweeps = 0}, data);
  CHECK(none.report.epochs == 0);
  CHECK(none.model == bias_model<float>(data));
}

TEST_CASE_TEMPLATE("bias_als: empty data, and a single rating", T, float, double) {
  auto const empty = kindred::fit(bias_als{}, kindred::ratings<T>{});
  CHECK(empty.report.converged);
  CHECK(kindred::score_of(empty.model, user_id{0}, item_id{0}) == 0);
  auto const one = kindred::fit(bias_als{}, support::ratings_of<T>({{0, 0, 4}})).model;
  CHECK(kindred::score_of(one, user_id{0}, item_id{0}) == 4);
  CHECK(kindred::score_of(one, user_id{1}, item_id{1}) == 4);
}

TEST_CASE("bias_als: the same bits in whatever order tasks run") {
  auto const data = support::random_ratings<float>(700, 600, 0.02, 9);
  auto const expected = kindred::fit(bias_als{}, data);
  support::reversed reversed;
  support::shuffled shuffled;
  CHECK(kindred::fit(bias_als{}, data, reversed).model == expected.model);
  auto const other = kindred::fit(bias_als{}, data, shuffled);
  CHECK(other.model == expected.model);
  CHECK(other.report.objective == expected.report.objective);
}

TEST_CASE("bias_als: settings outside their range") {
  auto const data = support::ratings_of<float>({{0, 0, 4}});
  auto const refused = [&](bias_als const& how, char const* name) {
    auto const e = support::error_of([&] { static_cast<void>(kindred::fit(how, data)); });
    CHECK(e.kind() == kindred::error_kind::setting);
    CHECK(support::says(e, name));
  };
  for (double const bad : {-1.0, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    refused({.user_damping = bad}, "user_damping");
    refused({.item_damping = bad}, "item_damping");
    refused({.tolerance = bad}, "tolerance");
  }
}

TEST_CASE("bias_als: ratings that overflow are refused") {
  std::vector<seen> wide{{0, 0, 3e38}, {0, 1, -3e38}, {1, 0, -3e38}, {1, 1, -3e38}};
  auto const data = support::ratings_of<float>(wide);  // 3e38 is further from the mean than a float can say
  auto const e = support::error_of([&] { static_cast<void>(kindred::fit(bias_als{}, data)); });
  CHECK(e.kind() == kindred::error_kind::numeric);
  CHECK(support::says(e, "sweep 1"));
  CHECK_NOTHROW(static_cast<void>(kindred::fit(bias_als{}, support::ratings_of<double>(wide))));
}
