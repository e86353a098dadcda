// SPDX-License-Identifier: BSL-1.0
//
// Penalties of whole vectors in the solvers that know them.
#include <kindred/solve/group_penalty.hpp>

#include "../../support/executors.hpp"
#include "../../support/labelled.hpp"
#include "../../support/ratings.hpp"

#include <kindred/factor/factorization_machine.hpp>
#include <kindred/factor/hogwild_sgd.hpp>
#include <kindred/factor/sgd.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <type_traits>
#include <vector>

using kindred::group_penalty;
using kindred::index_t;
using kindred::inverse_rate;
using kindred::squared_loss;

namespace {

// How many vectors are zero, and how many have a zero among others.
struct zeros {
  int whole = 0;
  int part = 0;

  explicit zeros(kindred::matrix_view<float> rows) {
    for (index_t r = 0; r != rows.rows(); ++r) {
      std::size_t count = 0;
      for (float const x : rows.row(r)) count += x == 0;
      whole += count == rows.columns();
      part += count != 0 && count != rows.columns();
    }
  }
};

template <class Recipe>
void drops_whole_vectors(Recipe how) {
  // Two camps of 40 users, and 40 more whose ratings are all alike and need no vector.
  std::vector<support::seen> list;
  for (index_t u = 0; u != 120; ++u)
    for (index_t i = 0; i != 60; ++i)
      if (kindred::mix(9, u, i) % 3 == 0) list.push_back({u, i, u >= 80 ? 3.0 : u % 2 == i % 2 ? 5.0 : 1.0});
  auto const model = kindred::fit(how, support::ratings_of<float>(list)).model;
  zeros const users(model.users());
  CHECK(users.whole >= 30);
  CHECK(users.whole <= 40);
  CHECK(users.part == 0);
}

}  // namespace

TEST_CASE("sgd and hogwild_sgd with a group penalty drop whole vectors") {
  using grouped = kindred::sgd<squared_loss, group_penalty, inverse_rate>;
  grouped const how{.factors = 6, .epochs = 20, .vector = {.strength = 0.1}};
  drops_whole_vectors(how);
  drops_whole_vectors(kindred::hogwild_sgd<std::remove_cvref_t<decltype(how)>>{how});
  kindred::sgd<squared_loss, group_penalty, kindred::adagrad> const own_rates{
      .factors = 6, .epochs = 20, .vector = {.strength = 0.1}};
  drops_whole_vectors(own_rates);
  auto const data = support::random_ratings<float>(200, 200, 0.2, 94);
  support::shuffled shuffled;
  CHECK(kindred::fit(how, data, shuffled).model == kindred::fit(how, data).model);
}

TEST_CASE("factorization_machine with a group penalty leaves vectors to the columns that need one") {
  auto const table = support::labelled<float>(400, 12, support::labels::number);  // weights say it all
  kindred::factorization_machine<squared_loss, group_penalty> how{.factors = 4, .batch = 8};
  how.weight = {.strength = 0, .l2 = 0.01};
  how.vector = {.strength = 0.3};
  auto const model = kindred::fit(how, table.view()).model;
  zeros const columns(model.vectors());
  CHECK(columns.whole > 5);
  CHECK(columns.part == 0);
}
