// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/feature_factorization.hpp>

#include "../../support/features.hpp"
#include "../../support/ratings.hpp"

#include <kindred/score/scorer.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

using kindred::feature_factorization;
using kindred::index_t;
using kindred::item_id;
using kindred::user_id;

static_assert(kindred::recipe<feature_factorization<float>, kindred::ratings<float>>);

TEST_CASE("feature_factorization: its scores are the machine's predictions") {
  auto list = support::random_list(30, 20, 0.3, 71);
  for (auto& s : list) s.weight = 0.5 + (s.user + s.item) % 3;
  auto const data = support::weighted_ratings_of<double>(list);
  feature_factorization<double> const how{
      .users = kindred::user_features<double>::from(support::random_features<user_id>(0, 34, 8)),
      .items = kindred::item_features<double>::from(support::random_features<item_id>(2, 25, 9)),
      .machine = {.factors = 6, .epochs = 4}};
  auto const done = kindred::fit(how, data);

  // The same examples by hand: a column for every user and item, then those of their features.
  index_t const users = 34, items = 25, of_users = users + items, of_items = of_users + how.users.columns();
  auto const row_of = [&](index_t u, index_t i) {
    std::pair<std::vector<index_t>, std::vector<double>> row{{u, users + i}, {1, 1}};
    auto const add = [&](index_t first, kindred::sparse_row<double> about) {
      for (std::size_t k = 0; k != about.size(); ++k) {
        row.first.push_back(first + about.index[k]);
        row.second.push_back(about.value[k]);
      }
    };
    add(of_users, how.users.of(user_id{u}));
    add(of_items, how.items.of(item_id{i}));
    return row;
  };
  kindred::example_table<double> table(of_items + how.items.columns());
  for (index_t u = 0; u != data.user_count(); ++u) {
    auto const rated = data.of(user_id{u});
    for (std::size_t k = 0; k != rated.size(); ++k) {
      auto const [index, value] = row_of(u, rated.index[k]);
      table.add(rated.value[k], {index, value}, data.weights(user_id{u})[k]);
    }
  }
  auto const machine = kindred::fit(how.machine, table.view());
  CHECK(machine.report.objective == done.report.objective);
  bool same = true;
  for (index_t u = 0; u != users; ++u)
    for (index_t i = 0; i != items; ++i) {
      if (!done.model.knows(user_id{u}) || !done.model.knows(item_id{i})) continue;
      auto const [index, value] = row_of(u, i);
      double const said = machine.model.predict(kindred::sparse_row<double>{index, value});
      same = same && kindred::score_of(done.model, user_id{u}, item_id{i}) == doctest::Approx(said);
    }
  CHECK(same);
  CHECK(done.model.knows(item_id{24}));  // not rated, but something is known of it
  CHECK(!done.model.knows(item_id{500}));
}

TEST_CASE("feature_factorization: without features it is a biased factorization") {
  auto const data = support::random_ratings<double>(40, 20, 0.4, 72);
  feature_factorization<double> const how{.machine = {.factors = 4, .epochs = 10}};
  auto const done = kindred::fit(how, data);
  auto const& model = done.model;
  CHECK(done.report.objective < 1);
  auto const p = model.users().row(3), q = model.items().row(5);
  double sum = model.mean() + model.user_biases()[3] + model.item_biases()[5];
  for (std::size_t f = 0; f != 4; ++f) sum += p[f] * q[f];
  CHECK(kindred::score_of(model, user_id{3}, item_id{5}) == doctest::Approx(sum));
  CHECK(kindred::fit(how, support::ratings_of<double>({})).model.users().rows() == 0);
}

TEST_CASE("feature_factorization: what nobody has rated is told by what is known of it") {
  // Even users like what is red, odd ones what is blue; item 30 is red, 31 blue, and nobody has rated them.
  std::vector<support::seen> list;
  kindred::feature_table<item_id> about;
  for (index_t i = 0; i != 32; ++i) about.about(item_id{i}).category("color", i % 2 == 0 ? "red" : "blue");
  for (index_t u = 0; u != 30; ++u)
    for (index_t i = 0; i != 30; ++i)
      if (kindred::mix(3, u, i) % 3 == 0) list.push_back({u, i, u % 2 == i % 2 ? 5.0 : 2.0});
  auto const data = support::ratings_of<float>(list);
  feature_factorization<float> const how{.items = kindred::item_features<float>::from(about),
                                         .machine = {.epochs = 60, .batch = 8, .rate = {0.05, 0.02}}};
  auto const model = kindred::fit(how, data).model;
  for (index_t const u : {0u, 1u}) {
    float const same = kindred::score_of(model, user_id{u}, item_id{30 + u});
    float const other = kindred::score_of(model, user_id{u}, item_id{31 - u});
    CHECK(same > other + 1);
  }
}
