// SPDX-License-Identifier: BSL-1.0
#include <kindred/linear/hashed_row.hpp>

#include "../../support/error_of.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <set>
#include <string>

TEST_CASE_TEMPLATE("hashed_row: the same record is the same row, whatever came before and in whatever order", T, float,
                   double) {
  kindred::hashed_row<T> one({.bits = 20, .pairs = true});
  one.category(0, "phone");
  one.category(1, 42);
  one.number(2, T{3.5});
  auto const row = one.row();
  CHECK(row.size() == 6);  // three, and three pairs
  for (std::size_t k = 1; k != row.size(); ++k) CHECK(row.index[k - 1] < row.index[k]);
  for (auto const j : row.index) CHECK(j < one.columns());

  kindred::hashed_row<T> other({.bits = 20, .pairs = true});
  other.category(5, "forgotten");
  other.clear();
  other.number(2, T{3.5});
  other.category(1, 42);
  other.category(0, "phone");
  auto const again = other.row();
  REQUIRE(again.size() == row.size());
  for (std::size_t k = 0; k != row.size(); ++k) {
    CHECK(again.index[k] == row.index[k]);
    CHECK(again.value[k] == row.value[k]);
  }
}

TEST_CASE("hashed_row: fields, values and seeds make features different") {
  std::set<kindred::index_t> columns;
  auto const column = [](kindred::hashing how, auto field, auto value) {
    kindred::hashed_row<float> row(how);
    row.category(field, value);
    return row.row().index[0];
  };
  kindred::hashing const how{.bits = 31};
  columns.insert(column(how, 0u, "a"));
  columns.insert(column(how, 1u, "a"));
  columns.insert(column(how, 0u, "b"));
  columns.insert(column(how, 0u, "aaaaaaaa"));
  columns.insert(column(how, 0u, "aaaaaaaaa"));
  columns.insert(column(how, 0u, ""));
  columns.insert(column(how, 0u, std::uint64_t{97}));
  columns.insert(column({.bits = 31, .seed = 1}, 0u, "a"));
  CHECK(columns.size() == 8);
}

TEST_CASE("hashed_row: what meets in a column is added up, with signs that cancel on average") {
  kindred::hashed_row<double> plain({.bits = 1, .signs = false});
  kindred::hashed_row<double> even({.bits = 1});
  for (std::uint64_t k = 0; k != 1000; ++k) {
    plain.category(0, k);
    even.category(0, k);
  }
  double sum = 0;
  for (double const v : plain.row().value) sum += v;
  CHECK(sum == 1000);
  sum = 0;
  for (double const v : even.row().value) sum += v;
  CHECK(std::abs(sum) < 150);
  CHECK(plain.row().size() == 2);
}

TEST_CASE("hashed_row: an empty row, and a table of no size") {
  kindred::hashed_row<float> row({.pairs = true});
  CHECK(row.row().empty());
  CHECK(support::error_of([] { kindred::hashed_row<float>({.bits = 0}); }).kind() == kindred::error_kind::setting);
  CHECK(support::error_of([] { kindred::hashed_row<float>({.bits = 32}); }).kind() == kindred::error_kind::setting);
}
