// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/examples.hpp>

#include "../../support/error_of.hpp"

#include <kindred/data/example_table.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <vector>

using kindred::error_kind;
using support::error_of;

TEST_CASE_TEMPLATE("examples: rows with labels, weights, offsets and groups", T, float, double) {
  std::vector<T> const value{1, 2, 3, 4};
  std::vector<T> const label{1, 0};
  std::vector<T> const weight{2, 1};
  std::vector<T> const offset{0, -1};
  std::vector<kindred::index_t> const group{7, 9};
  auto const data = kindred::examples<kindred::matrix_view<T>>::from({kindred::unchecked, value.data(), 2, 2, 2}, label,
                                                                     {weight, offset, group});
  CHECK(data.size() == 2);
  CHECK(data.columns() == 2);
  CHECK(data.row(1)[0] == 3);
  CHECK(data.label(0) == 1);
  CHECK(data.weight(0) == 2);
  CHECK(data.offset(1) == -1);
  CHECK(data.groups()[1] == 9);
  auto const bare = kindred::examples<kindred::matrix_view<T>>::from(data.rows(), label);
  CHECK(bare.weight(1) == 1);
  CHECK(bare.offset(1) == 0);
}

TEST_CASE_TEMPLATE("examples: says what is wrong, and where", T, float, double) {
  constexpr T nan = std::numeric_limits<T>::quiet_NaN();
  std::vector<T> value{1, 2, 3, 4};
  std::vector<T> label{1, 0};
  std::vector<T> weight{2, 1};
  auto const refused = [&] {
    return error_of([&] {
      static_cast<void>(kindred::examples<kindred::matrix_view<T>>::from({kindred::unchecked, value.data(), 2, 2, 2},
                                                                         label, {.weight = weight}));
    });
  };
  value[3] = nan;
  CHECK(refused().row() == 1);
  CHECK(refused().column() == 1);
  value[3] = 0;
  label[1] = nan;
  CHECK(support::says(refused(), "the label of row 1 is not a finite number"));
  label[1] = 0;
  weight[0] = 0;
  CHECK(support::says(refused(), "weights are positive numbers"));
  weight.pop_back();
  CHECK(refused().kind() == error_kind::shape);
}
