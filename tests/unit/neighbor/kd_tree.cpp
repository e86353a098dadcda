// SPDX-License-Identifier: BSL-1.0
#include <kindred/neighbor/kd_tree.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "nearest_twin.hpp"

#include <kindred/interop/thread_pool.hpp>
#include <kindred/metric/canberra.hpp>
#include <kindred/metric/chebyshev.hpp>
#include <kindred/metric/cosine_distance.hpp>
#include <kindred/metric/euclidean.hpp>
#include <kindred/metric/hellinger.hpp>
#include <kindred/metric/manhattan.hpp>
#include <kindred/metric/minkowski.hpp>
#include <kindred/metric/squared_euclidean.hpp>
#include <kindred/neighbor/neighbor_search.hpp>
#include <kindred/neighbor/search_each.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <limits>
#include <vector>

namespace {

using kindred::dense_row;
using kindred::index_t;
using kindred::kd_tree;
using kindred::neighbor;

static_assert(kindred::neighbor_search<kd_tree<float, kindred::euclidean>, dense_row<float>>);
template <class M>
constexpr bool fits = requires(kindred::matrix_view<float> rows, M how) { kd_tree<float, M>(rows, how); };
static_assert(fits<kindred::squared_euclidean> && !fits<kindred::cosine_distance>);

template <class T, class M>
void check_tree(M const& how) {
  for (index_t const columns : {1u, 3u}) {
    auto const rows = hard_rows<T>(170, columns, 1);
    auto const queries = hard_rows<T>(12, columns, 2);
    kd_tree<T, M> const tree(rows.view(), how);
    CAPTURE(columns);
    CHECK(wrong_answers(tree, rows.view(), how, queries.view(), 5) == 0);
    CHECK(wrong_answers(tree, rows.view(), how, rows.view(), 1, 12) == 0);
  }
}

}  // namespace

TEST_CASE_TEMPLATE("kd_tree: finds what the loop finds", T, float, double) {
  check_tree<T>(kindred::euclidean{});
  check_tree<T>(kindred::squared_euclidean{});
  check_tree<T>(kindred::manhattan{});
  check_tree<T>(kindred::chebyshev{});
  check_tree<T>(kindred::canberra{});
  check_tree<T>(kindred::hellinger{});
  check_tree<T>(kindred::minkowski{.p = 1.5});
}

TEST_CASE_TEMPLATE("kd_tree: few rows, none, duplicates only, and one column of two that varies", T, float, double) {
  std::vector<T> const origin = {0, 0};
  owned_rows<T> const none{2, {}}, one{2, {3, 4}}, same{2, std::vector<T>(300, T{1})};
  kd_tree<T, kindred::euclidean> const empty(none.view());
  CHECK(empty.size() == 0);
  CHECK(found_by<T>(empty, dense_row<T>(origin), 3).empty());
  kd_tree<T, kindred::euclidean> const single(one.view());
  CHECK(found_by<T>(single, dense_row<T>(origin), 3) == std::vector<neighbor<T>>{{0, 5}});
  CHECK(found_by<T>(single, dense_row<T>(origin), 0).empty());
  kd_tree<T, kindred::euclidean> const alike(same.view());
  CHECK(wrong_answers(alike, same.view(), kindred::euclidean{}, same.view(), 7, 60) == 0);
  CHECK(wrong_answers(alike, same.view(), kindred::euclidean{}, one.view(), 1000) == 0);
  owned_rows<T> line{2, {}};
  for (int k = 0; k != 200; ++k) line.value.insert(line.value.end(), {T{7}, static_cast<T>(k % 50)});
  kd_tree<T, kindred::manhattan> const on_line(line.view());
  CHECK(wrong_answers(on_line, line.view(), kindred::manhattan{}, line.view(), 6, 20) == 0);
}

TEST_CASE_TEMPLATE("kd_tree: numbers of any size", T, float, double) {
  T const huge = (std::numeric_limits<T>::max)() / 64;
  for (T const scale : {std::numeric_limits<T>::denorm_min() * 8, (std::numeric_limits<T>::min)(), T{1e15f}, huge}) {
    auto rows = hard_rows<T>(100, 2, 3);
    for (T& x : rows.value) x *= scale;
    CAPTURE(scale);
    kd_tree<T, kindred::manhattan> const by_blocks(rows.view());
    CHECK(wrong_answers(by_blocks, rows.view(), kindred::manhattan{}, rows.view(), 5, 10) == 0);
    if (scale == huge) continue;  // squares overflow
    kd_tree<T, kindred::euclidean> const by_line(rows.view());
    CHECK(wrong_answers(by_line, rows.view(), kindred::euclidean{}, rows.view(), 5, 10) == 0);
  }
}

TEST_CASE_TEMPLATE("kd_tree: refuses what it cannot order, and too many columns", T, float, double) {
  auto rows = hard_rows<T>(40, 3, 1);
  kd_tree<T, kindred::euclidean> const tree(rows.view());
  T const nan = std::numeric_limits<T>::quiet_NaN();
  std::vector<T> const query = {0, nan, 0};
  CHECK(found_by<T>(tree, dense_row<T>(query), 3).empty());
  rows.value[3 * 7 + 2] = nan;
  auto e = support::error_of([&] { static_cast<void>(kd_tree<T, kindred::euclidean>(rows.view())); });
  CHECK(e.kind() == kindred::error_kind::data);
  CHECK(support::says(e, "kd_tree: column 2 of row 7 is not a finite number"));
  auto const wide = hard_rows<T>(3, 33, 1);
  e = support::error_of([&] { static_cast<void>(kd_tree<T, kindred::euclidean>(wide.view())); });
  CHECK(e.kind() == kindred::error_kind::shape);
  CHECK(support::says(e, "kd_tree: 33 columns"));
  kindred::matrix_view<T> const narrow(kindred::unchecked, wide.value.data(), 3, 0, 0);
  e = support::error_of([&] { static_cast<void>(kd_tree<T, kindred::euclidean>(narrow)); });
  CHECK(support::says(e, "kd_tree: 0 columns"));
  CHECK_THROWS_AS((kd_tree<T, kindred::minkowski>(wide.view(), {.p = 0})), kindred::error);
}

TEST_CASE_TEMPLATE("kd_tree: the same lists on any executor, and without the rows it was made of", T, float, double) {
  auto const queries = hard_rows<T>(70, 3, 5);
  kindred::sequential plain;
  std::vector<kd_tree<T, kindred::euclidean>> trees;
  {
    auto const rows = hard_rows<T>(17'000, 3, 4);  // levels of their own, and several parts below
    support::reversed backwards;
    kindred::thread_pool pool(3);
    trees.emplace_back(rows.view(), kindred::euclidean{});
    trees.emplace_back(rows.view(), kindred::euclidean{}, backwards);
    trees.emplace_back(rows.view(), kindred::euclidean{}, pool);
    for (index_t q = 0; q != 2; ++q)
      CHECK(found_by<T>(trees[0], queries.row(q), 8) ==
            loop_search<T>(rows.view(), kindred::euclidean{}, queries.row(q), 8));
  }
  auto const lists = kindred::search_each(trees[0], queries.view(), 8, plain);
  CHECK(lists.rows() == 70);
  CHECK(lists.size() == 560);
  kindred::thread_pool pool(2);
  for (auto const& tree : trees) CHECK(lists == kindred::search_each(tree, queries.view(), 8, pool));
}
