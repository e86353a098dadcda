// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/svdpp.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"
#include "composed_twin.hpp"

#include <kindred/factor/asymmetric_svd.hpp>
#include <kindred/factor/sgd.hpp>
#include <kindred/interop/thread_pool.hpp>
#include <kindred/solve/frequency_scaled.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

using kindred::asymmetric_svd;
using kindred::constant_rate;
using kindred::index_t;
using kindred::item_id;
using kindred::l2;
using kindred::squared_loss;
using kindred::svdpp;
using kindred::unregularized;
using kindred::user_id;

static_assert(kindred::recipe<svdpp<>, kindred::ratings<float>> && kindred::recipe<svdpp<>, kindred::ratings<double>>);
static_assert(kindred::recipe<asymmetric_svd<>, kindred::ratings<float>>);
static_assert(kindred::recipe<svdpp<squared_loss, unregularized, constant_rate>, kindred::ratings<float>>);

namespace {

struct all_one {
  template <kindred::real T>
  void operator()(std::span<T> row, std::uint64_t, index_t) const noexcept {
    for (T& x : row) x = 1;
  }
};

template <class Recipe>
void agrees_with_twin(Recipe const& how, bool own) {
  auto list = support::random_list(90, 30, 0.3, 31);  // two batches
  for (auto& s : list) s.weight = 0.5 + (s.user + s.item) % 3 / 2.0;
  auto const data = support::weighted_ratings_of<double>(list);
  auto const parts = own ? kindred::detail::parts_of_rated(data) : support::parts_of_residuals(data);
  auto const twin = support::composed_twin(data, parts, how, own);
  auto const [model, report] = kindred::fit(how, data);
  CHECK(report.objective == doctest::Approx(static_cast<double>(twin.loss / twin.weight)));
  bool same = true;
  for (index_t u = 0; u != 90; ++u)
    for (index_t i = 0; i != 30; ++i) {
      double const expected = static_cast<double>(twin.predict(u, i));
      same = same && std::abs(kindred::score_of(model, user_id{u}, item_id{i}) - expected) < 1e-9;
    }
  CHECK(same);
}

}  // namespace

TEST_CASE_TEMPLATE("svdpp: one step by hand", T, float, double) {
  // One user, one item, the rating 4, which is the mean: p = q = 1, y = 0, the share is 1. The prediction is 5, the slope 1,
  // the rate 0.1, the pull 0.1. Nothing shrinks.
  //   b = -0.1    p = 1 - 0.1 x 1    q = 1 - 0.1 x(u), with x after the user's step: 0.9    y = -0.1 x 1
  // So x(u) = p + y = 0.8 and q = 0.91.
  svdpp<squared_loss, unregularized, constant_rate, all_one> const how{.factors = 1, .epochs = 1, .rate = {0.1}};
  auto const done = kindred::fit(how, support::ratings_of<T>({{0, 0, 4}}));
  CHECK(done.report.objective == doctest::Approx(0.5));
  CHECK(done.model.user_biases()[0] == doctest::Approx(-0.1));
  CHECK(done.model.item_biases()[0] == doctest::Approx(-0.1));
  CHECK(done.model.users().row(0)[0] == doctest::Approx(0.8));
  CHECK(done.model.items().row(0)[0] == doctest::Approx(0.91));
}

TEST_CASE_TEMPLATE("asymmetric_svd: one step by hand", T, float, double) {
  // Two users and an item, rated 5 and 3: the mean is 4. All vectors of users are zero at first, x and y too; q = 1. The
  // predictions are 4, the slopes -1 and 1, the pulls -0.1 and 0.1; y moves by -0.1 twice in opposite directions, to zero.
  // The baseline of user 0 leaves a positive residual d, that of user 1 as large a negative one: x moves by 0.1 d each.
  asymmetric_svd<squared_loss, unregularized, constant_rate, all_one> const how{
      .factors = 1, .epochs = 1, .rate = {0.1}};
  auto const data = support::ratings_of<T>({{0, 0, 5}, {1, 0, 3}});
  auto const baseline = kindred::fit(kindred::bias_als{}, data).model;
  T const d = 5 - baseline.mean() - baseline.bias(user_id{0}) - baseline.bias(item_id{0});
  CHECK(d > 0.5);
  auto const model = kindred::fit(how, data).model;
  CHECK(model.users().row(0)[0] == doctest::Approx(0.2 * d * d));
  CHECK(model.users().row(1)[0] == doctest::Approx(-0.2 * d * d));
  CHECK(model.items().row(0)[0] == doctest::Approx(1));
}

TEST_CASE("svdpp, asymmetric_svd: as a slow twin does it") {
  agrees_with_twin(svdpp<squared_loss, l2, constant_rate>{.factors = 5, .epochs = 4, .rate = {0.02}}, true);
  agrees_with_twin(asymmetric_svd<squared_loss, l2, constant_rate>{.factors = 5, .epochs = 4, .rate = {0.02}}, false);
  agrees_with_twin(
      svdpp<squared_loss, kindred::frequency_scaled<>, constant_rate>{
          .factors = 5, .epochs = 3, .vector = {{0.5}, 0.5, 9}, .bias = {{0.3}, 1, 9}, .rate = {0.02}},
      true);
}

TEST_CASE("svdpp: who rated what tells something") {
  // Two tastes: users rate what they like, all alike, and never what they do not. Values say nothing; yet the test is of the
  // sets: the items of one's own kind are scored higher once half of those were rated low.
  std::vector<support::seen> list;
  for (index_t u = 0; u != 60; ++u)
    for (index_t i = 0; i != 40; ++i)
      if (kindred::mix(5, u, i) % 2 == 0) list.push_back({u, i, u % 2 == i % 2 ? 4.5 : 1.5});
  for (index_t i = 0; i != 40; i += 2) list.push_back({60, i, 3});  // rated only even ones, all alike
  auto const model = kindred::fit(svdpp<>{.factors = 4, .epochs = 60}, support::ratings_of<float>(list)).model;
  double with = 0, without = 0;
  for (index_t u = 0; u != 60; ++u)
    for (index_t i = 0; i != 40; ++i)
      (u % 2 == i % 2 ? with : without) += static_cast<double>(kindred::score_of(model, user_id{u}, item_id{i}));
  CHECK(with / 1200 > without / 1200 + 2);
}

TEST_CASE("svdpp: the same bits in whatever order tasks run, and on threads") {
  auto const data = support::random_ratings<float>(200, 90, 0.2, 32);
  svdpp<> const how{.factors = 9, .epochs = 3};
  auto const expected = kindred::fit(how, data);
  support::reversed reversed;
  support::shuffled shuffled;
  kindred::thread_pool pool(3);
  for (auto const& other :
       {kindred::fit(how, data, reversed), kindred::fit(how, data, shuffled), kindred::fit(how, data, pool)}) {
    CHECK(other.model == expected.model);
    CHECK(other.report.objective == expected.report.objective);
  }
  CHECK(kindred::fit(svdpp<>{.factors = 9, .epochs = 3, .seed = 1}, data).model != expected.model);
}

TEST_CASE("svdpp: epochs and observer") {
  auto const data = support::random_ratings<float>(40, 40, 0.3, 33);
  std::vector<double> heard;
  kindred::sequential ex;
  auto third = [&](kindred::progress const& p) {
    heard.push_back(p.objective);
    return p.epoch == 3 ? kindred::flow::stop : kindred::flow::proceed;
  };
  auto const stopped = kindred::fit(svdpp<>{.factors = 4}, data, ex, third);
  REQUIRE(heard.size() == 3);
  CHECK(heard[2] < heard[0]);
  CHECK(!stopped.report.converged);
  CHECK(stopped.model == kindred::fit(svdpp<>{.factors = 4, .epochs = 3}, data).model);
}

TEST_CASE_TEMPLATE("svdpp: a fit that diverges is an error that names the epoch", T, float, double) {
  auto const data = support::random_ratings<T>(40, 40, 0.3, 34);
  svdpp<squared_loss, unregularized, constant_rate> how{.factors = 8, .epochs = 500, .rate = {0.5}};
  auto const e = support::error_of([&] { static_cast<void>(kindred::fit(how, data)); });
  CHECK(e.kind() == kindred::error_kind::numeric);
  CHECK(e.row() >= 1);
  CHECK(support::says(e, "diverged in epoch"));
  how = {.factors = 2, .epochs = 1, .rate = {static_cast<double>((std::numeric_limits<T>::max)())}};
  auto const late =
      support::error_of([&] { static_cast<void>(kindred::fit(how, support::ratings_of<T>({{0, 0, 4}, {1, 1, 2}}))); });
  CHECK(late.kind() == kindred::error_kind::numeric);
}

namespace {

// A squared loss that takes no rating of 13.
struct superstitious {
  template <kindred::real T>
  [[nodiscard]] T value(T prediction, T rating) const noexcept {
    return rating == 13 ? std::numeric_limits<T>::infinity() : squared_loss{}.value(prediction, rating);
  }
  template <kindred::real T>
  [[nodiscard]] T slope(T prediction, T rating) const noexcept {
    return squared_loss{}.slope(prediction, rating);
  }
};

}  // namespace

TEST_CASE("svdpp, asymmetric_svd: a fit that diverges names the rating at which it does") {
  auto list = support::random_list(100, 40, 0.3, 35);
  for (std::size_t const k : {std::size_t{7}, list.size() / 2, list.size() - 1}) {
    auto bad = list;
    bad[k].value = 13;
    auto const data = support::ratings_of<float>(bad);
    std::string const where =
        "epoch 1, at the rating of user " + std::to_string(bad[k].user) + " and item " + std::to_string(bad[k].item);
    auto const check = [&](auto const& how) {
      auto const e = support::error_of([&] { static_cast<void>(kindred::fit(how, data)); });
      CHECK(e.kind() == kindred::error_kind::numeric);
      CHECK(support::says(e, where.c_str()));
    };
    check(svdpp<superstitious>{.factors = 4});
    check(asymmetric_svd<superstitious>{.factors = 4});
  }
}

TEST_CASE("svdpp, asymmetric_svd: settings outside their range, empty data, one rating") {
  auto const one = support::ratings_of<float>({{1, 2, 4}});
  auto const refused = [&](auto const& how, char const* words) {
    auto const e = support::error_of([&] { static_cast<void>(kindred::fit(how, one)); });
    CHECK(e.kind() == kindred::error_kind::setting);
    CHECK(support::says(e, words));
  };
  refused(svdpp<>{.factors = 65537}, "svdpp: factors = 65537");
  refused(svdpp<>{.vector = {-1}}, "l2: strength = -1");
  refused(asymmetric_svd<>{.factors = 65537}, "asymmetric_svd: factors = 65537");
  refused(asymmetric_svd<>{.rate = {.rate = -1}}, "inverse_rate: rate = -1");
  CHECK(kindred::score_of(kindred::fit(svdpp<>{}, kindred::ratings<float>{}).model, user_id{0}, item_id{0}) == 0);
  CHECK(kindred::fit(asymmetric_svd<>{}, kindred::ratings<float>{}).report.objective == 0);
  auto const model = kindred::fit(svdpp<>{.factors = 4}, one).model;
  CHECK(kindred::score_of(model, user_id{1}, item_id{2}) == doctest::Approx(4).epsilon(0.02));
  CHECK(kindred::score_of(model, user_id{0}, item_id{0}) == 4);
  CHECK(!model.knows(user_id{0}));
}
