// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/dendrogram.hpp>

#include "../../support/error_of.hpp"

#include <doctest/doctest.h>

#include <vector>

using kindred::cluster_merge;
using kindred::dendrogram;
using kindred::index_t;

TEST_CASE("dendrogram: merges in any order, and merges that are none") {
  auto const tree = dendrogram::from(3, {{0, 2, 5, 2}, {0, 1, 1, 2}});
  CHECK(tree.merges()[0] == cluster_merge{0, 1, 1, 2});
  CHECK(tree.merges()[1] == cluster_merge{2, 3, 5, 3});
  CHECK(tree.cut_into(2) == std::vector<index_t>{0, 0, 1});
  using support::error_of;
  using support::says;
  CHECK(says(error_of([] { static_cast<void>(dendrogram::from(3, {{0, 1, 1, 2}})); }), "1 merges of 3 rows"));
  CHECK(says(error_of([] { static_cast<void>(dendrogram::from(3, {{0, 1, 1, 2}, {1, 0, 2, 2}})); }), "with itself"));
  CHECK(says(error_of([] { static_cast<void>(dendrogram::from(3, {{0, 1, 1, 2}, {1, 3, 2, 2}})); }), "names row 3"));
  CHECK(says(error_of([&] { static_cast<void>(tree.cut_into(0)); }), "no 0 clusters"));
  CHECK(says(error_of([&] { static_cast<void>(tree.cut_into(4)); }), "no 4 clusters"));
}
