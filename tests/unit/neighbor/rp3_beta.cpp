// SPDX-License-Identifier: BSL-1.0
#include <kindred/neighbor/rp3_beta.hpp>
#include <kindred/neighbor/user_walk.hpp>

#include "../../support/error_of.hpp"
#include "../../support/ratings.hpp"
#include "../../support/scores.hpp"

#include <kindred/run/fit.hpp>
#include <kindred/score/scorer.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

using kindred::index_t;
using kindred::item_id;
using kindred::rp3_beta;
using kindred::user_id;
using kindred::user_walk;

static_assert(kindred::recipe<rp3_beta, kindred::ratings<float>> &&
              kindred::recipe<user_walk, kindred::ratings<double>>);

namespace {

// The formulas, walk by walk.
template <class T>
struct slow_walks {
  kindred::ratings<T> const& data;

  [[nodiscard]] double users(index_t i) const { return static_cast<double>(data.of(item_id{i}).size()); }
  [[nodiscard]] double items(index_t u) const { return static_cast<double>(data.of(user_id{u}).size()); }

  [[nodiscard]] double rp3(index_t u, index_t j, double alpha, double beta) const {
    double sum = 0;
    for (index_t const i : data.of(user_id{u}).index)
      for (index_t const v : data.of(item_id{i}).index)
        if (i != j && data.contains(user_id{v}, item_id{j}))
          sum += std::pow(users(i), -alpha) * std::pow(items(v), -alpha) * std::pow(users(j), -beta);
    return sum;
  }

  // What u hears from v.
  [[nodiscard]] double heard(user_walk const& how, index_t u, index_t v) const {
    double sum = 0;
    for (index_t const i : data.of(user_id{u}).index)
      if (u != v && data.contains(user_id{v}, item_id{i}))
        sum += std::pow(users(i), -how.item_power) * std::pow(items(v), -how.user_power);
    return sum == 0 ? 0 : std::pow(sum, how.power);
  }
  [[nodiscard]] double by_users(user_walk const& how, index_t u, index_t j) const {
    double all = 0;
    for (index_t v = 0; v != data.user_count(); ++v) {
      if (!data.contains(user_id{v}, item_id{j})) continue;
      double length = 0;
      for (index_t w = 0; w != data.user_count(); ++w) length += std::pow(heard(how, w, v), 2);
      if (length != 0) all += heard(how, u, v) * std::pow(length, -how.hub_power / 2);
    }
    return all == 0 ? 0 : all * std::pow(users(j), -how.beta);
  }
};

}  // namespace

TEST_CASE_TEMPLATE("rp3_beta: the golden graph, in fractions", T, float, double) {
  // u0 has 0 and 1, u1 has 0, 1 and 2, u2 has 1, 2 and 3. P3 from u0 to 2 is 7/36, and to 3 is 1/18: half of the sums below, for the
  // first step takes either item. To 2 by 0: 1/2 1/3, by 1: 1/3 (1/3 + 1/3); to 3 by 1: 1/3 1/3. Stars do not count.
  auto const data =
      support::ratings_of<T>({{0, 0, 5}, {0, 1, 1}, {1, 0, 2}, {1, 1, 4}, {1, 2, 3}, {2, 1, 1}, {2, 2, 5}, {2, 3, 4}});
  auto const score = [&](auto const& how, index_t j) {
    return static_cast<double>(score_of(kindred::fit(how, data).model, user_id{0}, item_id{j}));
  };
  CHECK(score(rp3_beta{.beta = 0}, 2) == doctest::Approx(2 * 7.0 / 36));
  CHECK(score(rp3_beta{.beta = 0}, 3) == doctest::Approx(2 * 1.0 / 18));
  CHECK(score(rp3_beta{.beta = 1}, 2) == doctest::Approx(2 * 7.0 / 72));  // two have it
  CHECK(score(rp3_beta{.beta = 1}, 3) == doctest::Approx(2 * 1.0 / 18));  // one has
  CHECK(score(user_walk{.beta = 1}, 2) == doctest::Approx(2 * 7.0 / 72));
  CHECK(score(user_walk{.beta = 1}, 3) == doctest::Approx(2 * 1.0 / 18));
  // From item 1 the likeliest ends are 0, with 1/3 (1/2 + 1/3), and 2, with 2/9; 3 has 1/9. From 0 they are 1 and 2.
  CHECK(score(rp3_beta{.neighbors = 2, .beta = 0}, 2) == doctest::Approx(2 * 7.0 / 36));
  CHECK(score(rp3_beta{.neighbors = 2, .beta = 0}, 3) == 0);
  CHECK(score(rp3_beta{.neighbors = 1, .beta = 0}, 2) == 0);
}

TEST_CASE_TEMPLATE("rp3_beta, user_walk: walk by walk; laws; the same where nothing is left out", T, float, double) {
  auto const data = support::random_ratings<T>(25, 20, 0.2, 43);
  slow_walks<T> const slow{data};
  rp3_beta const items{.alpha = 0.7, .beta = 0.3};
  user_walk const users{.item_power = 0.3, .user_power = 0.8, .power = 1.4, .hub_power = 1, .beta = 0.15};
  user_walk const plain{.item_power = 0.7, .user_power = 0.7, .beta = 0.3};
  auto const by_items = kindred::fit(items, data).model;
  auto const by_users = kindred::fit(users, data).model;
  auto const by_plain = kindred::fit(plain, data).model;
  for (index_t u = 0; u != 25; ++u) {
    for (index_t j = 0; j != 20; ++j) {
      auto const of = [&](auto const& model) { return static_cast<double>(score_of(model, user_id{u}, item_id{j})); };
      CHECK(of(by_items) == doctest::Approx(slow.rp3(u, j, 0.7, 0.3)).epsilon(1e-5));
      CHECK(of(by_users) == doctest::Approx(slow.by_users(users, u, j)).epsilon(1e-5));
      if (!data.contains(user_id{u}, item_id{j}))  // of what u has, the one leaves out i = j and the other v = u
        CHECK(of(by_plain) == doctest::Approx(of(by_items)).epsilon(1e-5));
    }
    CHECK(support::is_pointwise(by_users, user_id{u}, support::first_items(60)));
  }
}

TEST_CASE("rp3_beta, user_walk: settings out of range are refused, and nothing makes nothing") {
  kindred::ratings<float> const nothing;
  auto const refused = [&](auto const& how, char const* what) {
    CHECK(support::says(support::error_of([&] { static_cast<void>(kindred::fit(how, nothing)); }), what));
  };
  refused(rp3_beta{.neighbors = 0}, "rp3_beta: neighbors = 0");
  refused(rp3_beta{.alpha = -1}, "rp3_beta: alpha = -1");
  refused(rp3_beta{.beta = -1}, "rp3_beta: beta = -1");
  refused(user_walk{.neighbors = 0}, "user_walk: neighbors = 0");
  refused(user_walk{.item_power = -1}, "user_walk: item_power = -1");
  refused(user_walk{.user_power = -1}, "user_walk: user_power = -1");
  refused(user_walk{.power = 0}, "power = 0");
  refused(user_walk{.hub_power = -1}, "hub_power = -1");
  refused(user_walk{.beta = -1}, "user_walk: beta = -1");
  CHECK(score_of(kindred::fit(rp3_beta{}, nothing).model, user_id{0}, item_id{0}) == 0);
  CHECK(score_of(kindred::fit(user_walk{}, nothing).model, user_id{0}, item_id{0}) == 0);
}
