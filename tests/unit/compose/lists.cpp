// SPDX-License-Identifier: BSL-1.0
#include <kindred/compose/alike_by_vectors.hpp>
#include <kindred/compose/cascade.hpp>
#include <kindred/compose/diversified.hpp>
#include <kindred/compose/filtered.hpp>
#include <kindred/compose/pipe.hpp>

#include "../../support/error_of.hpp"
#include "../../support/ratings.hpp"
#include "../../support/table_scorer.hpp"

#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

using kindred::all_items;
using kindred::index_t;
using kindred::item_id;
using kindred::scored_item;
using kindred::user_id;
using support::table_scorer;

namespace {

template <class M>
std::vector<index_t> list_of(M const& model, std::size_t length, index_t items, user_id u = user_id{0}) {
  std::vector<scored_item<kindred::value_t<M>>> out(length);
  out.resize(kindred::top_n(model, u, all_items{items}, std::span<scored_item<kindred::value_t<M>>>(out)));
  std::vector<index_t> ids;
  for (auto const& one : out) ids.push_back(kindred::to_index(one.item));
  return ids;
}

using ids = std::vector<index_t>;

// Items i and j are of a kind when i % 3 == j % 3.
struct of_a_kind {
  double operator()(item_id i, item_id j) const noexcept {
    return kindred::to_index(i) == kindred::to_index(j)           ? 1
           : kindred::to_index(i) % 3 == kindred::to_index(j) % 3 ? 0.9
                                                                  : 0;
  }
};

// log det by elimination, in long double.
long double log_det(std::vector<std::vector<long double>> m) {
  long double sum = 0;
  for (std::size_t k = 0; k != m.size(); ++k) {
    sum += std::log(m[k][k]);
    for (std::size_t r = k + 1; r != m.size(); ++r)
      for (std::size_t c = m.size(); c-- > k;) m[r][c] -= m[r][k] / m[k][k] * m[k][c];
  }
  return sum;
}

}  // namespace

TEST_CASE_TEMPLATE("cascade: few are ranked well", T, float, double) {
  table_scorer<T> const cheap{.value = {9, 8, 7, 6, 5, 4}};
  table_scorer<T> const better{.value = {0, 1, 2, 3, 9, 9}, .known = {1, 1, 1, 1, 1, 1}};
  kindred::cascade two{{4}, cheap, better};
  static_assert(kindred::recommender<decltype(two)> && !kindred::scorer<decltype(two)>);
  CHECK(list_of(two, 3, 6) == ids{3, 2, 1});  // 4 and 5 did not get through
  table_scorer<T> const last{.value = {5, 5, 9, 1, 9, 9}, .known = {1, 0, 1, 1, 1, 1}};
  kindred::cascade const three{{4, 3}, cheap, better, last};
  CHECK(list_of(three, 9, 6) == ids{2, 3, 1});  // 1 is not known to the last
  CHECK(list_of(three, 1, 6) == ids{2});
  CHECK(list_of(three, 3, 0) == ids{});
  CHECK(list_of(kindred::cascade{{2}, two, last}, 5, 6) == ids{2, 3});  // a cascade of a cascade
  auto const refused = [&](std::size_t first, std::size_t second) {
    auto const e = support::error_of([&] { kindred::cascade({first, second}, cheap, better, last); });
    CHECK(e.kind() == kindred::error_kind::setting);
  };
  refused(0, 1);
  refused(5, 6);
  refused(2000, 6);
}

TEST_CASE_TEMPLATE("without and only: of a scorer a scorer, by user a recommender", T, float, double) {
  table_scorer<T, true> const part{.value = {1, 2, 3, 4}, .users = 2};
  auto const odd = [](item_id i) { return kindred::to_index(i) % 2 == 1; };
  auto even = kindred::without(part, odd);
  static_assert(kindred::predictor<decltype(even)>);
  CHECK(list_of(even, 5, 4) == ids{2, 0});
  CHECK(list_of(kindred::only(part, odd), 5, 4) == ids{3, 1});
  CHECK(!even.knows(item_id{1}));
  CHECK(kindred::score_of(even, user_id{0}, item_id{1}) == 2);
  auto const data = support::ratings_of<T>({{0, 3, 1}, {1, 0, 1}});
  auto fresh = kindred::without(part, kindred::seen_in(data));
  static_assert(kindred::recommender<decltype(fresh)> && !kindred::scorer<decltype(fresh)>);
  CHECK(list_of(fresh, 2, 4) == ids{2, 1});
  CHECK(list_of(fresh, 2, 4, user_id{1}) == ids{3, 2});
  CHECK(list_of(kindred::without(fresh, odd), 3, 4) == ids{2, 0});
}

TEST_CASE_TEMPLATE("diversified: by maximal marginal relevance, by hand", T, float, double) {
  // Relevances 1, 0.8, 0.6, 0.4, 0 of items 0, 3, 1, 2, 4; 0 and 3 are of a kind, 1 and 4 too. With lambda = 1/2: first 0; then 3 has
  // 0.4 - 0.45, 1 has 0.3, 2 has 0.2; after 1: 2 with 0.2, then 3 with -0.05.
  table_scorer<T> const part{.value = {5, 3, 2, 4, 0}};
  kindred::diversified const shop{part, of_a_kind{}, kindred::mmr{.lambda = 0.5}};
  CHECK(list_of(shop, 4, 5) == ids{0, 1, 2, 3});
  CHECK(list_of(kindred::diversified{part, of_a_kind{}, kindred::mmr{.lambda = 0}}, 5, 5) == ids{0, 3, 1, 2, 4});
  CHECK(list_of(kindred::diversified{part, of_a_kind{}, kindred::mmr{.lambda = 0.5}, 2}, 5, 5) == ids{0, 3});
  CHECK(list_of(kindred::diversified{part, of_a_kind{}, kindred::dpp{.lambda = 0}}, 5, 5) == ids{0, 3, 1, 2, 4});
  CHECK(list_of(kindred::diversified{table_scorer<T>{.value = {1, 1}}, of_a_kind{}}, 5, 2) == ids{0, 1});
  CHECK(list_of(shop, 3, 0) == ids{});
  CHECK(support::says(support::error_of([&] { kindred::diversified(part, of_a_kind{}, kindred::mmr{.lambda = 2}); }),
                      "lambda = 2"));
  CHECK(support::says(support::error_of([&] { kindred::diversified(part, of_a_kind{}, kindred::dpp{}, 0); }),
                      "depth = 0"));
}

TEST_CASE_TEMPLATE("diversified: the fast greedy determinant is the slow one", T, float, double) {
  constexpr index_t items = 24, columns = 8;
  kindred::random_stream random(9, 0);
  std::vector<T> vectors(items * columns), relevance(items);
  for (T& x : vectors) x = static_cast<T>(kindred::normal(random));
  for (index_t i = 0; i != items; ++i) relevance[i] = static_cast<T>(kindred::unit(random));
  kindred::alike_by_vectors<T> const alike{{kindred::unchecked, vectors.data(), items, columns, columns}};
  kindred::dpp const how{.lambda = 0.4};
  kindred::diversified const shop{table_scorer<T>{.value = relevance}, alike, how};
  auto const list = list_of(shop, 6, items);
  REQUIRE(list.size() == 6);
  T const low = *std::min_element(relevance.begin(), relevance.end());
  T const high = *std::max_element(relevance.begin(), relevance.end());
  ids picked;
  for (index_t const next : list) {
    auto const gain = [&](index_t i) {
      auto with = picked;
      with.push_back(i);
      std::vector<std::vector<long double>> m(with.size(), std::vector<long double>(with.size()));
      for (std::size_t a = 0; a != with.size(); ++a)
        for (std::size_t b = 0; b != with.size(); ++b)
          m[a][b] = a == b ? 1 : static_cast<long double>(alike(item_id{with[a]}, item_id{with[b]}));
      long double sum = 0.4L * log_det(m);
      for (index_t const j : with) sum += 0.6L * static_cast<long double>((relevance[j] - low) / (high - low));
      return sum;
    };
    for (index_t i = 0; i != items; ++i)
      if (std::find(picked.begin(), picked.end(), i) == picked.end()) CHECK(gain(next) >= gain(i) - 1e-4L);
    picked.push_back(next);
  }
  CHECK(alike(item_id{1}, item_id{1}) == doctest::Approx(1));
  CHECK(alike(item_id{1}, item_id{99}) == 0);
  // Vectors of 8 columns span 8 dimensions: the rest of a longer list is by relevance, and complete.
  auto all = list_of(shop, items, items);
  std::sort(all.begin(), all.end());
  for (index_t i = 0; i != items; ++i) CHECK(all[i] == i);
}

TEST_CASE("pipe: reads in the order in which it works, and is the nested form") {
  auto const data = support::ratings_of<double>({{0, 4, 1}});
  table_scorer<double> const taste{.value = {5, 3, 2, 4, 9}};
  kindred::item_worth<double> const margin({0, 0, 2.5});
  using namespace kindred;
  auto const shop =
      taste | boost(margin, 1.0) | without(seen_in(data)) | diversify(of_a_kind{}, mmr{.lambda = 0.5}) | top(3);
  auto const nested =
      diversified(kindred::without(boosted(taste, margin, 1.0), seen_in(data)), of_a_kind{}, mmr{.lambda = 0.5});
  auto const list = shop(user_id{0}, all_items{5});
  auto const expected = list_of(nested, 3, 5);
  REQUIRE(list.size() == 3);
  for (std::size_t k = 0; k != 3; ++k) CHECK(to_index(list[k].item) == expected[k]);
  CHECK(expected == ids{0, 2, 1});
  static_assert(std::same_as<std::remove_cvref_t<decltype(shop.part())>, std::remove_cvref_t<decltype(nested)>>);
}
