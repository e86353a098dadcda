// SPDX-License-Identifier: BSL-1.0
//
// Data that nobody wishes for. A fit either gives a model all of whose scores are finite, or a clear error; never NaN. It
// starts no thread: nothing for the thread sanitizer.
#if !defined(__SANITIZE_THREAD__)
#include "../support/bits.hpp"
#include "../support/error_of.hpp"
#include "../support/ratings.hpp"
#include "../support/recipes.hpp"
#include "../support/sanitized.hpp"
#include "../support/scores.hpp"

#include <kindred/compose/candidates.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/factor/hogwild_sgd.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <concepts>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace {

using kindred::index_t;
using kindred::user_id;
using support::seen;

using named_list = std::pair<char const*, std::vector<seen>>;

std::vector<seen> with_values(std::vector<seen> list, std::vector<double> const& values) {
  for (std::size_t k = 0; k != list.size(); ++k) list[k].value = values[k % values.size()];
  return list;
}

std::vector<seen> one_user() {
  std::vector<seen> list;
  for (index_t i = 0; i != 40; ++i) list.push_back({0, i, 1.0 + i % 5});
  return list;
}

std::vector<seen> one_item() {
  std::vector<seen> list;
  for (index_t u = 0; u != 40; ++u) list.push_back({u, 0, 1.0 + u % 5});
  return list;
}

std::vector<seen> one_who_rated_everything() {
  auto list = support::random_list(30, 50, 0.1, 81);
  for (index_t i = 0; i != 50; ++i) list.push_back({30, i, 1.0 + i % 5});
  return list;
}

// Nobody shares an item with anybody.
std::vector<seen> strangers() {
  std::vector<seen> list;
  for (index_t u = 0; u != 30; ++u) list.push_back({u, u, 1.0 + u % 5});
  return list;
}

template <class T>
std::vector<named_list> hostile_lists() {
  auto const some = support::random_list(12, 10, 0.5, 82);
  double const largest = static_cast<double>((std::numeric_limits<T>::max)());
  double const least = static_cast<double>(std::numeric_limits<T>::denorm_min());
  return {{"nothing", {}},
          {"one rating", {{0, 0, 4}}},
          {"one rating, far out", {{99, 299, 4}}},
          {"one user", one_user()},
          {"one item", one_item()},
          {"one who rated everything", one_who_rated_everything()},
          {"strangers", strangers()},
          {"all equal", with_values(some, {3})},
          {"all zero", with_values(some, {0, -0.0})},
          {"a sea of 1e30", with_values(some, {1e30})},
          {"1e30 among ones", with_values(some, {1, 1, 1, 1, 1e30})},
          {"1e30 and -1e30", with_values(some, {1e30, -1e30, 2e30})},
          {"near a million", with_values(some, {1e6, 1e6 + 1, 1e6 + 2})},
          {"the largest numbers", with_values(some, {largest, largest, largest / 2})},
          {"the largest and the lowest numbers", with_values(some, {largest, -largest, -largest, largest})},
          {"the least numbers", with_values(some, {least, -least, 3 * least})}};
}

// Ratings that count for next to nothing, or for all. (Weights of zero are refused by ratings.)
template <class T>
std::vector<std::pair<char const*, kindred::ratings<T>>> hostile_weights() {
  auto const weighted = [](std::vector<double> const& weights) {
    auto list = support::random_list(12, 10, 0.5, 83);
    for (std::size_t k = 0; k != list.size(); ++k) list[k].weight = weights[k % weights.size()];
    return support::weighted_ratings_of<T>(list);
  };
  return {{"tiny weights", weighted({static_cast<double>((std::numeric_limits<T>::min)())})},
          {"a weight of 1e30", weighted({1, 1, 1, 1, 1, 1e30})}};
}

// Solvers that are asked for no penalty at all, and those of no fixed order.
template <class Visit>
void each_bare_solver(Visit const& visit) {
  visit("sgd, no penalty", kindred::sgd<>{.factors = 10, .epochs = 8, .vector = {0}, .bias = {0}});
  visit("svdpp, no penalty", kindred::svdpp<>{.factors = 10, .epochs = 2, .vector = {0}, .bias = {0}});
  visit("asymmetric_svd, no penalty",
        kindred::asymmetric_svd<>{.factors = 10, .epochs = 2, .vector = {0}, .bias = {0}});
  visit("als, no penalty", kindred::als<>{.factors = 5, .sweeps = 3, .regularization = 0});
  visit("als, exact, no penalty", kindred::als<kindred::cholesky>{.factors = 17, .sweeps = 2, .regularization = 0});
  visit("implicit_als, no penalty", kindred::implicit_als<>{.factors = 5, .sweeps = 3, .regularization = 0});
  visit("ccd, no penalty", kindred::ccd<>{.factors = 10, .sweeps = 2, .vector = {0}, .bias = {0}});
  visit("nmf, no penalty", kindred::nmf{.factors = 10, .sweeps = 2, .strength = 0});
  visit("slim, no penalty", kindred::slim{.l1 = 0, .l2 = 0, .candidates = 10});
  visit("hogwild_sgd", kindred::hogwild_sgd<>{.how = {.factors = 10, .epochs = 2}});
}

// One item that everybody has rated, beside some that hardly anybody has.
std::vector<seen> one_for_everybody(index_t users) {
  std::vector<seen> list;
  for (index_t u = 0; u != users; ++u) {
    list.push_back({u, 0, 1.0 + u % 5});
    if (u % 1000 == 0) list.push_back({u, 1 + u / 1000 % 20, 4});
  }
  return list;
}

}  // namespace

TEST_CASE("every solver on an item with a hundred thousand ratings: finite scores") {
  auto const data = support::ratings_of<float>(one_for_everybody(support::sanitized ? 5000 : 100000));
  support::each_factor_recipe([&](std::string const& name, auto const& how) {
    for (char const* slow : {"als, exact", "implicit_als by subspaces", "feature_factorization"})
      if (name == slow) return;  // a hundred thousand users of their own, and nothing else for one row
    CAPTURE(name);
    CHECK(support::all_finite(support::all_scores(kindred::fit(how, data).model, 50, 22)));
  });
}

TEST_CASE_TEMPLATE("every fit of every hostile list: finite scores, or a clear error", T, float, double) {
  std::vector<std::pair<char const*, kindred::ratings<T>>> all = hostile_weights<T>();
  for (auto const& [what, list] : hostile_lists<T>()) all.emplace_back(what, support::ratings_of<T>(list));
  for (auto const& named : all) {
    kindred::ratings<T> const& data = named.second;
    double largest = 0, lowest = 0;
    for (index_t u = 0; u != data.user_count(); ++u)
      for (auto const numbers : {data.of(user_id{u}).value, data.weights(user_id{u})})
        for (T const x : numbers) {
          largest = (std::max)(largest, static_cast<double>(x < 0 ? -x : x));
          lowest = (std::min)(lowest, static_cast<double>(x));
        }
    index_t const users = (std::min)(data.user_count(), index_t{41}) + 1;
    index_t const items = (std::min)(data.item_count(), index_t{51}) + 1;
    auto const tried = [&, list_name = std::string(named.first)](std::string const& name, auto const& how) {
      CAPTURE(name);
      CAPTURE(list_name);
      bool finite = true;
      try {
        auto const model = kindred::fit(how, data).model;
        finite = support::all_finite(support::all_scores(model, users, items));
        std::array<kindred::scored_item<T>, 5> best;
        user_id const user{users / 2};
        auto const count = kindred::top_n(model, user, kindred::unseen(data, user), std::span(best));
        for (std::size_t k = 1; k < count; ++k) CHECK(kindred::ranks_before(best[k - 1], best[k]));
      } catch (kindred::error const& e) {
        CHECK(e.what()[0] != '\0');
        if (e.kind() == kindred::error_kind::data && (lowest < 0 || data.weighted())) return;  // some take none
        CHECK(e.kind() == kindred::error_kind::numeric);
        // A training that runs away, or overflows, names the step.
        if (support::says(e, "diverged in") || support::says(e, "overflow in sweep"))
          CHECK((support::says(e, " user ") || support::says(e, " item ") || support::says(e, " row ")));
        if (name.ends_with("no penalty")) return;  // a system without one may have no solution
        CHECK(largest > 100);                      // ordinary numbers are no cause for an error
      }
      CHECK(finite);
    };
    support::each_recipe(tried);
    if constexpr (std::same_as<T, float>) support::each_more_factor_recipe(tried);
    each_bare_solver(tried);
  }
}

TEST_CASE_TEMPLATE("every hostile list, folded into a model of nothing one by one: finite scores, or a clear error", T,
                   float, double) {
  for (auto const& named : hostile_lists<T>()) {
    CAPTURE(std::string(named.first));
    std::vector<seen> const& list = named.second;
    auto const folded = [&](auto const& how, std::vector<seen> const& all) {
      auto model = kindred::fit(how, kindred::ratings<T>{}).model;
      for (seen const& s : all) try {
          model.update(user_id{s.user}, kindred::item_id{s.item}, static_cast<T>(s.value));
        } catch (kindred::error const& e) { CHECK(e.kind() == kindred::error_kind::numeric); }
      bool finite = support::all_finite(support::all_scores(model, 42, 52));
      std::array<kindred::evidence<T>, 4> why;
      for (index_t k = 0; k != 9; ++k) {
        auto const [base, count] = model.explain(user_id{k}, kindred::item_id{k % 4}, std::span(why));
        finite = finite && kindred::is_finite(base);
      }
      CHECK(finite);
    };
    folded(kindred::live_factors<>{{.factors = 5}}, list);
    folded(kindred::live_factors<>{.how = {.factors = 5}, .regularization = 0}, list);
    folded(kindred::live_als<>{{.factors = 5}}, list);
    folded(kindred::live_als<>{{.factors = 5, .regularization = 0}}, list);
  }
}
#endif
