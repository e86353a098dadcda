// SPDX-License-Identifier: BSL-1.0
#include <kindred/testing/draw.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

namespace draw = kindred::testing::detail;

TEST_CASE("draw: an alias table draws in proportion to the weights") {
  std::array<double, 5> const weight = {1, 0, 4, 2.5, 2.5};
  draw::alias_table const table(weight);
  auto random = draw::stream_of(1, draw::purpose::item, 0);
  std::array<double, 5> seen{};
  constexpr int draws = 100000;
  for (int k = 0; k != draws; ++k) seen[table.draw(random)] += 1;
  CHECK(seen[1] == 0);
  for (std::size_t k = 0; k != weight.size(); ++k) {
    double const p = weight[k] / 10;
    CHECK(std::abs(seen[k] - p * draws) <= 4 * std::sqrt(draws * p * (1 - p)));  // four standard deviations
  }
}

TEST_CASE("draw: an alias table of nothing, of zeros, of one, of very unequal weights") {
  CHECK(draw::alias_table().empty());
  CHECK(draw::alias_table(std::vector<double>(3, 0.0)).empty());
  auto random = draw::stream_of(1, draw::purpose::item, 0);
  std::array<double, 1> const one = {1e-300};
  CHECK(draw::alias_table(one).draw(random) == 0);
  std::vector<double> weight(1000, 0.0);
  weight[617] = 1e-12;
  weight[3] = 0;
  draw::alias_table const single(weight);
  for (int k = 0; k != 1000; ++k) REQUIRE(single.draw(random) == 617);
}

TEST_CASE("draw: about() has the mean that was asked for") {
  auto random = draw::stream_of(2, draw::purpose::item, 0);
  double sum = 0;
  for (int k = 0; k != 10000; ++k) {
    auto const n = draw::about(random, 2.3);
    REQUIRE((n == 2 || n == 3));
    sum += n;
  }
  CHECK(sum / 10000 == doctest::Approx(2.3).epsilon(0.01));
  CHECK(draw::about(random, 0) == 0);
}

TEST_CASE("draw: streams of two purposes differ") {
  auto a = draw::stream_of(1, draw::purpose::person, 17);
  auto b = draw::stream_of(1, draw::purpose::friends, 17);
  auto c = draw::stream_of(1, draw::purpose::person, 17);
  auto const first = a();
  CHECK(first != b());
  CHECK(first == c());
}
