// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/transposed.hpp>

#include "../../support/ratings.hpp"

#include <kindred/data/csr.hpp>

#include <doctest/doctest.h>

TEST_CASE_TEMPLATE("transposed: ratings by user become ratings by item, and back", T, float, double) {
  auto const data = support::random_ratings<T>(23, 17, 0.3, 5);
  CHECK(kindred::transposed(data.by_user()) == kindred::csr<T>(data.by_item()));
  CHECK(kindred::transposed(kindred::transposed(data.by_user()).view()) == kindred::csr<T>(data.by_user()));
  CHECK(kindred::transposed(kindred::csr_view<T>{}).rows() == 0);
}
