// SPDX-License-Identifier: BSL-1.0
#include <kindred/factor/stored_factors.hpp>
#include <kindred/run/random.hpp>
#include <kindred/score/range_scorer.hpp>

#include "../../support/error_of.hpp"
#include "../../support/scores.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <vector>

using kindred::index_t;
using kindred::item_id;
using kindred::user_id;
using kindred::kernel::half;

static_assert(kindred::predictor<kindred::stored_factors<half>> &&
              kindred::range_scorer<kindred::stored_factors<std::int8_t>>);
static_assert(!kindred::predictor<kindred::stored_factors<half, kindred::of_preferences>>);

TEST_CASE_TEMPLATE("stored_factors: close to the model, with what is known", Number, half, std::int8_t) {
  kindred::factor_model<float> model(4, 70, 37);
  model.set_mean(3);
  kindred::random_stream random(1, 1);
  auto const fill = [&](auto id) {
    model.set_known(id);
    model.of(id).bias = static_cast<float>(kindred::normal(random));
    for (float& x : model.of(id).vector.first(37)) x = static_cast<float>(kindred::normal(random));
  };
  for (index_t u = 0; u != 3; ++u) fill(user_id{u});
  for (index_t i = 0; i != 69; ++i) fill(item_id{i});
  kindred::stored_factors<Number> const stored(model);
  double const one = sizeof(Number) == 2 ? 1.0 / 2048 : 1.0 / 254;  // of the largest number of a vector
  for (index_t u = 0; u != 5; ++u) {
    CHECK(stored.knows(user_id{u}) == model.knows(user_id{u}));
    double sum = 0;
    if (u < 3)
      for (float const x : model.users().row(u)) sum += std::abs(static_cast<double>(x));
    auto const exact = support::scores(model, user_id{u}, support::first_items(72));
    auto const found = support::scores(stored, user_id{u}, support::first_items(72));
    for (index_t i = 0; i != 72; ++i) {
      double largest = 0;
      if (i < 69)
        for (float const x : model.items().row(i)) largest = std::fmax(largest, std::abs(static_cast<double>(x)));
      CHECK(std::abs(static_cast<double>(exact[i] - found[i])) <= one * largest * sum + 1e-4);
    }
  }
  CHECK(!stored.knows(item_id{69}));
  CHECK(stored.knows(item_id{68}));
  CHECK(support::is_pointwise(stored, user_id{1}, support::first_items(72)));
}

TEST_CASE("stored_factors: a range as its items, past the end of the catalog too") {
  kindred::factor_model<float> model(2, 200, 64);
  model.set_mean(3);
  kindred::random_stream random(2, 1);
  auto const fill = [&](auto id) {
    model.set_known(id);
    model.of(id).bias = static_cast<float>(kindred::normal(random));
    for (float& x : model.of(id).vector) x = static_cast<float>(kindred::normal(random));
  };
  fill(user_id{0});
  for (index_t i = 0; i != 200; ++i)
    if (i % 7 != 3) fill(item_id{i});
  kindred::stored_factors<std::int8_t> const stored(model);
  auto const alone = support::scores(stored, user_id{0}, support::first_items(300));
  auto const of_nobody = support::scores(stored, user_id{1}, support::first_items(300));
  for (index_t first = 0; first < 300; first += 17) {
    std::vector<float> out(300 - first);
    stored.score_range(user_id{0}, item_id{first}, out);
    CHECK(support::same_bits(out, std::vector(alone.begin() + first, alone.end())));
    stored.score_range(user_id{1}, item_id{first}, out);
    CHECK(support::same_bits(out, std::vector(of_nobody.begin() + first, of_nobody.end())));
  }
}

TEST_CASE("stored_factors: what a half cannot hold is told, and 8 bits can") {
  kindred::factor_model<float> model(1, 3, 2);
  model.set_known(user_id{0});
  model.of(user_id{0}).vector[0] = 1e-3f;
  for (index_t i = 0; i != 3; ++i) {
    model.set_known(item_id{i});
    model.of(item_id{i}).vector[0] = i == 2 ? 65519 : 2;
  }
  CHECK(kindred::score_of(kindred::stored_factors<half>(model), user_id{0}, item_id{2}) ==
        doctest::Approx(65.5).epsilon(1e-3));
  model.of(item_id{2}).vector[0] = 1e5f;
  auto const e = support::error_of([&] { kindred::stored_factors<half> const stored(model); });
  CHECK(e.kind() == kindred::error_kind::numeric);
  CHECK(support::says(e, "item 2"));
  kindred::stored_factors<std::int8_t> const bytes(model);
  CHECK(kindred::score_of(bytes, user_id{0}, item_id{2}) == doctest::Approx(100).epsilon(1e-2));
}
