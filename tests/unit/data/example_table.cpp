// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/example_table.hpp>

#include "../../support/error_of.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <vector>

using support::error_of;

TEST_CASE_TEMPLATE("example_table: grows by an example at a time", T, float, double) {
  kindred::example_table<T> table(2);
  std::vector<kindred::index_t> const index{0, 5};
  std::vector<T> const value{1, -2};
  table.add(1, {index, value});
  table.add(0, {});
  CHECK(table.view().weights().empty());
  table.add(0, {index, value}, 3);
  auto const seen = table.view();
  CHECK(seen.size() == 3);
  CHECK(seen.columns() == 6);
  CHECK(seen.row(1).empty());
  CHECK(seen.row(2).value[1] == -2);
  CHECK(seen.weight(0) == 1);
  CHECK(seen.weight(2) == 3);
}

TEST_CASE_TEMPLATE("example_table: refuses a row as a whole", T, float, double) {
  kindred::example_table<T> table;
  std::vector<kindred::index_t> const twice{3, 3};
  std::vector<kindred::index_t> const good{1, 3};
  std::vector<kindred::index_t> const reserved{1, kindred::index_limit};
  std::vector<T> const value{1, 2};
  std::vector<T> const bad{1, std::numeric_limits<T>::infinity()};
  std::vector<T> const one{1};
  CHECK(support::says(error_of([&] { table.add(1, {twice, value}); }), "do not ascend at 3"));
  CHECK(support::says(error_of([&] { table.add(1, {good, bad}); }), "index 3 is not a finite number"));
  CHECK(support::says(error_of([&] { table.add(1, {good, one}); }), "2 indices and 1 values"));
  CHECK(support::says(error_of([&] { table.add(1, {reserved, value}); }), "reserved"));
  CHECK(support::says(error_of([&] { table.add(1, {good, value}, 0); }), "weight 0"));
  CHECK(support::says(error_of([&] { table.add(std::numeric_limits<T>::quiet_NaN(), {}); }), "label"));
  CHECK(table.size() == 0);
  CHECK(table.columns() == 0);
}
