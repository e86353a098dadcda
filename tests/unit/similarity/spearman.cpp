// SPDX-License-Identifier: BSL-1.0
#include <kindred/similarity/spearman.hpp>

#include "../../support/ratings.hpp"
#include "../../support/similarity_checks.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace {

using kindred::index_t;

}  // namespace

TEST_CASE_TEMPLATE("spearman: as scipy has it", T, float, double) {
  // Two users who rated the same seven items: scipy.stats.spearmanr.
  std::vector<support::seen> list;
  double const x[] = {5, 3, 4, 1, 2, 3, 3}, y[] = {4, 4, 5, 2, 1, 3, 2};
  for (index_t i = 0; i != 7; ++i) {
    list.push_back({0, i, x[i]});
    list.push_back({1, i, y[i]});
  }
  kindred::spearman const how;
  auto const seen = kindred::prepared<kindred::user_id>(how, support::ratings_of<T>(list));
  CHECK(how(seen.of(kindred::user_id{0}), seen.of(kindred::user_id{1})) == support::about<T>(0.79259392390121719));
}

TEST_CASE_TEMPLATE("spearman: ranks are those of the whole row", T, float, double) {
  // Ranks 5 3 4 1 2 of (5, 3, 4, 1, 2), and 4 2.5 5 2.5 1 of (4, 2, 5, 2, 1); of the three shared columns pearsonr.
  std::vector<support::seen> list;
  auto const a = support::first_row<T>();
  auto const b = support::second_row<T>();
  for (std::size_t k = 0; k != a.index.size(); ++k) list.push_back({0, a.index[k], static_cast<double>(a.value[k])});
  for (std::size_t k = 0; k != b.index.size(); ++k) list.push_back({1, b.index[k], static_cast<double>(b.value[k])});
  kindred::spearman const how;
  auto const seen = kindred::prepared<kindred::user_id>(how, support::ratings_of<T>(list));
  CHECK(how(seen.of(kindred::user_id{0}), seen.of(kindred::user_id{1})) == support::about<T>(0.79535595371972223));
}
