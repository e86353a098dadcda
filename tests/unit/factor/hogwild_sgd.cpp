// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/hogwild_sgd.hpp>

#include "../../support/error_of.hpp"
#include "../../support/ratings.hpp"

#include <kindred/interop/thread_pool.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <span>
#include <type_traits>

using kindred::hogwild_sgd;
using kindred::index_t;
using kindred::sgd;

static_assert(kindred::recipe<hogwild_sgd<>, kindred::ratings<float>>);
static_assert(!hogwild_sgd<>::deterministic);
static_assert(
    !kindred::recipe<hogwild_sgd<sgd<kindred::squared_loss, kindred::l2, kindred::adagrad>>, kindred::ratings<float>>);

namespace {

struct all_one {
  template <kindred::real T>
  void operator()(std::span<T> row, std::uint64_t, index_t) const noexcept {
    for (T& x : row) x = 1;
  }
};

}  // namespace

TEST_CASE_TEMPLATE("hogwild_sgd: one step by hand", T, float, double) {
  // One user, one item, the rating 4, which is the mean: p = q = 1, the prediction is 5, the slope 1, the rate 0.1. Biases fall to
  // -0.1 and vectors to 0.9; then all are shrunk by 1 / (1 + 0.1 x 1).
  sgd<kindred::squared_loss, kindred::l2, kindred::constant_rate, all_one> const how{
      .factors = 1, .epochs = 1, .vector = {1}, .bias = {1}, .rate = {0.1}};
  auto const data = support::ratings_of<T>({{0, 0, 4}});
  auto const done = kindred::fit(hogwild_sgd<std::remove_cvref_t<decltype(how)>>{how}, data);
  CHECK(done.report.objective == doctest::Approx(0.5));
  CHECK(done.model.user_biases()[0] == doctest::Approx(-0.1 / 1.1));
  CHECK(done.model.users().row(0)[0] == doctest::Approx(0.9 / 1.1));
  CHECK(done.model == kindred::fit(how, data).model);  // a single rating has a single order
  // So it has with a weight, and at a rate that falls.
  auto const heavy = support::weighted_ratings_of<T>({{0, 0, 4, 2}});
  sgd<kindred::squared_loss, kindred::l2, kindred::inverse_rate, all_one> const slower{
      .factors = 1, .epochs = 3, .rate = {0.1, 1}};
  auto const in_order = kindred::fit(slower, heavy);
  auto const without = kindred::fit(hogwild_sgd<std::remove_cvref_t<decltype(slower)>>{slower}, heavy);
  CHECK(without.model == in_order.model);
  CHECK(without.report.objective == in_order.report.objective);
}

TEST_CASE("hogwild_sgd: on several threads it learns what sgd does") {
  auto const data = support::random_ratings<float>(300, 200, 0.3, 91);
  sgd<> const how{.factors = 8, .epochs = 12};
  double const in_order = kindred::fit(how, data).report.objective;
  CHECK(kindred::fit(hogwild_sgd<std::remove_cvref_t<decltype(how)>>{how}, data).report.objective ==
        doctest::Approx(in_order).epsilon(0.03));
  kindred::thread_pool pool(2);
  auto const done = kindred::fit(hogwild_sgd<std::remove_cvref_t<decltype(how)>>{how}, data, pool);
  CHECK(done.report.objective == doctest::Approx(in_order).epsilon(0.03));
  CHECK(done.report.converged);
  CHECK(done.report.epochs == 12);
}

TEST_CASE("hogwild_sgd: in turn, the same bits each time; what is refused") {
  auto const data = support::random_ratings<float>(60, 40, 0.3, 92);
  hogwild_sgd<> const how{.how = {.factors = 5, .epochs = 3}};
  CHECK(kindred::fit(how, data).model == kindred::fit(how, data).model);
  CHECK(kindred::fit(how, support::ratings_of<float>({})).report.converged);
  auto const diverged = support::error_of(
      [&] { static_cast<void>(kindred::fit(hogwild_sgd<>{.how = {.epochs = 5, .rate = {.rate = 100}}}, data)); });
  CHECK(diverged.kind() == kindred::error_kind::numeric);
  auto const refused =
      support::error_of([&] { static_cast<void>(kindred::fit(hogwild_sgd<>{.how = {.vector = {-1}}}, data)); });
  CHECK(refused.kind() == kindred::error_kind::setting);
}
