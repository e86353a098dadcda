// SPDX-License-Identifier: BSL-1.0
#include <kindred/neighbor/neighbor_source.hpp>

#include "../../support/error_of.hpp"
#include "../../support/ratings.hpp"

#include <kindred/baseline/constant.hpp>
#include <kindred/neighbor/implicit_item_knn.hpp>
#include <kindred/neighbor/item_knn.hpp>
#include <kindred/neighbor/user_knn.hpp>

#include <doctest/doctest.h>

#include <array>
#include <utility>
#include <vector>

using kindred::given_neighbors;
using kindred::index_t;
using kindred::item_id;
using kindred::neighbor;
using kindred::neighbor_lists;
using kindred::user_id;

static_assert(kindred::neighbor_source<given_neighbors<float>, float, user_id>);
static_assert(!kindred::neighbor_source<given_neighbors<float>, double, user_id>);
static_assert(!kindred::neighbor_source<kindred::cosine, float, user_id>);

namespace {

template <class T>
neighbor_lists<T> lists_of(std::vector<std::vector<neighbor<T>>> const& rows) {
  std::vector<kindred::offset_t> offset{0};
  std::vector<neighbor<T>> entry;
  for (auto const& row : rows) {
    entry.insert(entry.end(), row.begin(), row.end());
    offset.push_back(entry.size());
  }
  return {std::move(offset), std::move(entry)};
}

// Item 2, which nobody rated, is like items 0 and 1.
template <class T>
kindred::ratings<T> two_rated() {
  return support::ratings_of<T>({{0, 0, 5}, {0, 1, 2}, {1, 1, 4}}, {3, 3});
}
template <class T>
neighbor_lists<T> from_content() {
  return lists_of<T>({{{1, T{0.5}}}, {{0, T{0.5}}}, {{0, T{0.75}}, {1, T{0.25}}}});
}

}  // namespace

TEST_CASE_TEMPLATE("neighbor_source: an item that nobody rated is predicted by what is known to be near", T, float,
                   double) {
  kindred::item_knn<given_neighbors<T>, kindred::constant> how{.similarity = {from_content<T>()},
                                                               .aggregate = {.damping = 0}};
  auto const model = kindred::fit(how, two_rated<T>()).model;
  CHECK(model.knows(item_id{2}));
  CHECK(kindred::score_of(model, user_id{0}, item_id{2}) == doctest::Approx(0.75 * 5 + 0.25 * 2));
  std::array<kindred::evidence<T>, 3> out;
  CHECK(model.explain(user_id{0}, item_id{2}, out).count == 2);
  how.candidates = 1;  // lists are cut
  CHECK(kindred::score_of(kindred::fit(how, two_rated<T>()).model, user_id{0}, item_id{2}) == 5);

  // Of clicks, what a user has speaks for what is near to it.
  given_neighbors<T> const spoken_for{lists_of<T>({{{2, T{0.75}}}, {{2, T{0.25}}}, {}})};
  auto const clicks =
      kindred::fit(kindred::implicit_item_knn<given_neighbors<T>>{.similarity = spoken_for}, two_rated<T>()).model;
  CHECK(clicks.knows(item_id{2}));
  CHECK(kindred::score_of(clicks, user_id{0}, item_id{2}) == 1);
  CHECK(kindred::score_of(clicks, user_id{1}, item_id{2}) == T{0.25});
}

TEST_CASE("neighbor_source: a user without ratings has friends") {
  kindred::user_knn<given_neighbors<float>, kindred::constant> const how{
      .similarity = {lists_of<float>({{}, {}, {{0, 1.0f}, {1, 1.0f}}})}, .aggregate = {.damping = 0}};
  auto const model = kindred::fit(how, two_rated<float>()).model;
  CHECK(model.knows(user_id{2}));
  CHECK(kindred::score_of(model, user_id{2}, item_id{1}) == 3);
  CHECK(kindred::score_of(model, user_id{2}, item_id{0}) == 5);
}

TEST_CASE_TEMPLATE("check_neighbors: lists that are none", T, float, double) {
  auto const refused = [](std::vector<std::vector<neighbor<T>>> const& rows, kindred::error_kind kind,
                          char const* words) {
    auto const e = support::error_of([&] { kindred::check_neighbors(lists_of<T>(rows), 3); });
    CHECK(e.kind() == kind);
    CHECK(support::says(e, words));
  };
  kindred::check_neighbors(from_content<T>(), 3);
  refused({{}, {}}, kindred::error_kind::shape, "lists for 2 rows, the data have 3");
  refused({{}, {{3, 1}}, {}}, kindred::error_kind::data, "row 1, 3 with 1, is no row of the data");
  refused({{}, {{1, 1}}, {}}, kindred::error_kind::data, "is the row itself");
  refused({{{1, 0}}, {}, {}}, kindred::error_kind::data, "above zero");
  refused({{{1, std::numeric_limits<T>::quiet_NaN()}}, {}, {}}, kindred::error_kind::data, "finite");
  refused({{{1, 1}, {2, 2}}, {}, {}}, kindred::error_kind::data, "neighbor 1 of row 0, 2 with 2, is out of order");
  refused({{{2, 1}, {1, 1}}, {}, {}}, kindred::error_kind::data, "ties by ascending id");
  refused({{{1, 1}, {1, 1}}, {}, {}}, kindred::error_kind::data, "out of order");
}
