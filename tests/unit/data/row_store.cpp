// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/row_store.hpp>

#include "../../support/sparse_rows.hpp"

#include <kindred/data/csr.hpp>
#include <kindred/run/random.hpp>
#include <kindred/view/unchecked.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <vector>

using kindred::csr_view;
using kindred::index_t;
using kindred::offset_t;
using kindred::row_store;
using support::owned_row;

namespace {

template <class T>
bool holds(row_store<T> const& store, index_t r, owned_row<T> const& expected) {
  auto const row = store.row(r);
  return std::vector<index_t>(row.index.begin(), row.index.end()) == expected.index &&
         std::vector<T>(row.value.begin(), row.value.end()) == expected.value;
}

}  // namespace

TEST_CASE_TEMPLATE("row_store: begins as a matrix, and rows are replaced", T, float, double) {
  std::array<offset_t, 4> const offset{0, 2, 2, 3};
  std::array<index_t, 3> const index{0, 4, 1};
  std::array<T, 3> const value{1, 2, 3};
  row_store<T> store(csr_view<T>(kindred::unchecked, offset, index, value, 5));
  CHECK(store.rows() == 3);
  CHECK(holds(store, 0, {{0, 4}, {1, 2}}));
  CHECK(holds(store, 1, {}));
  CHECK(holds(store, 2, {{1}, {3}}));
  CHECK(store.row(3).empty());

  store.assign(1, owned_row<T>{{2, 3}, {7, 8}}.view());
  store.assign(0, owned_row<T>{{3}, {9}}.view());
  store.assign(5, owned_row<T>{{0}, {4}}.view());
  CHECK(store.rows() == 6);
  CHECK(holds(store, 0, {{3}, {9}}));
  CHECK(holds(store, 1, {{2, 3}, {7, 8}}));
  CHECK(holds(store, 2, {{1}, {3}}));
  CHECK(holds(store, 3, {}));
  CHECK(holds(store, 5, {{0}, {4}}));
  store.assign(5, {});
  CHECK(holds(store, 5, {}));
}

TEST_CASE_TEMPLATE("row_store: equals rows that were kept one by one, after any replacements", T, float, double) {
  row_store<T> store;
  std::vector<owned_row<T>> kept(20);
  kindred::random_stream random(3, 0);
  for (std::uint64_t turn = 0; turn != 2000; ++turn) {
    index_t const r = kindred::below(random, 20);
    kept[r] = support::random_row<T>(30, kindred::unit(random), turn);
    store.assign(r, kept[r].view());
    if (turn % 50 != 0) continue;
    bool all = true;
    for (index_t k = 0; k != 20; ++k) all = all && holds(store, k, kept[k]);
    CHECK(all);
  }
  row_store<T> other;
  for (index_t k = 0; k != 20; ++k) other.assign(19 - k, kept[19 - k].view());
  CHECK(store == other);
  other.assign(20, {});
  CHECK(store == other);  // an empty row is as good as none
  other.assign(20, owned_row<T>{{0}, {1}}.view());
  CHECK(store != other);
}
