// SPDX-License-Identifier: BSL-1.0
#include <kindred/compose/top_n_each.hpp>

#include <kindred/compose/any_scorer.hpp>
#include <kindred/compose/cascade.hpp>
#include <kindred/compose/filtered.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/random.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/sanitized.hpp"
#include "../../support/table_model.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

using kindred::index_t, kindred::item_id, kindred::user_id;

namespace {

static_assert(kindred::factored<kindred::factor_model<float>>);
static_assert(kindred::factored<kindred::preference_model<double>>);
static_assert(!kindred::factored<support::table_model<float>>);

// Vectors of small whole numbers, so that ties are many, times a scale that differs from row to row; every seventh user and
// every fifth item is not known.
template <kindred::real T, class Scale>
kindred::factor_model<T, Scale> model_of(index_t users, index_t items, index_t factors, T scale, bool biases) {
  kindred::factor_model<T, Scale> model(users, items, factors);
  auto const fill = [&](auto id, std::uint64_t seed) {
    if (kindred::mix(seed, 5, to_index(id)) % (seed == 1 ? 7 : 5) == 0) return;
    model.set_known(id);
    auto const row = model.of(id);
    T const length = static_cast<T>(1 << kindred::mix(seed, 3, to_index(id)) % 4) * scale;
    for (index_t f = 0; f != factors; ++f)
      row.vector[f] = (static_cast<T>(kindred::mix(seed, to_index(id), f) % 5) - 2) * length;
    if (biases) row.bias = (static_cast<T>(kindred::mix(seed, 11, to_index(id)) % 9) - 4) * scale;
  };
  for (index_t u = 0; u != users; ++u) fill(user_id{u}, 1);
  for (index_t i = 0; i != items; ++i) fill(item_id{i}, 2);
  if (biases) model.set_mean(scale * static_cast<T>(3.3));
  return model;
}

// Everything but what user and item hash to.
struct not_seen {
  user_id user;
  index_t items;
  bool contains(item_id i) const noexcept {
    return to_index(i) < items && kindred::mix(to_index(user), to_index(i)) % 3 != 0;
  }
  index_t limit() const noexcept { return items; }
  std::size_t next(std::size_t& cursor, std::span<item_id> out) const noexcept {
    std::size_t written = 0;
    for (; written != out.size() && cursor < items; ++cursor)
      if (item_id const i{static_cast<index_t>(cursor)}; contains(i)) out[written++] = i;
    return written;
  }
};
static_assert(kindred::candidate_set<not_seen>);

// How many entries differ from what top_n gives one user at a time.
template <class S, class Which, class E>
std::size_t differing(S const& model, std::span<user_id const> users, Which const& which, std::size_t n, E& ex) {
  using T = kindred::value_t<S>;
  auto const lists = kindred::top_n_each(model, users, which, n, ex);
  std::size_t wrong = lists.size() == users.size() ? 0 : 1;
  std::vector<kindred::scored_item<T>> one(n);
  for (std::size_t k = 0; k != users.size(); ++k) {
    std::size_t const found = kindred::top_n(model, users[k], which(users[k]), std::span(one));
    wrong += found != lists[k].size() ? 1u : 0u;
    for (std::size_t j = 0; j != found && j != lists[k].size(); ++j)
      wrong += lists[k][j].item != one[j].item || lists[k][j].value != one[j].value ? 1u : 0u;
  }
  return wrong;
}

std::vector<user_id> some_users(index_t count) {  // in no order, one twice, some beyond
  std::vector<user_id> users;
  for (index_t k = 0; k != count; ++k) users.push_back(user_id{(k * 37 + 11) % (count + 3)});
  users.push_back(user_id{5});
  return users;
}

}  // namespace

TEST_CASE_TEMPLATE("top_n_each: the lists of top_n, bit by bit, by matrix products", T, float, double) {
  constexpr index_t items = 700;
  constexpr index_t people = support::sanitized ? 50 : 300;
  auto const users = some_users(people);
  kindred::sequential one;
  support::shuffled pool{};
  auto const which = [](user_id u) { return not_seen{u, items}; };
  for (double const power : {1.0, 0.1, 1e-15, 1e12}) {
    T const scale = static_cast<T>(power);
    auto const rated = model_of<T, kindred::of_ratings>(people, items, 5, scale, true);
    auto const clicked = model_of<T, kindred::of_preferences>(people, items, 33, scale, false);
    for (std::size_t const n : {std::size_t{1}, std::size_t{10}, std::size_t{100}}) {
      CHECK(differing(rated, users, which, n, one) == 0);
      CHECK(differing(clicked, users, which, n, pool) == 0);
    }
  }
  auto const none = model_of<T, kindred::of_ratings>(people, items, 0, T{1}, true);
  CHECK(differing(none, users, which, 3, one) == 0);
  CHECK(differing(none, users, which, 0, one) == 0);
  CHECK(differing(none, {}, which, 3, one) == 0);
  CHECK(differing(none, users, [](user_id) { return kindred::all_items{items + 50}; }, 900, one) == 0);
  CHECK(differing(kindred::factor_model<T>(300, 0, 4), users, which, 3, one) == 0);
}

TEST_CASE("top_n_each: vectors whose squares are too small or too large for a float") {
  constexpr index_t items = 200;
  kindred::preference_model<float> model(2, items, 3);
  for (index_t u = 0; u != 2; ++u) {
    model.set_known(user_id{u});
    model.of(user_id{u}).vector[0] = u == 0 ? 1e15f : 1e-30f;
  }
  for (index_t i = 0; i != items; ++i) {
    model.set_known(item_id{i});
    model.of(item_id{i}).vector[0] = static_cast<float>(i % 50 + 1) * 1e-25f;         // squares are zero
    if (i % 40 == 7) model.of(item_id{i}).vector[0] = static_cast<float>(i) * 1e22f;  // squares are infinite
  }
  kindred::sequential one;
  std::vector<user_id> const users{user_id{0}, user_id{1}};
  CHECK(differing(model, users, [](user_id) { return kindred::all_items{items}; }, 20, one) == 0);
}

TEST_CASE("top_n_each and recommend_all: scorers and recommenders of any kind") {
  auto const table = support::random_table_model<float>(40, 300, 9);
  auto const users = some_users(40);
  kindred::sequential one;
  support::shuffled pool{};
  auto const which = [](user_id u) { return not_seen{u, 300}; };
  CHECK(differing(table, users, which, 10, pool) == 0);
  std::vector<item_id> const shelf{item_id{7}, item_id{3}, item_id{250}};
  CHECK(differing(table, users, [&](user_id) { return kindred::allowed{shelf}; }, 2, one) == 0);
  auto const taste = model_of<float, kindred::of_preferences>(43, 300, 4, 1.0f, false);
  CHECK(differing(taste, users, [&](user_id) { return kindred::allowed{shelf}; }, 2, one) == 0);
  CHECK(differing(kindred::cascade{{50}, table, taste}, users, which, 10, pool) == 0);
  auto two_thirds = kindred::without(taste, [](item_id i) { return to_index(i) % 3 == 0; });
  static_assert(kindred::factored<decltype(two_thirds)>);
  CHECK(differing(two_thirds, users, which, 10, pool) == 0);
  // An any_scorer is what is in it.
  kindred::any_scorer<float> const any_table(table), any_taste(taste);
  CHECK(differing(any_table, users, which, 10, pool) == 0);
  CHECK(differing(any_taste, users, which, 10, pool) == 0);
  CHECK(any_table.users().rows() == 0);
  CHECK(any_taste.users().rows() == 43);
  CHECK(any_taste.items().rows() == 300);
  kindred::any_scorer<float> const stars(model_of<float, kindred::of_ratings>(43, 300, 4, 1.0f, true));
  CHECK(stars.item_biases().size() == 300);
  CHECK(differing(stars, users, which, 10, pool) == 0);

  std::vector<kindred::rating<float>> said;
  for (index_t u = 0; u != 43; ++u)
    for (index_t i = 0; i != 300; ++i)
      if (kindred::mix(u, i) % 4 == 0) said.push_back({user_id{u}, item_id{i}, 1});
  auto const seen = kindred::ratings<float>::from(said);
  auto const lists = kindred::recommend_all(taste, seen, 5, pool);
  REQUIRE(lists.size() == 43);
  for (index_t u = 0; u != 43; ++u) {
    std::vector<kindred::scored_item<float>> alone(5);
    alone.resize(kindred::top_n(taste, user_id{u}, kindred::unseen(seen, user_id{u}), std::span(alone)));
    REQUIRE(alone.size() == lists[u].size());
    for (std::size_t k = 0; k != alone.size(); ++k) CHECK(alone[k].item == lists[u][k].item);
  }
  // As many as there are, however many are asked for, where the candidates tell how many there are; else there is no room.
  constexpr std::size_t all = std::numeric_limits<std::size_t>::max();
  CHECK(kindred::recommend_all(taste, seen, all, one)[0].size() ==
        kindred::recommend_all(taste, seen, 300, one)[0].size());
  auto const refused =
      support::error_of([&] { static_cast<void>(kindred::top_n_each(table, users, which, all / 32 + 1, one)); });
  CHECK(refused.kind() == kindred::error_kind::shape);
}
