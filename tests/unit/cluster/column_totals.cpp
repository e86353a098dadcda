// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/column_totals.hpp>

#include "../../support/clouds.hpp"
#include "../../support/error_of.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <vector>

using kindred::detail::totals_of;

TEST_CASE_TEMPLATE("column_totals: by hand, of dense and of sparse rows", T, float, double) {
  support::table<T> const t{2, 2, {1, -2, 0, 4}};
  support::sparse_table<T> const s(t);
  std::vector<T> const weight{1, 3};
  std::vector<T> squared(2);
  kindred::sequential ex;
  auto const check = [&](auto const& is) {
    CHECK(is.weight == 4);
    CHECK(is.sum == std::vector<double>{1, 10});
    CHECK(is.square == std::vector<double>{1, 52});
    CHECK(is.largest == std::vector<double>{1, 12});
    CHECK(is.squares() == 53);
    CHECK(is.spread() == doctest::Approx(1 - 0.25 + 52 - 25));
    CHECK(squared == std::vector<T>{5, 16});
  };
  check(totals_of<T>(t.view(), weight, squared, ex));
  check(totals_of<T>(s.view(), weight, squared, ex));
}

TEST_CASE_TEMPLATE("column_totals: numbers and weights that are none", T, float, double) {
  kindred::sequential ex;
  std::vector<T> squared(2);
  auto const refused = [&](support::table<T> const& t, std::vector<T> const& weight, char const* what) {
    auto const e = support::error_of([&] { static_cast<void>(totals_of<T>(t.view(), weight, squared, ex)); });
    CHECK(e.kind() == kindred::error_kind::data);
    CHECK(support::says(e, what));
  };
  refused({2, 1, {1, std::numeric_limits<T>::quiet_NaN()}}, {}, "number 0 of row 1");
  refused({2, 1, {1, (std::numeric_limits<T>::max)()}}, {}, "squares overflow");
  refused({2, 1, {1, 2}}, {1, -1}, "weight of row 1");
}
