// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/kmeans.hpp>

#include "../../support/clouds.hpp"

#include <doctest/doctest.h>

// [model]
// Rows at equal distances in the table: good when it is sorted by what matters.
struct every_so_many {
  template <class Rows, kindred::executor E>
  std::vector<kindred::index_t> choose(Rows const& rows, kindred::index_t count, std::uint64_t, E&) const {
    std::vector<kindred::index_t> chosen;
    for (std::size_t k = 0; k != count; ++k) chosen.push_back(static_cast<kindred::index_t>(k * rows.size() / count));
    return chosen;
  }
};
// [/model]

TEST_CASE("the minimal initial policy begins") {
  support::table<double> const t{4, 1, {0, 1, 10, 11}};
  kindred::kmeans<every_so_many> const how{.clusters = 2, .rehearse = {.rows = 0}};
  CHECK(kindred::fit(how, t.view()).model.inertia() == doctest::Approx(1));
}
