// SPDX-License-Identifier: BSL-1.0
#include <kindred/evaluate/variety.hpp>

#include <kindred/evaluate/alike_by_rows.hpp>
#include <kindred/evaluate/measure_lists.hpp>
#include <kindred/similarity/jaccard.hpp>

#include "../../support/judged_lists.hpp"
#include "../../support/ratings.hpp"

#include <doctest/doctest.h>

#include <span>
#include <vector>

using doctest::Approx;
using kindred::item_id;
using kindred::user_id;

namespace {

// How alike items 0 to 3 are.
constexpr double table[4][4] = {{1, 0.5, 0, 0.25}, {0.5, 1, 0, 0}, {0, 0, 1, 1}, {0.25, 0, 1, 1}};
struct by_table {
  double operator()(item_id i, item_id j) const noexcept { return table[to_index(i)][to_index(j)]; }
};

double said(kindred::list_measure auto const& measure, kindred::index_t user,
            std::initializer_list<kindred::index_t> list) {
  auto const items = support::items(list);
  return measure(user_id{user}, std::span<item_id const>(items));
}

}  // namespace

TEST_CASE("intra_list_diversity: by hand") {
  kindred::intra_list_diversity const measure{by_table{}};
  CHECK(said(measure, 0, {0, 1}) == 0.5);
  CHECK(said(measure, 0, {0, 1, 2}) == Approx(1 - 0.5 / 3));
  CHECK(said(measure, 0, {3, 0, 2}) == Approx(1 - 1.25 / 3));
  CHECK(said(measure, 0, {0}) == 0);
  CHECK(said(measure, 0, {}) == 0);
}

TEST_CASE_TEMPLATE("unexpectedness: by hand", T, float, double) {
  auto const history = support::ratings_of<T>({{0, 0, 5}, {0, 1, 1}}, {2, 4});
  kindred::unexpectedness const measure{history, by_table{}};
  // Items 2 and 3 beside 0 and 1: 0, 0, 0.25, 0.
  CHECK(said(measure, 0, {2, 3}) == Approx(1 - 0.25 / 4));
  CHECK(said(measure, 0, {}) == 0);
  CHECK(said(measure, 1, {2, 3}) == 0);
}

TEST_CASE("serendipity: by hand") {
  // User 0 liked 0, 2 and 3. The popular list has 0 and 1: of a list of 0 2 1, item 2 is a surprise that was liked.
  auto const test = support::ratings_of<float>({{0, 0, 5}, {0, 2, 5}, {0, 3, 5}, {1, 0, 5}}, {2, 4});
  kindred::liked_items const liked(test);
  std::vector<std::vector<item_id>> const popular{support::items({0, 1})};
  auto const primitive = kindred::offered_lists::from({user_id{0}}, popular, 2, 4);
  kindred::serendipity const measure{liked, primitive};
  CHECK(said(measure, 0, {0, 2, 1}) == Approx(1.0 / 3));
  CHECK(said(measure, 0, {2, 3}) == 1);
  CHECK(said(measure, 1, {0, 1}) == 0.5);  // nothing was expected of user 1
  CHECK(said(measure, 0, {}) == 0);
}

TEST_CASE_TEMPLATE("alike_by_rows: a similarity of the items' rows", T, float, double) {
  auto const seen = support::ratings_of<T>({{0, 0, 1}, {1, 0, 1}, {1, 1, 1}, {2, 1, 1}}, {3, 3});
  kindred::alike_by_rows const alike{seen.by_item(), kindred::jaccard{}};
  CHECK(alike(item_id{0}, item_id{1}) == doctest::Approx(1.0 / 3));
  CHECK(alike(item_id{0}, item_id{2}) == 0);
  CHECK(alike(item_id{0}, item_id{3}) == 0);
  CHECK(said(kindred::intra_list_diversity(alike), 0, {0, 1}) == Approx(2.0 / 3));
}
