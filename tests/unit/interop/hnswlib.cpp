// SPDX-License-Identifier: BSL-1.0
// Nothing in it starts a thread, and the thread sanitizer takes minutes over it.
#if __has_include(<hnswlib/hnswlib.h>) && !defined(__SANITIZE_THREAD__)
#include <kindred/interop/hnswlib.hpp>

#include "../../support/error_of.hpp"
#include "../../support/sanitized.hpp"

#include <kindred/metric/cosine_distance.hpp>
#include <kindred/metric/dot_product.hpp>
#include <kindred/metric/euclidean.hpp>
#include <kindred/metric/manhattan.hpp>
#include <kindred/neighbor/brute_force.hpp>
#include <kindred/neighbor/neighbor_search.hpp>
#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

namespace {

using kindred::dense_row;
using kindred::hnsw_search;
using kindred::index_t;
using kindred::neighbor;

static_assert(kindred::neighbor_search<hnsw_search<float, kindred::euclidean>, dense_row<float>>);

template <class T>
struct random_rows {
  index_t columns;
  std::vector<T> value;

  random_rows(index_t rows, index_t width, std::uint64_t seed) : columns(width) {
    kindred::random_stream random(seed, 0);
    for (std::size_t k = 0; k != std::size_t{rows} * width; ++k)
      value.push_back(static_cast<T>(kindred::normal(random)));
  }
  kindred::matrix_view<T> view() const {
    return {kindred::unchecked, value.data(), static_cast<index_t>(value.size() / columns), columns, columns};
  }
};

// The share of the ten closest rows that are found, where each value that is found has to be right.
template <class T, class M>
double recall(M const& how, kindred::hnsw_settings const& settings = {}) {
  random_rows<T> const rows(1000, 16, 1);
  random_rows<T> const queries(50, 16, 2);
  hnsw_search<T, M> const search(rows.view(), how, settings);
  kindred::brute_force<T, M> const exact(rows.view(), how);
  std::size_t found = 0;
  for (index_t q = 0; q != 50; ++q) {
    auto const query = queries.view().row(q);
    std::vector<neighbor<T>> some(10), all(10);
    REQUIRE(search.search(query, some) == 10);
    REQUIRE(exact.search(query, all) == 10);
    for (auto const& one : some) {
      CHECK(one.value == how(query, rows.view().row(one.id)));
      for (auto const& other : all) found += one == other;
    }
  }
  return static_cast<double>(found) / 500;
}

}  // namespace

TEST_CASE_TEMPLATE("hnsw_search: finds nearly what the exact search finds", T, float, double) {
  if (support::sanitized && std::same_as<T, double>) return;  // half a minute each
  kindred::hnsw_settings const wide{.build_width = 100, .search_width = 200};
  CHECK(recall<T>(kindred::euclidean{}, wide) >= 0.98);
  CHECK(recall<T>(kindred::manhattan{}, wide) >= 0.98);
  CHECK(recall<T>(kindred::cosine_distance{}, wide) >= 0.98);
  CHECK(recall<T>(kindred::dot_product{}, wide) >= 0.9);  // not a distance: the graph knows fewer shortcuts
  CHECK(recall<T>(kindred::euclidean{}, {.links = 4, .build_width = 8, .search_width = 10}) < 1);
}

TEST_CASE_TEMPLATE("hnsw_search: the same rows and seed make the same graph", T, float, double) {
  random_rows<T> const rows(400, 8, 1);
  hnsw_search<T, kindred::euclidean> const once(rows.view(), {}, {.search_width = 8});
  hnsw_search<T, kindred::euclidean> again(rows.view(), {}, {.search_width = 8});
  auto const moved = std::move(again);
  for (index_t q = 0; q != 30; ++q) {
    std::vector<neighbor<T>> a(8), b(8);
    CHECK(once.search(rows.view().row(q), a) == moved.search(rows.view().row(q), b));
    CHECK(a == b);
  }
}

TEST_CASE_TEMPLATE("hnsw_search: few rows, none, and duplicates only", T, float, double) {
  std::vector<T> const value(40, T{1});
  auto const of = [&](index_t rows) { return kindred::matrix_view<T>(kindred::unchecked, value.data(), rows, 2, 2); };
  std::vector<neighbor<T>> out(3);
  dense_row<T> const query(value.data(), 2);
  hnsw_search<T, kindred::euclidean> const none(of(0));
  CHECK(none.search(query, out) == 0);
  hnsw_search<T, kindred::euclidean> const one(of(1));
  CHECK(one.search(query, out) == 1);
  CHECK(out[0] == neighbor<T>{0, 0});
  CHECK(one.search(query, std::span(out).first(0)) == 0);
  hnsw_search<T, kindred::euclidean> const same(of(20));
  CHECK(same.size() == 20);
  REQUIRE(same.search(query, out) == 3);
  CHECK(out[0].value == 0);
  CHECK(out[0].id < out[1].id);
}

TEST_CASE_TEMPLATE("hnsw_search: refuses numbers that are not finite, and settings", T, float, double) {
  random_rows<T> rows(10, 3, 1);
  hnsw_search<T, kindred::euclidean> const search(rows.view());
  T const nan = std::numeric_limits<T>::quiet_NaN();
  std::vector<T> const query = {0, nan, 0};
  std::vector<neighbor<T>> out(3);
  CHECK(search.search(query, out) == 0);
  auto const refused = [&](kindred::hnsw_settings const& settings) {
    return support::error_of([&] { static_cast<void>(hnsw_search<T, kindred::euclidean>(rows.view(), {}, settings)); });
  };
  CHECK(support::says(refused({.links = 1}), "hnsw: links = 1"));
  CHECK(support::says(refused({.build_width = 0}), "hnsw: build_width = 0"));
  CHECK(support::says(refused({.search_width = 0}), "hnsw: search_width = 0"));
  rows.value[5] = nan;
  CHECK(support::says(refused({}), "hnsw: column 2 of row 1 is not a finite number"));
}
#endif
