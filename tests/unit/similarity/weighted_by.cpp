// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/weighted_by.hpp>

#include "../../support/error_of.hpp"
#include "../../support/ratings.hpp"
#include "../../support/similarity_checks.hpp"

#include <kindred/similarity/cosine.hpp>
#include <kindred/similarity/jaccard.hpp>
#include <kindred/similarity/pearson.hpp>
#include <kindred/similarity/shrunk.hpp>
#include <kindred/similarity/weighting/column_degree.hpp>
#include <kindred/similarity/weighting/powered.hpp>
#include <kindred/similarity/weighting/tf_idf.hpp>

#include <doctest/doctest.h>

using kindred::weighted_by;

static_assert(kindred::co_rated<weighted_by<kindred::tf_idf, kindred::cosine>>);
static_assert(kindred::scaled_product<weighted_by<kindred::tf_idf, kindred::cosine>>);
static_assert(!kindred::scaled_product<weighted_by<kindred::tf_idf, kindred::jaccard>>);
static_assert(
    kindred::weighting<kindred::shrunk<weighted_by<kindred::tf_idf, kindred::cosine>>, float, kindred::item_id>);

namespace {

// Four users and three items; items are the rows.
template <class T>
kindred::ratings<T> small() {
  return support::ratings_of<T>({{0, 0, 5}, {0, 1, 3}, {1, 0, 4}, {1, 2, 2}, {2, 0, 1}, {2, 1, 2}, {3, 2, 4}});
}

}  // namespace

TEST_CASE_TEMPLATE("weighted_by: the outer weighting first, wrapped or not", T, float, double) {
  // Squares, then halves: 5 becomes 12.5.
  using nested = weighted_by<kindred::powered, weighted_by<kindred::column_degree, kindred::cosine>>;
  nested const how{.weight = {.power = 2}, .from = {.weight = {.power = 1}}};
  auto const seen = kindred::prepared<kindred::item_id>(how, small<T>());
  CHECK(seen.of(kindred::item_id{0}).value[0] == T{12.5f});  // user 0 has two ratings
  kindred::shrunk<nested> const held_back{.from = how};
  CHECK(kindred::prepared<kindred::item_id>(held_back, small<T>()) == seen);
  auto const a = seen.of(kindred::item_id{0});
  auto const b = seen.of(kindred::item_id{1});
  CHECK(how(a, b) == kindred::cosine{}(a, b));
}

TEST_CASE_TEMPLATE("weighted_by: keeps the laws, checks what it is made of", T, float, double) {
  support::check_laws<T>(weighted_by<kindred::tf_idf, kindred::cosine>{});
  support::check_laws<T>(weighted_by<kindred::tf_idf, kindred::pearson>{});
  CHECK(support::error_of([] {
          weighted_by<kindred::powered, kindred::cosine>{.weight = {.power = -1}}.check();
        }).kind() == kindred::error_kind::setting);
}
