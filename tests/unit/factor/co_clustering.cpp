// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/co_clustering.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"

#include <doctest/doctest.h>

#include <vector>

using kindred::co_clustering;
using kindred::index_t;
using kindred::item_id;
using kindred::user_id;

static_assert(kindred::recipe<co_clustering, kindred::ratings<float>>);
static_assert(kindred::predictor<kindred::co_cluster_model<float>>);

namespace {

// Two kinds of people and two kinds of films, whose members differ by generosity and quality alone: user u of kind u % 2,
// item i of kind i % 2, and every fifth pair missing.
template <class T>
kindred::ratings<T> blocks(index_t users, index_t items) {
  double const liked[2][2] = {{5, 1}, {2, 4}};
  std::vector<support::seen> list;
  for (index_t u = 0; u != users; ++u)
    for (index_t i = 0; i != items; ++i)
      if ((u + i) % 5 != 0) list.push_back({u, i, liked[u % 2][i % 2]});
  return support::ratings_of<T>(list);
}

// The sum of squared errors, read off the model.
template <class T>
double squared_error(kindred::co_cluster_model<T> const& model, kindred::ratings<T> const& data) {
  double sum = 0;
  for (index_t u = 0; u != data.user_count(); ++u) {
    auto const row = data.of(user_id{u});
    for (std::size_t k = 0; k != row.size(); ++k) {
      double const off =
          static_cast<double>(kindred::score_of(model, user_id{u}, item_id{row.index[k]}) - row.value[k]);
      sum += off * off;
    }
  }
  return sum;
}

// The mean of the ratings of users for whom `who` is true and items for which `what` is.
template <class Who, class What>
double mean_where(support::dense_table const& table, Who const& who, What const& what) {
  double sum = 0, count = 0;
  for (index_t u = 0; u != table.size(); ++u)
    for (index_t i = 0; i != table[u].size(); ++i)
      if (table[u][i] && who(u) && what(i)) {
        sum += *table[u][i];
        ++count;
      }
  return count > 0 ? sum / count : 0;
}

}  // namespace

TEST_CASE_TEMPLATE("co_clustering: one group of each is the sum of two means", T, float, double) {
  // Means: of all 3; of users 2 and 4; of items 1.5, 4, 4 (user 1 has not rated item 0).
  auto const data = support::ratings_of<T>({{0, 0, 1.5}, {0, 1, 3}, {0, 2, 1.5}, {1, 1, 5}, {1, 2, 4}});
  auto const model = kindred::fit(co_clustering{.user_groups = 1, .item_groups = 1, .damping = 0}, data).model;
  CHECK(kindred::score_of(model, user_id{0}, item_id{1}) == doctest::Approx(3 + (2 - 3) + (4 - 3)));
  CHECK(kindred::score_of(model, user_id{1}, item_id{0}) == doctest::Approx(3 + (4.5 - 3) + (1.5 - 3)));
  CHECK(model.block_mean(0, 0) == doctest::Approx(3));
}

TEST_CASE_TEMPLATE("co_clustering: finds the groups that were planted", T, float, double) {
  auto const data = blocks<T>(40, 30);
  double least = 1e9;
  for (std::uint64_t seed = 0; seed != 8; ++seed) {
    auto const done = kindred::fit(co_clustering{.user_groups = 2, .item_groups = 2, .damping = 0, .seed = seed}, data);
    CHECK(done.report.objective == doctest::Approx(squared_error(done.model, data)).epsilon(1e-4));
    if (done.report.objective >= least) continue;
    least = done.report.objective;
    if (least > 1e-3 * static_cast<double>(data.size())) continue;
    CHECK(done.report.converged);
    for (index_t u = 0; u != 40; ++u) CHECK(done.model.group_of(user_id{u}) == done.model.group_of(user_id{u % 2}));
    for (index_t i = 0; i != 30; ++i) CHECK(done.model.group_of(item_id{i}) == done.model.group_of(item_id{i % 2}));
    CHECK(kindred::score_of(done.model, user_id{0}, item_id{0}) == doctest::Approx(5).epsilon(0.03));  // never rated
    CHECK(kindred::score_of(done.model, user_id{5}, item_id{0}) == doctest::Approx(2).epsilon(0.06));
  }
  CHECK(least <= 1e-3 * static_cast<double>(data.size()));  // one of eight beginnings finds them
}

TEST_CASE_TEMPLATE("co_clustering: predicts by the formula, and nobody would rather be in another group", T, float,
                   double) {
  auto const data = support::random_ratings<T>(40, 30, 0.4, 91);
  auto const done =
      kindred::fit(co_clustering{.user_groups = 3, .item_groups = 2, .sweeps = 200, .tolerance = 0}, data);
  REQUIRE(done.report.converged);
  double const of_one_group = kindred::fit(co_clustering{.user_groups = 1, .item_groups = 1}, data).report.objective;
  CHECK(done.report.objective < 0.95 * of_one_group);
  auto const table = support::dense_of(data);
  auto const any = [](index_t) { return true; };
  auto const trust = [](kindred::sparse_row<T> row) {
    auto const n = static_cast<double>(row.size());
    return n / (n + 5);
  };
  auto const users_of = [&](index_t g) {
    return [&done, g](index_t u) { return done.model.group_of(user_id{u}) == g; };
  };
  auto const items_of = [&](index_t h) {
    return [&done, h](index_t i) { return done.model.group_of(item_id{i}) == h; };
  };
  for (index_t u = 0; u != 40; ++u) {
    double const user_mean = mean_where(table, [&](index_t v) { return v == u; }, any);
    std::vector<double> error(3);
    for (index_t g = 0; g != 3; ++g)
      for (index_t i = 0; i != 30; ++i) {
        index_t const h = done.model.group_of(item_id{i});
        double const item_mean = mean_where(table, any, [&](index_t j) { return j == i; });
        double const predicted = mean_where(table, users_of(g), items_of(h)) +
                                 trust(data.of(user_id{u})) * (user_mean - mean_where(table, users_of(g), any)) +
                                 trust(data.of(item_id{i})) * (item_mean - mean_where(table, any, items_of(h)));
        if (g == done.model.group_of(user_id{u}))
          CHECK(kindred::score_of(done.model, user_id{u}, item_id{i}) == doctest::Approx(predicted).epsilon(1e-4));
        if (table[u][i]) error[g] += (predicted - *table[u][i]) * (predicted - *table[u][i]);
      }
    for (double const other : error) CHECK(error[done.model.group_of(user_id{u})] <= other * (1 + 1e-6));
  }
}

TEST_CASE_TEMPLATE("co_clustering: means for who and what is not known", T, float, double) {
  auto const data = support::ratings_of<T>({{0, 0, 1}, {0, 2, 3}, {2, 0, 5}}, {4, 4});
  auto const model = kindred::fit(co_clustering{.user_groups = 2, .item_groups = 2, .damping = 0}, data).model;
  CHECK(kindred::score_of(model, user_id{0}, item_id{1}) == doctest::Approx(2));   // the mean of user 0
  CHECK(kindred::score_of(model, user_id{1}, item_id{0}) == doctest::Approx(3));   // the mean of item 0
  CHECK(kindred::score_of(model, user_id{9}, item_id{99}) == doctest::Approx(3));  // the mean of all
  CHECK(model.knows(user_id{2}));
  CHECK(!model.knows(user_id{1}));
  CHECK(!model.knows(item_id{1}));
  CHECK(!model.knows(item_id{99}));
}

TEST_CASE("co_clustering: weights count like so many ratings") {
  auto const weighted = support::weighted_ratings_of<double>({{0, 0, 1, 2}, {0, 1, 4, 1}, {1, 0, 5, 1}, {1, 1, 2, 3}});
  auto const [model, report] = kindred::fit(co_clustering{.user_groups = 1, .item_groups = 1, .damping = 0}, weighted);
  double errors = 0;
  for (auto const& s : {support::seen{0, 0, 1, 2}, {0, 1, 4, 1}, {1, 0, 5, 1}, {1, 1, 2, 3}})
    errors += s.weight * std::pow(kindred::score_of(model, user_id{s.user}, item_id{s.item}) - s.value, 2);
  CHECK(report.objective == doctest::Approx(errors));
  // User 0: (2 + 4) / 3 = 2; item 0: (2 + 5) / 3; all: (2 + 4 + 5 + 6) / 7.
  CHECK(kindred::score_of(model, user_id{0}, item_id{0}) == doctest::Approx(2 + 7.0 / 3 - 17.0 / 7));
}

TEST_CASE("co_clustering: the same model in whatever order tasks run, and of nothing") {
  auto const data = support::random_ratings<float>(600, 50, 0.1, 92);
  auto const expected = kindred::fit(co_clustering{}, data).model;
  support::reversed reversed;
  support::shuffled shuffled;
  CHECK(kindred::fit(co_clustering{}, data, reversed).model == expected);
  CHECK(kindred::fit(co_clustering{}, data, shuffled).model == expected);
  CHECK(kindred::score_of(kindred::fit(co_clustering{}, kindred::ratings<float>{}).model, user_id{0}, item_id{0}) == 0);
}

TEST_CASE("co_clustering: settings outside their range, and ratings that overflow") {
  auto const refused = [](auto const& how, auto const& data, kindred::error_kind kind, char const* words) {
    auto const e = support::error_of([&] { static_cast<void>(kindred::fit(how, data)); });
    CHECK(e.kind() == kind);
    CHECK(support::says(e, words));
  };
  auto const data = blocks<float>(4, 4);
  refused(co_clustering{.user_groups = 0}, data, kindred::error_kind::setting, "user_groups = 0");
  refused(co_clustering{.item_groups = 5000}, data, kindred::error_kind::setting, "item_groups = 5000");
  refused(co_clustering{.damping = -1}, data, kindred::error_kind::setting, "damping = -1");
  refused(co_clustering{.tolerance = -1}, data, kindred::error_kind::setting, "tolerance = -1");
  auto const huge = support::ratings_of<double>({{0, 0, 1e200}, {0, 1, -1e200}, {1, 0, 1}});
  refused(co_clustering{}, huge, kindred::error_kind::numeric, "overflow");
}
