// SPDX-License-Identifier: BSL-1.0
#include <kindred/neighbor/brute_force.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "nearest_twin.hpp"

#include <kindred/interop/thread_pool.hpp>
#include <kindred/metric/angular.hpp>
#include <kindred/metric/bray_curtis.hpp>
#include <kindred/metric/chebyshev.hpp>
#include <kindred/metric/cosine_distance.hpp>
#include <kindred/metric/dot_product.hpp>
#include <kindred/metric/euclidean.hpp>
#include <kindred/metric/jensen_shannon.hpp>
#include <kindred/metric/manhattan.hpp>
#include <kindred/metric/minkowski.hpp>
#include <kindred/neighbor/neighbor_search.hpp>
#include <kindred/testing/archetypes/compare.hpp>
#include <kindred/view/as_comparison.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <limits>
#include <vector>

namespace {

using kindred::brute_force;
using kindred::dense_row;
using kindred::index_t;
using kindred::neighbor;

static_assert(kindred::neighbor_search<brute_force<float, kindred::euclidean>, dense_row<float>>);
static_assert(kindred::neighbor_search<brute_force<double, kindred::dot_product>, dense_row<double>>);
static_assert(!kindred::neighbor_search<brute_force<float, kindred::euclidean>, dense_row<double>>);

// Monotone, with a finish that is flat from 3 on: ties between rows whose sums differ, and no sum_at.
struct capped {
  static constexpr kindred::comparison_traits traits{
      .direction = kindred::sense::smaller_is_closer, .symmetric = true, .triangle = true, .lowest = 0, .highest = 3};
  static constexpr bool monotone = true;

  template <class V>
  V step(V sum, V a, V b) const noexcept {
    return sum + kindred::math::abs(V(a - b));
  }
  template <kindred::real T>
  T finish(T sum) const noexcept {
    return kindred::math::smaller(sum, T{3});
  }
  template <kindred::real T>
  T operator()(dense_row<T> a, dense_row<T> b) const noexcept {
    return kindred::distance_of(*this, a, b);
  }
};

template <class T, class M>
void check_search(M const& how) {
  for (index_t const columns : {3u, 33u}) {
    auto const rows = hard_rows<T>(100, columns, 1);
    auto const queries = hard_rows<T>(8, columns, 2);
    brute_force<T, M> const search(rows.view(), how);
    CAPTURE(columns);
    for (std::size_t const keep : {1u, 10u}) CHECK(wrong_answers(search, rows.view(), how, queries.view(), keep) == 0);
    CHECK(wrong_answers(search, rows.view(), how, rows.view(), 4, 8) == 0);  // rows that are there
  }
}

}  // namespace

TEST_CASE_TEMPLATE("brute_force: finds what the loop finds, by products", T, float, double) {
  check_search<T>(kindred::euclidean{});
  check_search<T>(kindred::cosine_distance{});
  check_search<T>(kindred::angular{});
  check_search<T>(kindred::dot_product{});
}

TEST_CASE_TEMPLATE("brute_force: finds what the loop finds, by steps", T, float, double) {
  check_search<T>(kindred::manhattan{});
  check_search<T>(kindred::chebyshev{});
  check_search<T>(kindred::jensen_shannon{});
  check_search<T>(kindred::minkowski{.p = 1.5});
  check_search<T>(kindred::minkowski{.p = 20});
  check_search<T>(capped{});
}

TEST_CASE_TEMPLATE("brute_force: finds what the loop finds, for any comparison", T, float, double) {
  check_search<T>(kindred::bray_curtis{});
  check_search<T>(kindred::testing::metric_archetype<T>(0));
  check_search<T>(kindred::as_similarity([](dense_row<T> a, dense_row<T> b) { return a[0] > b[0] ? 1 : 0; }));
}

TEST_CASE_TEMPLATE("brute_force: numbers of any size", T, float, double) {
  for (T const scale :
       {std::numeric_limits<T>::denorm_min() * 8, (std::numeric_limits<T>::min)(), T{1e-20f}, T{1e15f}}) {
    auto rows = hard_rows<T>(70, 5, 3);
    for (T& x : rows.value) x *= scale;
    CAPTURE(scale);
    brute_force<T, kindred::euclidean> const by_line(rows.view());
    CHECK(wrong_answers(by_line, rows.view(), kindred::euclidean{}, rows.view(), 5, 8) == 0);
    brute_force<T, kindred::angular> const by_angle(rows.view());
    CHECK(wrong_answers(by_angle, rows.view(), kindred::angular{}, rows.view(), 5, 8) == 0);
    brute_force<T, kindred::dot_product> const by_product(rows.view());
    CHECK(wrong_answers(by_product, rows.view(), kindred::dot_product{}, rows.view(), 5, 8) == 0);
    brute_force<T, kindred::manhattan> const by_blocks(rows.view());
    CHECK(wrong_answers(by_blocks, rows.view(), kindred::manhattan{}, rows.view(), 5, 8) == 0);
  }
}

TEST_CASE_TEMPLATE("brute_force: what overflows is left out", T, float, double) {
  T const huge = (std::numeric_limits<T>::max)() / 2;
  owned_rows<T> const rows{2, {0, 0, huge, 0, 1, 0, huge, huge}};
  brute_force<T, kindred::euclidean> const search(rows.view());
  CHECK(found_by<T>(search, rows.row(0), 4) == std::vector<neighbor<T>>{{0, 0}, {2, 1}});
  auto const beside = found_by<T>(search, rows.row(3), 4);
  REQUIRE(beside.size() == 1);  // row 1 is as far away as it overflows
  CHECK(beside[0] == neighbor<T>{3, 0});
}

TEST_CASE_TEMPLATE("brute_force: few rows, none, and duplicates only", T, float, double) {
  owned_rows<T> const one{2, {3, 4}};
  brute_force<T, kindred::euclidean> const search(one.view());
  std::vector<T> const origin = {0, 0};
  CHECK(search.size() == 1);
  CHECK(found_by<T>(search, dense_row<T>(origin), 3) == std::vector<neighbor<T>>{{0, 5}});
  CHECK(found_by<T>(search, dense_row<T>(origin), 0).empty());
  owned_rows<T> const none{2, {}};
  brute_force<T, kindred::euclidean> const empty(none.view());
  CHECK(empty.size() == 0);
  CHECK(found_by<T>(empty, dense_row<T>(origin), 3).empty());
  owned_rows<T> const same{2, std::vector<T>(200, T{1})};
  brute_force<T, kindred::euclidean> const alike(same.view());
  auto const found = found_by<T>(alike, same.row(50), 5);
  REQUIRE(found.size() == 5);
  for (index_t k = 0; k != 5; ++k) CHECK(found[k] == neighbor<T>{k, 0});
}

TEST_CASE_TEMPLATE("brute_force: numbers that are not finite", T, float, double) {
  auto rows = hard_rows<T>(40, 3, 1);
  brute_force<T, kindred::euclidean> const search(rows.view());
  for (T const bad : {std::numeric_limits<T>::quiet_NaN(), std::numeric_limits<T>::infinity()}) {
    std::vector<T> const query = {0, bad, 0};
    CHECK(found_by<T>(search, dense_row<T>(query), 3).empty());
    auto broken = rows;
    broken.value[3 * 7 + 2] = bad;
    auto const e = support::error_of([&] { static_cast<void>(brute_force<T, kindred::euclidean>(broken.view())); });
    CHECK(e.kind() == kindred::error_kind::data);
    CHECK(e.row() == 7);
    CHECK(support::says(e, "brute_force: column 2 of row 7 is not a finite number"));
  }
}

TEST_CASE("brute_force: settings of the distance are checked") {
  auto const rows = hard_rows<float>(4, 3, 1);
  auto const e = support::error_of(
      [&] { static_cast<void>(brute_force<float, kindred::minkowski>(rows.view(), kindred::minkowski{.p = 0})); });
  CHECK(e.kind() == kindred::error_kind::setting);
}

TEST_CASE_TEMPLATE("brute_force: many queries are answered like each alone, in any order of tasks", T, float, double) {
  auto const rows = hard_rows<T>(70, 9, 4);
  auto queries = hard_rows<T>(140, 9, 5);
  queries.value[9 * 11] = std::numeric_limits<T>::quiet_NaN();
  auto const check = [&](auto const& how) {
    brute_force<T, std::remove_cvref_t<decltype(how)>> const search(rows.view(), how);
    kindred::sequential plain;
    auto const lists = search.search_each(queries.view(), 7, plain);
    REQUIRE(lists.rows() == 140);
    for (index_t q = 0; q != 140; ++q) {
      auto const alone = found_by<T>(search, queries.row(q), 7);
      auto const among = lists.of(q);
      CHECK(std::vector<neighbor<T>>(among.begin(), among.end()) == alone);
      CHECK(alone.size() == (q == 11 ? 0 : 7));
    }
    support::reversed backwards;
    support::shuffled mixed;
    kindred::thread_pool pool(3);
    CHECK(lists == search.search_each(queries.view(), 7, backwards));
    CHECK(lists == search.search_each(queries.view(), 7, mixed));
    CHECK(lists == search.search_each(queries.view(), 7, pool));
    CHECK(search.search_each(queries.view(), 0, plain).size() == 0);
    CHECK(search.search_each(queries.view(), 1000, plain).size() == 139 * 70);
  };
  check(kindred::euclidean{});
  check(kindred::manhattan{});
}

TEST_CASE_TEMPLATE("brute_force: all pairs are all others", T, float, double) {
  auto const rows = hard_rows<T>(70, 4, 6);
  brute_force<T, kindred::euclidean> const search(rows.view());
  kindred::sequential plain;
  auto const lists = search.search_all(6, plain);
  REQUIRE(lists.rows() == 70);
  for (index_t r = 0; r != 70; ++r) {
    auto const of = lists.of(r);
    CHECK(std::vector<neighbor<T>>(of.begin(), of.end()) ==
          loop_search<T>(rows.view(), kindred::euclidean{}, rows.row(r), 6, r));
  }
  kindred::thread_pool pool(2);
  CHECK(lists == search.search_all(6, pool));
}

TEST_CASE("brute_force: queries of another width are refused") {
  auto const rows = hard_rows<float>(10, 4, 1);
  auto const queries = hard_rows<float>(10, 3, 1);
  brute_force<float, kindred::euclidean> const search(rows.view());
  kindred::sequential plain;
  auto const e = support::error_of([&] { static_cast<void>(search.search_each(queries.view(), 2, plain)); });
  CHECK(e.kind() == kindred::error_kind::shape);
  CHECK(support::says(e, "queries have 3 columns, and the rows 4"));
}

TEST_CASE("brute_force: copies are independent") {
  auto const rows = hard_rows<float>(50, 4, 1);
  std::vector<brute_force<float, kindred::euclidean>> copies;
  {
    brute_force<float, kindred::euclidean> const search(rows.view());
    copies.push_back(search);
  }
  CHECK(wrong_answers(copies[0], rows.view(), kindred::euclidean{}, rows.view(), 3) == 0);
}
