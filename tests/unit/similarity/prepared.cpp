// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/prepared.hpp>

#include "../../support/error_of.hpp"
#include "../../support/ratings.hpp"
#include "../../support/similarity_checks.hpp"

#include <kindred/similarity/cosine.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <type_traits>

namespace {

// Four users and three items; items are the rows.
template <class T>
kindred::ratings<T> small() {
  return support::ratings_of<T>({{0, 0, 5}, {0, 1, 3}, {1, 0, 4}, {1, 2, 2}, {2, 0, 1}, {2, 1, 2}, {3, 2, 4}});
}

// Twice the value of a user, thrice of an item.
struct doubled {
  template <kindred::entity_id Row, kindred::real T>
  kindred::ratings<T> prepare(kindred::ratings<T> const& data) const {
    double const factor = std::is_same_v<Row, kindred::user_id> ? 2 : 3;
    return kindred::revalued<Row>(data, [&](kindred::index_t, kindred::index_t, double v) { return factor * v; });
  }
};
static_assert(kindred::weighting<doubled, float, kindred::user_id> &&
              kindred::weighting<doubled, double, kindred::item_id>);
static_assert(!kindred::weighting<kindred::cosine, float, kindred::user_id>);

}  // namespace

TEST_CASE_TEMPLATE("prepared: what prepare makes, or the data as they are", T, float, double) {
  auto const data = small<T>();
  CHECK(&kindred::prepared<kindred::item_id>(kindred::cosine{}, data) == &data);
  CHECK(kindred::prepared<kindred::user_id>(doubled{}, data).by_user().value()[0] == 10);
  CHECK(kindred::prepared<kindred::item_id>(doubled{}, data).by_item().value()[0] == 15);
}

TEST_CASE_TEMPLATE("prepared: rows, columns and new values of either side", T, float, double) {
  auto const data = small<T>();
  CHECK(kindred::rows_of<kindred::item_id>(data).rows() == 3);
  CHECK(kindred::columns_of<kindred::item_id>(data).rows() == 4);
  CHECK(kindred::rows_of<kindred::user_id>(data).rows() == 4);
  // Row and column are told apart: 100 row + 10 column + value.
  auto const place = [](kindred::index_t row, kindred::index_t column, double v) {
    return 100 * row + 10 * column + v;
  };
  auto const by_item = kindred::revalued<kindred::item_id>(data, place);
  CHECK(by_item.of(kindred::item_id{2}).value[1] == 234);  // user 3
  auto const by_user = kindred::revalued<kindred::user_id>(data, place);
  CHECK(by_user.of(kindred::item_id{2}).value[1] == 324);
  auto const e = support::error_of([&] {
    static_cast<void>(kindred::revalued<kindred::user_id>(
        data, [](kindred::index_t, kindred::index_t, double) { return std::numeric_limits<double>::quiet_NaN(); }));
  });
  CHECK(e.kind() == kindred::error_kind::numeric);
}
