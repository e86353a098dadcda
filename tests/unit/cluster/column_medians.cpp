// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/column_medians.hpp>

#include "../../support/clouds.hpp"

#include <doctest/doctest.h>

#include <span>
#include <utility>
#include <vector>

using kindred::index_t;

TEST_CASE_TEMPLATE("lower_median: by hand", T, float, double) {
  auto const of = [](std::vector<T> v) { return kindred::detail::lower_median(std::span<T>(v)); };
  CHECK(of({3}) == 3);
  CHECK(of({5, 1}) == 1);
  CHECK(of({9, 1, 4}) == 4);
  CHECK(of({9, 1, 4, 7}) == 4);
  auto const weighed = [](std::vector<std::pair<T, double>> v) {
    return kindred::detail::lower_median(std::span<std::pair<T, double>>(v));
  };
  CHECK(weighed({{9, 1}, {1, 1}, {4, 1}}) == 4);
  CHECK(weighed({{9, 3}, {1, 1}, {4, 1}}) == 9);
  CHECK(weighed({{9, 1}, {1, 2}, {4, 1}}) == 1);  // half of all is enough
  CHECK(weighed({{1, 0}, {4, 2}}) == 4);          // no weight, no say
}

TEST_CASE("move_to_medians: a center without weight stays") {
  support::table<double> const t{4, 1, {1, 2, 6, 9}};
  std::vector<index_t> const label{0, 0, 0, 1};
  std::vector<double> const weight{1, 1, 1, 0};
  std::vector<double> center{50, 60, 70};
  kindred::sequential ex;
  kindred::detail::move_to_medians<double>(t.view(), weight, label, 3, center, ex);
  CHECK(center == std::vector<double>{2, 60, 70});
}
