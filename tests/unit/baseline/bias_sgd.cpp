// SPDX-License-Identifier: BSL-1.0
#include <kindred/baseline/bias_sgd.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"

#include <kindred/baseline/bias_als.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using kindred::bias_sgd;
using kindred::constant_rate;
using kindred::item_id;
using kindred::squared_loss;
using kindred::unregularized;
using kindred::user_id;
using support::seen;

static_assert(kindred::recipe<bias_sgd<>, kindred::ratings<float>>);

namespace {

template <class M>
double rmse(M const& model, std::vector<seen> const& list) {
  double sum = 0;
  for (seen const& s : list) {
    double const wrong = s.value - static_cast<double>(kindred::score_of(model, user_id{s.user}, item_id{s.item}));
    sum += wrong * wrong;
  }
  return std::sqrt(sum / static_cast<double>(list.size()));
}

// The absolute error: learns medians where the squared one learns means.
struct absolute_loss {
  template <kindred::real T>
  T value(T p, T t) const noexcept {
    return p < t ? t - p : p - t;
  }
  template <kindred::real T>
  T slope(T p, T t) const noexcept {
    return p < t ? T{-1} : p > t ? T{1} : T{0};
  }
};

}  // namespace

TEST_CASE_TEMPLATE("bias_sgd: one step by hand", T, float, double) {
  // Two ratings that share nothing; the mean is 3. Of (u0, i0, 4) the slope is 3 - 4 = -1, so that both biases become
  // (0 + 0.5) / (1 + 0.5 x 0.5) = 0.4; of (u1, i1, 2) it is +1. The loss met is 1/2 for each.
  auto const data = support::ratings_of<T>({{0, 0, 4}, {1, 1, 2}});
  bias_sgd<squared_loss, kindred::l2, constant_rate> const how{.epochs = 1, .shrinkage = {0.5}, .rate = {0.5}};
  auto const done = kindred::fit(how, data);
  CHECK(done.model.bias(user_id{0}) == doctest::Approx(0.4));
  CHECK(done.model.bias(item_id{0}) == doctest::Approx(0.4));
  CHECK(done.model.bias(user_id{1}) == doctest::Approx(-0.4));
  CHECK(done.model.bias(item_id{1}) == doctest::Approx(-0.4));
  CHECK(done.report.objective == doctest::Approx(0.5));
  CHECK(done.report.epochs == 1);
}

TEST_CASE_TEMPLATE("bias_sgd: a weight multiplies the loss and its slope", T, float, double) {
  // The mean is (3 x 4 + 1 x 2) / 4 = 3.5. Of (u0, i0, 4) with weight 3 the slope is 3 x -0.5, both biases 0.1 x 1.5; of
  // (u1, i1, 2) it is 1.5. The loss met is (3 x 0.125 + 1.125) / 4.
  auto const data = support::weighted_ratings_of<T>({{0, 0, 4, 3}, {1, 1, 2, 1}});
  auto const done =
      kindred::fit(bias_sgd<squared_loss, unregularized, constant_rate>{.epochs = 1, .rate = {0.1}}, data);
  CHECK(done.model.mean() == T{3.5});
  CHECK(done.model.bias(user_id{0}) == doctest::Approx(0.15));
  CHECK(done.model.bias(item_id{1}) == doctest::Approx(-0.15));
  CHECK(done.report.objective == doctest::Approx(0.375));
}

TEST_CASE_TEMPLATE("bias_sgd: comes close to bias_als on squared loss", T, float, double) {
  auto const list = support::random_list(60, 40, 0.4, 3);
  auto const data = support::ratings_of<T>(list);
  auto const exact =
      kindred::fit(kindred::bias_als{.user_damping = 0, .item_damping = 0, .sweeps = 500, .tolerance = 0}, data).model;
  bias_sgd<squared_loss, unregularized> const how{.epochs = 300, .rate = {.rate = 0.05, .decay = 0.2}};
  auto const near_by = kindred::fit(how, data).model;
  CHECK(rmse(near_by, list) >= rmse(exact, list) * (1 - 1e-5));
  CHECK(rmse(near_by, list) <= rmse(exact, list) * 1.01);
  for (seen const& s : list)
    CHECK(
        kindred::score_of(near_by, user_id{s.user}, item_id{s.item}) ==
        doctest::Approx(static_cast<double>(kindred::score_of(exact, user_id{s.user}, item_id{s.item}))).epsilon(0.03));
}

TEST_CASE("bias_sgd: another loss learns another thing") {
  // Nine users find the item worth 3, one 13; a bystander, rated 3 by all, keeps the users where they are. The mean is
  // pulled towards 13, the median is not.
  std::vector<seen> list;
  for (kindred::index_t u = 0; u != 10; ++u) list.push_back({u, 0, u == 0 ? 13.0 : 3.0});
  for (kindred::index_t u = 0; u != 10; ++u)
    for (kindred::index_t i = 1; i != 5; ++i) list.push_back({u, i, 3});
  auto const data = support::ratings_of<double>(list);
  auto const squared = kindred::fit(bias_sgd<squared_loss, unregularized>{.epochs = 500}, data).model;
  auto const absolute = kindred::fit(bias_sgd<absolute_loss, unregularized>{.epochs = 500}, data).model;
  CHECK(kindred::score_of(squared, user_id{5}, item_id{0}) > 3.5);
  CHECK(kindred::score_of(absolute, user_id{5}, item_id{0}) == doctest::Approx(3).epsilon(0.05));
}

TEST_CASE("bias_sgd: epochs, observer, seed") {
  auto const data = support::random_ratings<float>(40, 40, 0.3, 4);
  auto const none = kindred::fit(bias_sgd<>{.epochs = 0}, data);
  CHECK(none.report.epochs == 0);
  CHECK(none.model == kindred::bias_model<float>(data));
  kindred::sequential ex;
  auto third = [](kindred::progress const& p) { return p.epoch == 3 ? kindred::flow::stop : kindred::flow::proceed; };
  auto const stopped = kindred::fit(bias_sgd<>{}, data, ex, third);
  CHECK(stopped.report.epochs == 3);
  CHECK(!stopped.report.converged);
  CHECK(stopped.model == kindred::fit(bias_sgd<>{.epochs = 3}, data).model);
  CHECK(kindred::fit(bias_sgd<>{}, data).report.converged);
  CHECK(kindred::fit(bias_sgd<>{.seed = 1}, data).model != kindred::fit(bias_sgd<>{.seed = 2}, data).model);
}

TEST_CASE_TEMPLATE("bias_sgd: empty data, a single rating, unknown users and items", T, float, double) {
  CHECK(kindred::score_of(kindred::fit(bias_sgd<>{}, kindred::ratings<T>{}).model, user_id{0}, item_id{0}) == 0);
  auto const one = kindred::fit(bias_sgd<>{}, support::ratings_of<T>({{0, 0, 4}}, {2, 2})).model;
  CHECK(kindred::score_of(one, user_id{0}, item_id{0}) == 4);
  CHECK(kindred::score_of(one, user_id{9}, item_id{9}) == 4);
  CHECK(!one.knows(user_id{1}));
  CHECK(!one.knows(item_id{1}));
}

TEST_CASE("bias_sgd: the same bits in whatever order tasks run") {
  auto const data = support::random_ratings<float>(300, 220, 0.2, 9);
  auto const expected = kindred::fit(bias_sgd<>{.epochs = 5}, data).model;
  support::reversed reversed;
  support::shuffled shuffled;
  CHECK(kindred::fit(bias_sgd<>{.epochs = 5}, data, reversed).model == expected);
  CHECK(kindred::fit(bias_sgd<>{.epochs = 5}, data, shuffled).model == expected);
}

TEST_CASE("bias_sgd: a fit that diverges is an error that names the epoch, in its last step too") {
  auto const data = support::random_ratings<float>(40, 40, 0.3, 4);
  bias_sgd<squared_loss, unregularized, constant_rate> how{.rate = {100}};
  auto const e = support::error_of([&] { static_cast<void>(kindred::fit(how, data)); });
  CHECK(e.kind() == kindred::error_kind::numeric);
  CHECK(e.row() >= 1);
  CHECK(e.row() < 30);
  CHECK(support::says(e, "diverged in epoch"));
  // Every loss of the only epoch is met before the step that ruins the model.
  how = {.epochs = 1, .rate = {3e38}};
  auto const late = support::error_of(
      [&] { static_cast<void>(kindred::fit(how, support::ratings_of<float>({{0, 0, 4}, {1, 1, 2}}))); });
  CHECK(late.kind() == kindred::error_kind::numeric);
  CHECK(late.row() == 1);
}

TEST_CASE("bias_sgd: settings of its policies are checked") {
  auto const data = support::ratings_of<float>({{0, 0, 4}});
  auto const kind = [&](auto const& how) {
    return support::error_of([&] { static_cast<void>(kindred::fit(how, data)); }).kind();
  };
  CHECK(kind(bias_sgd<>{.shrinkage = {-1}}) == kindred::error_kind::setting);
  CHECK(kind(bias_sgd<>{.rate = {.rate = -1}}) == kindred::error_kind::setting);
  CHECK(kind(bias_sgd<>{.rate = {.decay = std::nan("")}}) == kindred::error_kind::setting);
}
