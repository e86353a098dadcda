// SPDX-License-Identifier: BSL-1.0
#include <kindred/neighbor/vp_tree.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"
#include "../../support/sparse_rows.hpp"
#include "nearest_twin.hpp"

#include <kindred/interop/thread_pool.hpp>
#include <kindred/metric/angular.hpp>
#include <kindred/metric/canberra.hpp>
#include <kindred/metric/euclidean.hpp>
#include <kindred/metric/haversine.hpp>
#include <kindred/metric/hellinger.hpp>
#include <kindred/metric/jensen_shannon.hpp>
#include <kindred/metric/minkowski.hpp>
#include <kindred/metric/squared_euclidean.hpp>
#include <kindred/neighbor/neighbor_search.hpp>
#include <kindred/neighbor/search_each.hpp>
#include <kindred/testing/archetypes/compare.hpp>
#include <kindred/view/csr_view.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace {

using kindred::dense_row;
using kindred::index_t;
using kindred::neighbor;
using kindred::vp_tree;

template <class T>
using dense_tree = vp_tree<kindred::matrix_view<T>, kindred::euclidean>;
static_assert(kindred::neighbor_search<dense_tree<float>, dense_row<float>>);
template <class M>
constexpr bool fits = requires(kindred::matrix_view<float> rows, M how) { vp_tree(rows, how); };
static_assert(fits<kindred::angular> && !fits<kindred::squared_euclidean>);

template <class T, class M>
void check_tree(M const& how) {
  for (index_t const columns : {1u, 5u}) {
    auto const rows = hard_rows<T>(150, columns, 1);
    auto const queries = hard_rows<T>(10, columns, 2);
    vp_tree const tree(rows.view(), how);
    CAPTURE(columns);
    CHECK(wrong_answers(tree, rows.view(), how, queries.view(), 5) == 0);
    CHECK(wrong_answers(tree, rows.view(), how, rows.view(), 1, 12) == 0);
  }
}

// Words and the number of letters to change, add or drop between them (Levenshtein): rows and a metric of somebody's own.
struct words {
  std::vector<std::string> const* word;

  index_t rows() const { return static_cast<index_t>(word->size()); }
  std::string_view row(index_t r) const { return (*word)[r]; }
};
struct edits {
  static constexpr kindred::comparison_traits traits{
      .direction = kindred::sense::smaller_is_closer, .symmetric = true, .triangle = true, .lowest = 0};

  float operator()(std::string_view a, std::string_view b) const noexcept {
    std::size_t cost[16] = {};
    for (std::size_t j = 0; j <= b.size(); ++j) cost[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
      std::size_t diagonal = std::exchange(cost[0], i);
      for (std::size_t j = 1; j <= b.size(); ++j) {
        std::size_t const kept = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
        diagonal = std::exchange(cost[j], std::min({kept, cost[j] + 1, cost[j - 1] + 1}));
      }
    }
    return static_cast<float>(cost[b.size()]);
  }
};

// Jaccard's distance of the columns of two sparse rows: a metric, without regard to values.
struct apart {
  static constexpr kindred::comparison_traits traits{
      .direction = kindred::sense::smaller_is_closer, .symmetric = true, .triangle = true, .lowest = 0, .highest = 1};

  template <kindred::real T>
  T operator()(kindred::sparse_row<T> a, kindred::sparse_row<T> b) const noexcept {
    std::size_t both = 0;
    for (index_t const column : a.index) both += kindred::position_of(b.index, column) != b.size();
    std::size_t const any = a.size() + b.size() - both;
    return any == 0 ? T{0} : static_cast<T>(any - both) / static_cast<T>(any);
  }
};

}  // namespace

TEST_CASE_TEMPLATE("vp_tree: finds what the loop finds", T, float, double) {
  check_tree<T>(kindred::euclidean{});
  check_tree<T>(kindred::canberra{});
  check_tree<T>(kindred::hellinger{});
  check_tree<T>(kindred::jensen_shannon{});
  check_tree<T>(kindred::angular{});
  check_tree<T>(kindred::testing::metric_archetype<T>(0));
}

TEST_CASE_TEMPLATE("vp_tree: places on a sphere", T, float, double) {
  owned_rows<T> places{2, {}};
  kindred::random_stream random(1, 1);
  for (int k = 0; k != 300; ++k) {
    places.value.push_back(static_cast<T>(180 * kindred::unit(random) - 90));
    places.value.push_back(static_cast<T>(360 * kindred::unit(random) - 180));
  }
  kindred::haversine const how{.unit = kindred::angle_unit::degrees, .radius = 6371.0088};
  vp_tree const tree(places.view(), how);
  CHECK(wrong_answers(tree, places.view(), how, places.view(), 6, 20) == 0);
}

TEST_CASE("vp_tree: rows of your own") {
  std::vector<std::string> dictionary;
  kindred::random_stream random(1, 2);
  for (int k = 0; k != 300; ++k) {
    std::string word;
    for (std::uint32_t letters = 2 + kindred::below(random, 8); letters != 0; --letters)
      word += static_cast<char>('a' + kindred::below(random, 4));
    dictionary.push_back(word);
  }
  words const all{&dictionary};
  vp_tree const tree(all, edits{});
  static_assert(std::is_same_v<decltype(tree)::value_type, float>);
  for (std::string_view const query : {"abba", "dada", "", "ccccccccc"})
    CHECK(found_by<float>(tree, query, 9) == loop_search<float>(all, edits{}, query, 9));
}

TEST_CASE_TEMPLATE("vp_tree: sparse rows", T, float, double) {
  std::vector<kindred::offset_t> offset = {0};
  std::vector<index_t> index;
  std::vector<T> value;
  for (std::uint64_t r = 0; r != 200; ++r) {
    auto const row = support::random_row<T>(30, 0.2, r);
    index.insert(index.end(), row.index.begin(), row.index.end());
    value.insert(value.end(), row.value.begin(), row.value.end());
    offset.push_back(index.size());
  }
  kindred::csr_view<T> const rows(kindred::unchecked, offset, index, value, 30);
  vp_tree const tree(rows, apart{});
  for (std::uint64_t q = 0; q != 20; ++q) {
    auto const query = support::random_row<T>(30, 0.2, 1000 + q);
    CHECK(found_by<T>(tree, query.view(), 4) == loop_search<T>(rows, apart{}, query.view(), 4));
  }
}

TEST_CASE_TEMPLATE("vp_tree: few rows, none, and duplicates only", T, float, double) {
  std::vector<T> const origin = {0, 0};
  owned_rows<T> const none{2, {}}, one{2, {3, 4}}, same{2, std::vector<T>(300, T{1})};
  dense_tree<T> const empty(none.view(), {});
  CHECK(empty.size() == 0);
  CHECK(found_by<T>(empty, dense_row<T>(origin), 3).empty());
  dense_tree<T> const single(one.view(), {});
  CHECK(found_by<T>(single, dense_row<T>(origin), 3) == std::vector<neighbor<T>>{{0, 5}});
  CHECK(found_by<T>(single, dense_row<T>(origin), 0).empty());
  dense_tree<T> const alike(same.view(), {});
  CHECK(wrong_answers(alike, same.view(), kindred::euclidean{}, same.view(), 7, 60) == 0);
  CHECK(wrong_answers(alike, same.view(), kindred::euclidean{}, one.view(), 1000) == 0);
}

TEST_CASE_TEMPLATE("vp_tree: names rows without a distance; a query without one is near nothing", T, float, double) {
  auto rows = hard_rows<T>(40, 3, 1);
  dense_tree<T> const tree(rows.view(), {});
  T const nan = std::numeric_limits<T>::quiet_NaN();
  std::vector<T> const query = {0, nan, 0};
  CHECK(found_by<T>(tree, dense_row<T>(query), 3).empty());
  rows.value[3 * 7 + 2] = nan;
  auto e = support::error_of([&] { static_cast<void>(dense_tree<T>(rows.view(), {})); });
  CHECK(e.kind() == kindred::error_kind::data);
  CHECK(e.row() == 7);
  CHECK(support::says(e, "vp_tree: the distance from row 7 to row 7 is not a finite number"));
  rows.value[3 * 7 + 2] = (std::numeric_limits<T>::max)();
  e = support::error_of([&] { static_cast<void>(dense_tree<T>(rows.view(), {})); });
  CHECK(support::says(e, "row 7"));
  CHECK_THROWS_AS(static_cast<void>(vp_tree(rows.view(), kindred::minkowski{.p = 0})), kindred::error);
}

TEST_CASE_TEMPLATE("vp_tree: the same lists on any executor", T, float, double) {
  auto const rows = hard_rows<T>(4500, 3, 4);  // halves of their own, and several parts below
  auto const queries = hard_rows<T>(70, 3, 5);
  kindred::sequential plain;
  support::reversed backwards;
  kindred::thread_pool pool(3);
  dense_tree<T> const tree(rows.view(), {});
  auto const lists = kindred::search_each(tree, queries.view(), 8, plain);
  for (index_t q = 0; q != 2; ++q) {
    auto const of = lists.of(q);
    CHECK(std::vector<neighbor<T>>(of.begin(), of.end()) ==
          loop_search<T>(rows.view(), kindred::euclidean{}, queries.row(q), 8));
  }
  CHECK(lists == kindred::search_each(dense_tree<T>(rows.view(), {}, backwards), queries.view(), 8, backwards));
  CHECK(lists == kindred::search_each(dense_tree<T>(rows.view(), {}, pool), queries.view(), 8, pool));
}
