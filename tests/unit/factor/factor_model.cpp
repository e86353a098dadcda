// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/factor_model.hpp>

#include "../../support/scores.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <limits>
#include <vector>

using kindred::item_id;
using kindred::user_id;

static_assert(kindred::predictor<kindred::factor_model<float>> && kindred::predictor<kindred::factor_model<double>>);

namespace {

// Two users and three items with two factors; user 1 and item 2 are not known.
template <class T>
kindred::factor_model<T> two_by_three() {
  kindred::factor_model<T> model(2, 3, 2);
  model.set_mean(3);
  model.set_known(user_id{0});
  model.set_known(item_id{0});
  model.set_known(item_id{1});
  auto const fill = [&](auto id, T bias, T first, T second) {
    model.of(id).bias = bias;
    model.of(id).vector[0] = first;
    model.of(id).vector[1] = second;
  };
  fill(user_id{0}, T{0.5}, 1, 2);
  fill(item_id{0}, T{0.25}, 3, -1);
  fill(item_id{1}, T{-1}, T{0.5}, 0);
  return model;
}

}  // namespace

TEST_CASE_TEMPLATE("factor_model: mean, biases and the product of vectors", T, float, double) {
  auto const model = two_by_three<T>();
  // User 0: 3 + 0.5 + 0.25 + (3 - 2) and 3 + 0.5 - 1 + 0.5; of an item that is not known, 3 + 0.5.
  CHECK(support::scores(model, user_id{0}, support::first_items(4)) == std::vector<T>{4.75, 3, 3.5, 3.5});
  for (kindred::index_t const stranger : {1u, 2u, 4'000'000'000u})
    CHECK(support::scores(model, user_id{stranger}, support::first_items(4)) == std::vector<T>{3.25, 2, 3, 3});
  CHECK(model.knows(user_id{0}));
  CHECK(!model.knows(user_id{1}));
  CHECK(!model.knows(user_id{2}));
  CHECK(model.knows(item_id{1}));
  CHECK(!model.knows(item_id{2}));
  CHECK(!model.knows(item_id{4'000'000'000u}));
  CHECK(support::is_pointwise(model, user_id{0}, support::first_items(300)));
}

TEST_CASE_TEMPLATE("factor_model: rows are whole cache lines, padded with zeros", T, float, double) {
  constexpr std::size_t line = 64 / sizeof(T);
  for (kindred::index_t const factors : {0u, 1u, 8u, 15u, 16u, 17u, 64u}) {
    kindred::factor_model<T> model(3, 2, factors);
    auto const users = model.users();
    CHECK(users.rows() == 3);
    CHECK(model.items().rows() == 2);
    CHECK(users.columns() == factors);
    CHECK(users.stride() % line == 0);
    CHECK(users.stride() >= factors);
    CHECK(users.stride() < factors + line);
    CHECK(model.of(user_id{2}).vector.size() == users.stride());
    CHECK(model.of(user_id{2}).vector.data() == users.data() + 2 * users.stride());
    bool zeros = true;
    for (std::size_t k = 0; k != 3 * users.stride(); ++k) zeros = zeros && users.data()[k] == 0;
    CHECK(zeros);
    CHECK(kindred::score_of(model, user_id{0}, item_id{0}) == 0);
  }
}

TEST_CASE_TEMPLATE("factor_model: no score is beyond its reach", T, float, double) {
  auto model = two_by_three<T>();
  CHECK(model.reach() == 3 + 0.5 + 1 + 2 * 2.0 * 3);
  model.of(item_id{2}).vector[0] = std::numeric_limits<T>::quiet_NaN();
  CHECK(!kindred::is_finite(model.reach()));
  model.of(item_id{2}).vector[0] = 0;
  model.of(user_id{1}).bias = -std::numeric_limits<T>::infinity();
  CHECK(!kindred::is_finite(model.reach()));
}

TEST_CASE("factor_model: is a value") {
  auto const model = two_by_three<float>();
  auto copy = model;
  CHECK(copy == model);
  copy.of(item_id{0}).vector[1] = 9;
  CHECK(copy != model);
  CHECK(kindred::score_of(model, user_id{0}, item_id{0}) == 4.75f);
}
