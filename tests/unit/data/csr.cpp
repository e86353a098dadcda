// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/csr.hpp>

#include "../../support/ratings.hpp"

#include <doctest/doctest.h>

#include <utility>
#include <vector>

TEST_CASE_TEMPLATE("csr: a copy whose values can be written", T, float, double) {
  auto const data = support::ratings_of<T>({{0, 1, 1}, {0, 3, 2}, {2, 0, 3}}, {4, 5});
  kindred::csr<T> owner(data.by_user());
  CHECK(owner.rows() == 4);
  CHECK(owner.view().columns() == 5);
  CHECK(owner == kindred::csr<T>(data.by_user()));
  owner.values(0)[1] = 7;
  CHECK(owner.row(0).value[1] == 7);
  CHECK(owner.row(0).index[1] == 3);
  CHECK(owner.values(1).empty());
  CHECK(owner.row(2).value[0] == 3);
  CHECK(owner != kindred::csr<T>(data.by_user()));
  CHECK(data.of(kindred::user_id{0}).value[1] == 2);
}

TEST_CASE("csr: empty, and moved from") {
  CHECK(kindred::csr<float>().rows() == 0);
  CHECK(kindred::csr<float>(kindred::ratings<float>{}.by_user()).rows() == 0);
  kindred::csr<float> from(support::ratings_of<float>({{0, 1, 1}}).by_user());
  kindred::csr<float> const to = std::move(from);
  CHECK(to.rows() == 1);
  CHECK(from.rows() == 0);  // NOLINT(bugprone-use-after-move)
}
