// SPDX-License-Identifier: BSL-1.0
#include <kindred/neighbor/touched_cells.hpp>

#include <kindred/neighbor/pair_cells.hpp>
#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>
#include <vector>

using kindred::index_t;
using cells = kindred::detail::touched_cells<kindred::detail::count_cell<kindred::shared_count>>;

TEST_CASE("touched_cells: list what was touched, once each, until it is much") {
  for (std::size_t const size : {1u, 10u, 1000u, 5000u}) {
    cells all(size);
    for (std::uint64_t seed = 0; seed != 30; ++seed) {
      std::vector<int> expected(size, 0);
      for (std::uint64_t column = 0; column != seed; ++column) {
        std::vector<index_t> places;
        for (index_t place = 0; place != size; ++place)
          if (kindred::mix(seed, column, place) % 40 == 0) places.push_back(place);
        all.each(places.data(), places.size(), [](auto& cell, std::size_t) { cell.add(); });
        for (index_t const place : places) ++expected[place];
      }
      for (std::size_t place = 0; place != size; ++place) REQUIRE(all.all()[place].value == expected[place]);
      if (all.listed()) {
        std::vector<index_t> listed(all.touched().begin(), all.touched().end());
        std::sort(listed.begin(), listed.end());
        std::vector<index_t> touched;
        for (index_t place = 0; place != size; ++place)
          if (expected[place] != 0) touched.push_back(place);
        CHECK(listed == touched);
      } else {
        CHECK(all.touched().size() > size / 8);
      }
      all.clear();
      CHECK((all.listed() && all.touched().empty()));
      CHECK(std::all_of(all.all().begin(), all.all().end(), [](auto const& cell) { return cell.empty(); }));
    }
  }
}

TEST_CASE("touched_cells: a column longer than what is written at once") {
  cells all(20000);
  std::vector<index_t> places(20000);
  std::iota(places.begin(), places.end(), index_t{0});
  all.each(places.data(), places.size(), [](auto& cell, std::size_t) { cell.add(); });
  CHECK(!all.listed());
  CHECK(std::all_of(places.begin(), places.end(), [&](index_t place) { return all.all()[place].value == 1; }));
}
