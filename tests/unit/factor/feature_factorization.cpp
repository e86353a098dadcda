// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/feature_factorization.hpp>

#include "../../support/error_of.hpp"
#include "../../support/features.hpp"
#include "../../support/ratings.hpp"

#include <kindred/factor/field_aware_machine.hpp>
#include <kindred/interop/thread_pool.hpp>
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

TEST_CASE_TEMPLATE("feature_factorization: its scores are the machine's predictions", Machine,
                   kindred::factorization_machine<>, kindred::field_aware_machine<>) {
  auto list = support::random_list(30, 20, 0.3, 71);
  for (auto& s : list) s.weight = 0.5 + (s.user + s.item) % 3;
  auto const data = support::weighted_ratings_of<double>(list);
  feature_factorization<double, Machine> how{
      .users = kindred::user_features<double>::from(support::random_features<user_id>(0, 34, 8)),
      .items = kindred::item_features<double>::from(support::random_features<item_id>(2, 25, 9)),
      .machine = {}};
  how.machine.factors = 6;
  how.machine.epochs = 4;
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
  if constexpr (requires { how.machine.fields; }) {
    // The fields of users and items, and of their features; 6 factors for each of the pairs of one of users with one of items.
    how.machine.fields.add(users);
    how.machine.fields.add(items);
    how.machine.fields.add(how.users);
    how.machine.fields.add(how.items);
    auto const fields = how.machine.fields.size(), of_user = fields - 1 - (fields - 2) / 2;
    CHECK(done.model.factors() == 6 * of_user * (fields - of_user));
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
  kindred::thread_pool pool(3);
  CHECK(kindred::fit(how, data, pool).model == done.model);
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

TEST_CASE("feature_factorization: by fields, vectors of a size that there is, and a training of these fields alone") {
  feature_factorization<float, kindred::field_aware_machine<>> how{
      .items = kindred::item_features<float>::from(support::random_features<item_id>(0, 20, 9)),
      .machine = {.factors = 2, .epochs = 1}};
  auto const data = support::random_ratings<float>(30, 20, 0.3, 73);
  CHECK(kindred::fit(how, support::ratings_of<float>({})).model.factors() == 0);
  auto const training = how.begin(data);
  // As many columns, but of items that are said something else of.
  auto const columns = how.items.columns();
  kindred::feature_table<item_id> other;
  for (index_t k = 0; k != columns; ++k) other.about(item_id{k % 20}).tag("one field", std::to_string(k));
  how.items = kindred::item_features<float>::from(other);
  REQUIRE(how.items.columns() == columns);
  auto const e = support::error_of([&] { static_cast<void>(kindred::finish(how, training, data)); });
  CHECK(support::says(e, "of other data, or of another recipe"));
  // 8 fields of 8000 numbers each are a machine, 3 x 5 pairs of them no vector.
  how.items = kindred::item_features<float>::from(support::random_features<item_id>(0, 20, 9));
  kindred::feature_table<user_id> people;
  people.about(user_id{0}).category("sex", "F").category("country", "NL");
  how.users = kindred::user_features<float>::from(people);
  how.machine.factors = 8000;
  auto const large = support::error_of([&] { static_cast<void>(how.begin(data)); });
  CHECK(large.kind() == kindred::error_kind::setting);
  CHECK(support::says(large, "factors = 8000 for 15 pairs of a field of users with one of items"));
}
