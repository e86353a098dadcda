// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/live_als.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/score/updatable.hpp>

#include "../../support/error_of.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

using kindred::implicit_als;
using kindred::index_t;
using kindred::item_id;
using kindred::live_als;
using kindred::user_id;

namespace {

using how = implicit_als<kindred::cholesky, kindred::linear_confidence>;
template <class T>
using live = kindred::live_factor_model<T, how>;

static_assert(kindred::updatable<live<float>> && kindred::explainer<live<float>> &&
              kindred::range_scorer<live<double>>);
static_assert(!kindred::predictor<live<float>>);

how const recipe{.factors = 5, .sweeps = 3, .confidence = {2}};

template <class T>
live<T> trained(std::vector<support::seen> const& list) {
  return kindred::fit(live_als<how>{recipe}, support::ratings_of<T>(list, {.users = 25, .items = 30})).model;
}

template <class T>
std::vector<T> all_scores(live<T> const& model, user_id u) {
  return support::scores(model, u, support::first_items(35));
}

}  // namespace

TEST_CASE_TEMPLATE("live_als: a user is the solution of their equations", T, float, double) {
  auto const list = support::random_list(20, 30, 0.3, 8);
  auto const model = trained<T>(list);
  auto const data = support::ratings_of<T>(list);
  double worst = 0;
  for (index_t u = 0; u != 20; ++u) {
    auto const row = data.of(user_id{u});
    if (row.empty()) continue;
    // Half the slope of the objective in the vector p of the user, all items written out.
    std::array<double, 5> slope{};
    for (index_t i = 0; i != 30; ++i) {
      double score = 0;
      for (std::size_t c = 0; c != 5; ++c)
        score += static_cast<double>(model.users().row(u)[c]) * static_cast<double>(model.items().row(i)[c]);
      std::size_t const k = kindred::position_of(row.index, i);
      double const counts = k == row.size() ? 0.1 : 0.1 + 2 * static_cast<double>(row.value[k]);
      double const pull = counts * (score - (k == row.size() ? 0 : 1));
      for (std::size_t c = 0; c != 5; ++c) slope[c] += pull * static_cast<double>(model.items().row(i)[c]);
    }
    for (std::size_t c = 0; c != 5; ++c) {
      slope[c] += recipe.ridge(row.size(), 30) * static_cast<double>(model.users().row(u)[c]);
      worst = std::fmax(worst, std::abs(slope[c]));
    }
  }
  CHECK(worst < 1e4 * static_cast<double>(std::numeric_limits<T>::epsilon()));
}

TEST_CASE_TEMPLATE("live_als: updates do not depend on their order, and a visitor scores as a user", T, float, double) {
  auto const model = trained<T>(support::random_list(20, 30, 0.3, 8));
  auto a = model;
  auto b = model;
  user_id const stranger{31};
  CHECK(!model.knows(stranger));
  a.update(stranger, item_id{3}, 2);
  a.update(stranger, item_id{7}, 1);
  a.update(user_id{0}, item_id{7}, 4);
  b.update(user_id{0}, item_id{7}, 4);
  b.update(stranger, item_id{7}, 5);
  b.update(stranger, item_id{3}, 2);
  CHECK(all_scores(a, stranger) != all_scores(b, stranger));
  b.update(stranger, item_id{7}, 1);  // changed once more
  for (user_id const u : {stranger, user_id{0}, user_id{1}}) CHECK(all_scores(a, u) == all_scores(b, u));
  CHECK(all_scores(a, user_id{1}) == all_scores(model, user_id{1}));
  CHECK(a.knows(stranger));
  CHECK(!a.knows(user_id{30}));

  std::vector<index_t> const index{3, 7};
  std::vector<T> const value{2, 1};
  auto const taste = model.taste_of({index, value});
  std::vector<T> scores(35);
  model.score_with(taste, support::first_items(35), scores);
  CHECK(scores == all_scores(a, stranger));
}

TEST_CASE_TEMPLATE("live_als: after an update as after a fit with the items held", T, float, double) {
  auto const list = support::random_list(20, 30, 0.3, 8);
  auto const data = support::ratings_of<T>(list, {.users = 20, .items = 30});
  auto const items = kindred::fit(recipe, data).model;
  kindred::sequential ex;
  live<T> model(recipe, data, items, ex);
  auto more = list;
  for (auto const& [u, i] : {std::pair{3u, 7u}, {3u, 8u}, {11u, 2u}}) {
    if (data.contains(user_id{u}, item_id{i})) continue;
    more.push_back({u, i, 3});
    model.update(user_id{u}, item_id{i}, 3);
  }
  REQUIRE(more.size() > list.size());
  live<T> const anew(recipe, support::ratings_of<T>(more, {.users = 20, .items = 30}), items, ex);
  for (index_t u = 0; u != 20; ++u) CHECK(all_scores(model, user_id{u}) == all_scores(anew, user_id{u}));
}

TEST_CASE_TEMPLATE("live_als: a new item is the solution of its equations, of those who have it as they are", T, float,
                   double) {
  auto model = trained<T>(support::random_list(20, 30, 0.3, 8));
  auto const before = model;  // what is unobserved is that of the training
  item_id const fresh{33};
  for (index_t const u : {2u, 5u, 9u}) {
    auto const now = model;
    model.update(user_id{u}, fresh, 2);
    auto const q = model.items().row(33);
    auto const product = [&](kindred::dense_row<T> p) {
      double sum = 0;
      for (std::size_t c = 0; c != 5; ++c) sum += static_cast<double>(p[c]) * static_cast<double>(q[c]);
      return sum;
    };
    std::array<double, 5> slope{};
    std::size_t have = 0;
    for (index_t v = 0; v != 20; ++v) {
      auto const was = before.users().row(v), is = now.users().row(v);
      bool const has = v == 2 || (v == 5 && u >= 5) || v == u;
      have += has ? 1u : 0u;
      for (std::size_t c = 0; c != 5; ++c) {
        slope[c] += 0.1 * product(was) * static_cast<double>(was[c]);
        if (has) slope[c] += (2 * 2 * product(is) - (0.1 + 2 * 2)) * static_cast<double>(is[c]);
      }
    }
    double worst = 0;
    for (std::size_t c = 0; c != 5; ++c)
      worst = std::fmax(worst, std::abs(slope[c] + recipe.ridge(have, 20) * static_cast<double>(q[c])));
    CHECK(worst < 1e4 * static_cast<double>(std::numeric_limits<T>::epsilon()));
  }
}

TEST_CASE_TEMPLATE("live_als: a new item comes close to what its buyers buy", T, float, double) {
  std::vector<support::seen> list;
  for (index_t u = 0; u != 20; ++u)
    for (index_t i = 0; i != 20; ++i)
      if (u % 2 == i % 2 && (u + i) % 5 != 0) list.push_back({u, i, 1});
  auto model = trained<T>(list);
  item_id const fresh{33};
  CHECK(!model.knows(fresh));
  for (index_t u = 0; u < 8; u += 2) model.update(user_id{u}, fresh, 1);
  CHECK(model.knows(fresh));
  CHECK(kindred::score_of(model, user_id{10}, fresh) >
        kindred::score_of(model, user_id{11}, fresh) + static_cast<T>(0.1));
  // Nobody knows anybody: no reason, no score.
  model.update(user_id{50}, item_id{60}, 1);
  CHECK(model.knows(user_id{50}));
  CHECK(kindred::score_of(model, user_id{50}, item_id{60}) == 0);
}

TEST_CASE_TEMPLATE("live_als: reasons add up, the likest items first", T, float, double) {
  std::vector<support::seen> list;
  for (index_t u = 0; u != 20; ++u)
    for (index_t i = 0; i != 20; ++i)
      if (u % 2 == i % 2 && (u + i) % 5 != 0) list.push_back({u, i, 1});
  list.push_back({0, 1, 1});
  auto const model = trained<T>(list);
  std::vector<kindred::evidence<T>> reasons(40);
  auto const whole = model.explain(user_id{0}, item_id{10}, reasons);
  REQUIRE(whole.count == support::ratings_of<T>(list).of(user_id{0}).size());
  double sum = static_cast<double>(whole.base);
  for (std::size_t k = 0; k != whole.count; ++k) sum += static_cast<double>(reasons[k].share);
  CHECK(sum == doctest::Approx(static_cast<double>(kindred::score_of(model, user_id{0}, item_id{10}))));
  CHECK(std::abs(static_cast<double>(whole.base)) < 1e-4);
  double alike = 0;
  for (std::size_t k = 0; k != whole.count; ++k)
    alike += reasons[k].id % 2 == 0 ? static_cast<double>(reasons[k].share) : 0;
  CHECK(alike > 0.9 * sum);
}

TEST_CASE("live_als: what it refuses, and then nothing has changed") {
  auto const list = support::random_list(20, 30, 0.3, 8);
  auto model = trained<double>(list);
  auto const before = all_scores(model, user_id{2});
  double const nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(support::error_of([&] { model.update(user_id{2}, item_id{3}, nan); }).kind() == kindred::error_kind::data);
  CHECK(support::error_of([&] { model.update(user_id{kindred::index_limit}, item_id{3}, 1); }).kind() ==
        kindred::error_kind::data);
  CHECK(support::error_of([&] { model.update(user_id{2}, item_id{3}, 5e307); }).kind() == kindred::error_kind::numeric);
  CHECK(all_scores(model, user_id{2}) == before);
  // Nor what a new item is made of: it goes on as one that nobody has tried to spoil.
  model.update(user_id{1}, item_id{40}, 1);
  auto untouched = model;
  for (index_t const u : {1u, 2u}) {
    CHECK(support::error_of([&] { model.update(user_id{u}, item_id{40}, 5e307); }).kind() ==
          kindred::error_kind::numeric);
    CHECK(kindred::score_of(model, user_id{5}, item_id{40}) == kindred::score_of(untouched, user_id{5}, item_id{40}));
  }
  for (auto* const one : {&model, &untouched}) {
    one->update(user_id{3}, item_id{40}, 1);
    one->update(user_id{1}, item_id{2}, 1);
  }
  for (index_t u = 0; u != 6; ++u)
    CHECK(support::scores(model, user_id{u}, support::first_items(45)) ==
          support::scores(untouched, user_id{u}, support::first_items(45)));
  model.update(user_id{2}, item_id{3}, 1);
  CHECK(all_scores(model, user_id{2}) != before);
  CHECK(support::says(
      support::error_of([&] { (void)kindred::fit(live_als<>{{.factors = 2000}}, support::ratings_of<float>(list)); }),
      "factors = 2000"));
  CHECK(support::says(
      support::error_of([&] { (void)kindred::fit(live_als<>{}, support::weighted_ratings_of<float>({{0, 0, 1, 2}})); }),
      "without weights"));
}
