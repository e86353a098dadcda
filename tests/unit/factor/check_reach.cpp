// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/check_reach.hpp>

#include "../../support/error_of.hpp"
#include "../../support/ratings.hpp"
#include "../../support/timed_ratings.hpp"

#include <kindred/data/example_table.hpp>
#include <kindred/factor/asymmetric_svd.hpp>
#include <kindred/factor/bpr.hpp>
#include <kindred/factor/ccd.hpp>
#include <kindred/factor/co_clustering.hpp>
#include <kindred/factor/feature_factorization.hpp>
#include <kindred/factor/field_aware_machine.hpp>
#include <kindred/factor/hogwild_sgd.hpp>
#include <kindred/factor/logistic_mf.hpp>
#include <kindred/factor/nmf.hpp>
#include <kindred/factor/social_sgd.hpp>
#include <kindred/factor/softmax_mf.hpp>
#include <kindred/factor/time_aware.hpp>
#include <kindred/factor/warp.hpp>
#include <kindred/factor/with_friends.hpp>
#include <kindred/interop/thread_pool.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

using kindred::index_t;
using kindred::item_id;
using kindred::user_id;

namespace {

// The error of a fit: the same words however many threads there are.
template <class Recipe, class Data>
kindred::error error_of_fit(Recipe const& how, Data const& data) {
  auto const e = support::error_of([&] { static_cast<void>(kindred::fit(how, data)); });
  for (std::size_t const threads : {2u, 3u, 7u}) {
    kindred::thread_pool pool(threads);
    CHECK(std::string(e.what()) == support::error_of([&] { static_cast<void>(kindred::fit(how, data, pool)); }).what());
  }
  CHECK(e.kind() == kindred::error_kind::numeric);
  CHECK(e.row() >= 1);
  return e;
}
template <class Recipe, class Data>
void names(Recipe const& how, Data const& data, char const* words) {
  auto const e = error_of_fit(how, data);
  std::string const said = e.what();
  CAPTURE(said);
  CHECK(support::says(e, words));
}

}  // namespace

TEST_CASE_TEMPLATE("check_reach: the user and the item with the largest numbers", T, float, double) {
  kindred::factor_model<T> model(4, 5, 2);
  auto const named = [&](char const* words) {
    CHECK(support::says(support::error_of([&] { kindred::detail::check_reach(model, 3); }), words));
  };
  model.of(user_id{2}).vector[1] = 1;
  model.of(user_id{1}).bias = -T{2};
  kindred::detail::check_reach(model, 3);
  constexpr T most = (std::numeric_limits<T>::max)();
  model.of(item_id{3}).vector[0] = most;  // no number is wrong, but two factors of 1 x most are
  named("in epoch 3, which left the largest numbers with user 1 and item 3;");
  model.of(user_id{3}).vector[0] = std::numeric_limits<T>::quiet_NaN();
  model.of(item_id{1}).bias = std::numeric_limits<T>::infinity();
  named("with user 3 and item 1;");
}

TEST_CASE("a rate that is far too large is told by the rating at which it was first seen") {
  auto const data = support::random_ratings<float>(40, 30, 0.3, 35);
  char const* const at = ", at the rating of user ";
  using kindred::constant_rate, kindred::unregularized, kindred::squared_loss;
  kindred::svdpp<squared_loss, unregularized, constant_rate> const plus{.factors = 4, .rate = {1e6}};
  names(plus, data, at);
  names(kindred::asymmetric_svd<>{.factors = 4, .rate = {1e6}}, data, at);
  names(kindred::with_friends<>{.base = {.rate = {1e6}}, .friends = {{user_id{0}, user_id{1}}}}, data, at);
  names(kindred::social_sgd<>{.how = {.rate = {1e6}}, .friends = {{user_id{0}, user_id{1}}}}, data, at);
  names(kindred::feature_factorization<float>{.machine = {.factors = 4, .rate = {1e6}}}, data, at);
  auto const timed = support::timed_ratings_of<float>({{0, 0, 1, 0}, {0, 1, 5, 90000}, {1, 0, 2, 5}, {1, 1, 3, 7}});
  names(kindred::time_aware<>{.base = {.rate = {1e6}}, .bins = 2, .vectors = kindred::taste::turning}, timed, at);
  auto const e = support::error_of(
      [&] { static_cast<void>(kindred::fit(kindred::hogwild_sgd<>{.how = {.epochs = 5, .rate = {1e6}}}, data)); });
  CHECK(support::says(e, at));
  // Where nothing moves it is the rating whose loss is beyond a float.
  auto list = support::random_list(40, 30, 0.3, 35);
  list.push_back({40, 30, 3e19});
  auto const still = [](auto how) {
    how.rate = {0};
    return how;
  };
  names(still(plus), support::ratings_of<float>(list), "in epoch 1, at the rating of user 40 and item 30;");
  names(kindred::feature_factorization<float>{.machine = still(kindred::factorization_machine<>{})},
        support::ratings_of<float>(list), "in epoch 1, at the rating of user 40 and item 30;");
}

TEST_CASE("what a last step leaves too large beside a model that is not") {
  // The mean is 3. The only step of user 1 takes their mood, and the fashion of item 1, to -2e38: each a float, their sum is none.
  // Biases are held back, to 2 or less.
  auto const timed = support::timed_ratings_of<float>({{0, 0, 3, 0}, {1, 1, 1, 0}, {2, 2, 5, 0}});
  names(
      kindred::time_aware<>{
          .base = {.factors = 0, .epochs = 1, .bias = {1}, .rate = {1e38}}, .mood = {0}, .bins = 1, .fashion = {0}},
      timed, "in epoch 1, which left the largest numbers with user 1 and item 1;");
}

TEST_CASE("a choice at which a ranking runs away") {
  auto const data = support::random_ratings<float>(300, 200, 0.3, 37);  // of several groups of users and of items
  names(kindred::bpr{.factors = 4, .rate = {1e30}}, data, "in epoch 1, at the choice of user ");
  names(kindred::warp{.factors = 4, .rate = {1e30}}, data, "at the choice of user ");
  names(kindred::softmax_mf{.factors = 4, .rate = {1e30}}, data, "at the choice of user ");
  auto const one = support::ratings_of<float>({{0, 0, 1}, {1, 1, 1}});
  names(kindred::logistic_mf{.factors = 2, .epochs = 1, .vector = {0}, .rate = {3e38}}, one,
        "in epoch 1, which left the largest numbers with user ");
}

TEST_CASE("a machine that runs away names the example, or the column that it left too large") {
  kindred::example_table<float> table(4);
  for (index_t r = 0; r != 50; ++r)
    table.add(1, {std::vector<index_t>{r % 2, 2 + r % 3 / 2}, std::vector<float>{r == 33 ? 1e30f : 1, 1}});
  kindred::column_fields fields;
  fields.add(2);
  fields.add(2);
  kindred::factorization_machine<kindred::squared_loss, kindred::l2, kindred::adagrad> const plain{.epochs = 2};
  names(plain, table.view(), "in epoch 1, at the example in row 33;");
  names(kindred::field_aware_machine<>{.fields = fields}, table.view(), "in epoch 1, at the example in row 33;");
  // Labels of 1 and 3 begin at their mean: the only step of either weight is the rate, 1 / 3 of the largest number or more.
  kindred::example_table<float> two(3);
  two.add(1, {std::vector<index_t>{1}, std::vector<float>{1}});
  two.add(3, {std::vector<index_t>{2}, std::vector<float>{1}});
  names(kindred::factorization_machine<>{.epochs = 1, .weight = {0}, .vector = {0}, .rate = {.rate = 2e38}}, two.view(),
        "in epoch 1, which left the largest numbers with column 1;");
}

TEST_CASE("a sweep that overflows names the user or the item") {
  auto list = support::random_list(12, 10, 0.5, 36);
  for (auto& one : list) one.value *= 1e30;
  auto const large = support::ratings_of<float>(list);
  names(kindred::ccd<>{.factors = 4}, large, "ccd: values of this size overflow in sweep 1, first at user 0;");
  names(kindred::nmf{.factors = 4}, large, "nmf: values of this size overflow in sweep 1, first at item 0;");
  names(kindred::nmf{.factors = 4, .update = kindred::nmf_update::multiplicative}, large, "sweep 1, first at item 0;");
  for (auto& one : list) one.value *= 1e270;
  auto const huge = support::ratings_of<double>(list);
  names(kindred::bias_als{}, huge, "bias_als: values of this size overflow in sweep 1, in which user 8 and item 1");
  names(kindred::co_clustering{}, huge, "in which user 9 and item 9 have the largest numbers;");
}
