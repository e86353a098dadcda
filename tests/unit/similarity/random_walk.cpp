// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/random_walk.hpp>

#include "../../support/error_of.hpp"
#include "../../support/ratings.hpp"
#include "../../support/similarity_checks.hpp"

#include <kindred/similarity/weighting/powered.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <type_traits>

namespace {

// Four users and three items; items are the rows.
template <class T>
kindred::ratings<T> small() {
  return support::ratings_of<T>({{0, 0, 5}, {0, 1, 3}, {1, 0, 4}, {1, 2, 2}, {2, 0, 1}, {2, 1, 2}, {3, 2, 4}});
}

// Over all users, by the formula.
long double twin(support::dense_table const& table, kindred::random_walk const& how, std::size_t i, std::size_t j) {
  auto const count = [&](auto const& has) {
    long double n = 0;
    for (std::size_t u = 0; u != table.size(); ++u) n += has(u) ? 1 : 0;
    return n;
  };
  long double sum = 0;
  for (auto const& user : table) {
    if (!user[i] || !user[j]) continue;
    long double n = 0;
    for (auto const& v : user) n += v ? 1 : 0;
    sum += static_cast<long double>(*user[i]) * *user[j] / std::pow(n, static_cast<long double>(how.through));
  }
  long double const ni = count([&](std::size_t u) { return table[u][i].has_value(); });
  long double const nj = count([&](std::size_t u) { return table[u][j].has_value(); });
  if (ni == 0 || nj == 0) return 0;
  return sum / (std::pow(ni, static_cast<long double>(how.from)) * std::pow(nj, static_cast<long double>(how.to)));
}

}  // namespace

static_assert(kindred::scaled_product<kindred::random_walk>);

TEST_CASE_TEMPLATE("random_walk: the chance of two steps", T, float, double) {
  // Ones: users {0, 1}, {0, 2}, {0, 1}, {2}. From item 0 a third of the time to each of its users 0, 1, 2, who have two items
  // each: item 1 is reached by 1/3 x 1/2 + 1/3 x 1/2.
  auto const ones = kindred::prepared<kindred::item_id>(kindred::powered{.power = 0}, small<T>());
  auto const how = kindred::random_walk{};
  auto const seen = kindred::prepared<kindred::item_id>(how, ones);
  auto const item = [&](kindred::index_t i) { return seen.of(kindred::item_id{i}); };
  CHECK(how(item(0), item(1)) == doctest::Approx(1.0 / 3));
  CHECK(how(item(0), item(2)) == doctest::Approx(1.0 / 6));
  CHECK(how(item(1), item(0)) == doctest::Approx(1.0 / 2));
  CHECK(how(item(1), item(2)) == 0);
  // Held back by the popularity of the end: 1/3 over 2^.5.
  CHECK(kindred::random_walk{.to = 0.5}(item(0), item(1)) == doctest::Approx(1.0 / 3 / std::sqrt(2.0)));
}

TEST_CASE_TEMPLATE("random_walk: agrees with the formula for any exponents, keeps the laws", T, float, double) {
  auto const data = support::random_ratings<T>(30, 20, 0.3, 5);
  auto const table = support::dense_of(data);
  for (kindred::random_walk const how : {kindred::random_walk{}, {1, 0.8, 0.1}, {0, 0, 0}, {0.5, 2, 1}}) {
    auto const seen = kindred::prepared<kindred::item_id>(how, data);
    for (kindred::index_t i = 0; i != 20; ++i)
      for (kindred::index_t j = 0; j != 20; ++j)
        CHECK(static_cast<double>(how(seen.of(kindred::item_id{i}), seen.of(kindred::item_id{j}))) ==
              doctest::Approx(static_cast<double>(twin(table, how, i, j)))
                  .epsilon(std::is_same_v<T, float> ? 1e-5 : 1e-12));
  }
  support::check_laws<T>(kindred::random_walk{.from = 1, .through = 1, .to = 1});
}

TEST_CASE("random_walk: exponents are zero or more") {
  CHECK(support::says(support::error_of([] { kindred::random_walk{.from = -1}.check(); }), "random_walk: from"));
  CHECK(support::says(support::error_of([] { kindred::random_walk{.through = -1}.check(); }), "random_walk: through"));
  CHECK(support::says(support::error_of([] { kindred::random_walk{.to = -1}.check(); }), "random_walk: to"));
}
