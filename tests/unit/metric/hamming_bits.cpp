// SPDX-License-Identifier: BSL-1.0
#include <kindred/metric/hamming_bits.hpp>

#include <kindred/run/random.hpp>
#include <kindred/testing/laws/comparison.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

using kindred::bit_row;
using kindred::hamming_bits;

TEST_CASE("hamming_bits: counts bits across words") {
  std::vector<std::uint64_t> const a = {0b1011, ~std::uint64_t{0}};
  std::vector<std::uint64_t> const b = {0b0110, 0};  // three differ, then all 64
  CHECK(hamming_bits{}(bit_row(a), bit_row(b)) == 67);
  CHECK(hamming_bits{}(bit_row(), bit_row()) == 0);
}

TEST_CASE("hamming_bits: agrees with bits that are looked at one by one, and is a metric") {
  std::vector<std::vector<std::uint64_t>> rows;
  kindred::random_stream random(1, 0);
  for (int r = 0; r != 12; ++r) {
    rows.push_back({random(), random() & random(), r % 2 == 0 ? 0 : random()});
    if (r % 3 == 2) rows.back() = rows[rows.size() - 2];
    if (r % 3 == 2) rows.back()[0] ^= 5;  // near a neighbor
  }
  std::vector<bit_row> views;
  for (auto const& row : rows) views.push_back(row);
  for (bit_row const a : views)
    for (bit_row const b : views) {
      int count = 0;
      for (std::size_t k = 0; k != 3 * 64; ++k) count += (a[k / 64] >> k % 64 & 1) != (b[k / 64] >> k % 64 & 1);
      CHECK(hamming_bits{}(a, b) == count);
    }
  auto const law = kindred::testing::check_comparison(hamming_bits{}, std::span<bit_row const>(views));
  CHECK_MESSAGE(law.holds(), law.message());
}
