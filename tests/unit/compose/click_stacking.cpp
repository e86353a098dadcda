// SPDX-License-Identifier: BSL-1.0
#include <kindred/compose/click_stacking.hpp>
#include <kindred/compose/user_scaled.hpp>

#include <kindred/baseline/popularity.hpp>
#include <kindred/neighbor/implicit_item_knn.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/random.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/table_model.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

using kindred::index_t, kindred::item_id, kindred::user_id;

namespace {

// Two kinds of people click on two kinds of things, and on some others.
kindred::ratings<float> clicks() {
  std::vector<kindred::rating<float>> said;
  for (index_t u = 0; u != 60; ++u)
    for (index_t i = 0; i != 40; ++i)
      if (kindred::mix(u, i) % 10 < (u % 2 == i % 2 ? 5u : 1u)) said.push_back({user_id{u}, item_id{i}, 1});
  return kindred::ratings<float>::from(said, kindred::on_duplicate::error, {.users = 62, .items = 40});
}

// Says the same whatever it is shown: what is alike in parity, times a factor, or noise.
struct fixed {
  bool informed;
  float factor = 1;
  struct model {
    using value_type = float;
    bool informed;
    float factor;
    bool knows(user_id) const noexcept { return true; }
    bool knows(item_id i) const noexcept { return to_index(i) < 40; }
    void score(user_id u, std::span<item_id const> items, std::span<float> out) const noexcept {
      for (std::size_t k = 0; k != items.size(); ++k) {
        bool const alike = to_index(u) % 2 == to_index(items[k]) % 2;
        auto const noise = static_cast<float>(kindred::mix(to_index(u), to_index(items[k]), 7) % 100) / 100;
        out[k] = factor * (informed ? (alike ? 1.0f : 0.0f) + noise / 100 : noise);
      }
    }
  };
  auto fit(kindred::ratings<float> const&, auto&, auto&) const {
    return kindred::fitted<model>{{informed, factor}, {.epochs = 1}};
  }
};

}  // namespace

TEST_CASE("click_stacking: weighs the part that knows, whatever its scale") {
  auto const data = clicks();
  kindred::click_stacking how(fixed{true, 10}, fixed{false, 1});
  how.depth = 20;
  auto const model = kindred::fit(how, data).model;
  // Differences of the informed part are about 10: 10 w is the logarithm of the odds, of which .5 / .1 have a ratio of 9.
  CHECK(10 * model.weights()[0] == doctest::Approx(std::log(9.0)).epsilon(0.15));
  CHECK(std::abs(model.weights()[1]) < 0.5f);
  CHECK(kindred::score_of(model, user_id{4}, item_id{8}) > kindred::score_of(model, user_id{4}, item_id{9}));

  support::shuffled elsewhere{};
  auto const again = kindred::fit(how, data, elsewhere).model;
  CHECK(again.weights()[0] == model.weights()[0]);
}

TEST_CASE("click_stacking: of scaled parts, and what it refuses") {
  auto const data = clicks();
  kindred::click_stacking how(kindred::scaled_by_user{kindred::implicit_item_knn<>{.neighbors = 10}},
                              kindred::scaled_by_user{kindred::popularity{}});
  auto const model = kindred::fit(how, data).model;
  CHECK(model.weights()[0] > 0);

  auto const refused = [&](auto const& change) {
    auto bad = how;
    change(bad);
    return support::error_of([&] { static_cast<void>(kindred::fit(bad, data)); }).kind();
  };
  CHECK(refused([](auto& bad) { bad.held_out = 0; }) == kindred::error_kind::setting);
  CHECK(refused([](auto& bad) { bad.held_out = std::numeric_limits<double>::quiet_NaN(); }) ==
        kindred::error_kind::setting);
  CHECK(refused([](auto& bad) { bad.rivals = 0; }) == kindred::error_kind::setting);
  CHECK(refused([](auto& bad) { bad.depth = 0; }) == kindred::error_kind::setting);
  auto const nothing = kindred::ratings<float>::from(std::vector<kindred::rating<float>>{});
  CHECK(support::error_of([&] { static_cast<void>(kindred::fit(how, nothing)); }).kind() == kindred::error_kind::data);
}

TEST_CASE("user_scaled: the mean of a user's best becomes one, and the order stays") {
  support::table_model<float> const table{{{8, 4, 2, 0}, {-1, -2, -3, -4}}, {1, 1, 1, 1}};
  // User 0 has seen item 0, so that the best two are 4 and 2; user 1 has no positive mean and stays.
  auto const seen = kindred::ratings<float>::from(std::vector<kindred::rating<float>>{{user_id{0}, item_id{0}, 1}},
                                                  kindred::on_duplicate::error, {.users = 2, .items = 4});
  kindred::sequential ex;
  auto const scaled = kindred::scale_users(table, seen, 2, ex);
  CHECK(scaled.factor(user_id{0}) == doctest::Approx(1.0 / 3));
  CHECK(kindred::score_of(scaled, user_id{0}, item_id{1}) == doctest::Approx(4.0 / 3));
  CHECK(kindred::score_of(scaled, user_id{1}, item_id{1}) == -2);
  CHECK(scaled.factor(user_id{9}) == 1);
  static_assert(!kindred::predictor<kindred::user_scaled<support::table_model<float>>>);
  auto const refused = support::error_of([&] { kindred::user_scaled(table, std::vector<float>{1, 0}); });
  CHECK((refused.kind() == kindred::error_kind::numeric && refused.row() == 1));
}
