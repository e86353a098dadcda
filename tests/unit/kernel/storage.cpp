// SPDX-License-Identifier: BSL-1.0
#include <kindred/kernel/storage.hpp>

#include "fenced_row.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace {

namespace kernel = kindred::kernel;
using support::fenced_row;
using wide = long double;

wide const rounding = 24 * static_cast<wide>(std::numeric_limits<float>::epsilon());

// A row of n numbers, and what is stored of it.
struct stored_row {
  stored_row(std::size_t n, std::uint64_t seed)
      : numbers(n, seed % 5, seed), row(numbers.data(), n), halves(n), bytes(n) {
    kernel::store(row, halves);
    in_bytes = {bytes, kernel::store(row, bytes)};
  }
  stored_row(stored_row const&) = delete;

  wide largest() const {
    wide most = 0;
    for (float const x : row) most = std::max(most, std::abs(static_cast<wide>(x)));
    return most;
  }

  fenced_row<float> numbers;
  kindred::dense_row<float> row;
  std::vector<kernel::half> halves;
  std::vector<std::int8_t> bytes;
  kernel::int8_row in_bytes;
};

struct sums {
  wide dot = 0, squared_l2 = 0, sizes = 0;
};

sums of(auto const& a, auto const& b, std::size_t n) {
  sums s;
  for (std::size_t k = 0; k != n; ++k) {
    wide const x = a(k);
    wide const y = b(k);
    s.dot += x * y;
    s.squared_l2 += (x - y) * (x - y);
    s.sizes += std::abs(x * y) + x * x + y * y;
  }
  return s;
}

// Against the numbers that are stored there is only rounding.
void check_close(float dot, float squared_l2, sums const& expected) {
  CHECK(std::abs(static_cast<wide>(dot) - expected.dot) <= rounding * expected.sizes);
  CHECK(std::abs(static_cast<wide>(squared_l2) - expected.squared_l2) <= rounding * expected.sizes);
}

}  // namespace

TEST_CASE("storage: compares what is stored, for every length") {
  for (std::size_t n = 0; n != 140; ++n) {
    CAPTURE(n);
    stored_row const a(n, 1);
    stored_row const b(n, 2);
    auto const exact = [&](std::size_t k) -> wide { return a.row[k]; };
    auto const half = [&](std::size_t k) -> wide { return kernel::to_float(b.halves[k]); };
    auto const byte = [&](stored_row const& r) {
      return [&r](std::size_t k) -> wide { return static_cast<wide>(r.in_bytes.scale) * r.bytes[k]; };
    };
    check_close(kernel::dot(a.row, b.halves), kernel::squared_l2(a.row, b.halves), of(exact, half, n));
    check_close(kernel::dot(a.row, b.in_bytes), kernel::squared_l2(a.row, b.in_bytes), of(exact, byte(b), n));
    check_close(kernel::dot(a.in_bytes, b.in_bytes), kernel::squared_l2(a.in_bytes, b.in_bytes),
                of(byte(a), byte(b), n));
  }
}

TEST_CASE("storage: is off by no more than it says") {
  for (std::size_t const n : {1u, 31u, 64u, 200u}) {
    stored_row const a(n, 3);
    stored_row const b(n, 4);
    wide size_of_a = 0;
    for (float const x : a.row) size_of_a += std::abs(x);
    auto const exact = [](stored_row const& r) { return [&r](std::size_t k) -> wide { return r.row[k]; }; };
    sums const true_sums = of(exact(a), exact(b), n);
    auto const check = [&](wide error, float dot, float squared_l2) {
      wide const count = static_cast<wide>(n);
      CHECK(std::abs(static_cast<wide>(dot) - true_sums.dot) <= error * size_of_a + rounding * true_sums.sizes);
      CHECK(std::abs(static_cast<wide>(squared_l2) - true_sums.squared_l2) <=
            error * (2 * std::sqrt(count * true_sums.squared_l2) + count * error) + rounding * true_sums.sizes);
    };
    check(b.largest() / 2048, kernel::dot(a.row, b.halves), kernel::squared_l2(a.row, b.halves));
    check(b.largest() / 253, kernel::dot(a.row, b.in_bytes), kernel::squared_l2(a.row, b.in_bytes));
  }
}

TEST_CASE("store: bytes are the nearest multiples of the scale") {
  // 127 becomes 127, so that the scale is 1; halves go to the even neighbor.
  std::vector<float> const row{127, 0.5f, 1.5f, -0.5f, -1.5f, 2.4f, -2.6f, 0};
  std::vector<std::int8_t> bytes(row.size());
  CHECK(kernel::store(row, bytes) == 1);
  CHECK(bytes == std::vector<std::int8_t>{127, 0, 2, 0, -2, 2, -3, 0});

  for (std::size_t const n : {1u, 50u}) {
    stored_row const r(n, 5);
    for (std::size_t k = 0; k != n; ++k)
      CHECK(std::abs(static_cast<wide>(r.row[k]) - static_cast<wide>(r.in_bytes.scale) * r.bytes[k]) <=
            static_cast<wide>(r.in_bytes.scale) / 2 +
                static_cast<wide>(std::numeric_limits<float>::epsilon()) * r.largest());
  }
}

#if !defined(__FAST_MATH__)  // which may take the smallest numbers for zero
TEST_CASE("store: rows of zeros, and numbers next to zero") {
  std::vector<float> const zeros(5, 0.0f);
  std::vector<std::int8_t> bytes(5, 1);
  CHECK(kernel::store(zeros, bytes) == 0);
  CHECK(bytes == std::vector<std::int8_t>(5, 0));
  CHECK(kernel::dot(kernel::int8_row{bytes, 0}, kernel::int8_row{bytes, 0}) == 0);

  float const least = std::numeric_limits<float>::denorm_min();
  std::vector<float> const small{least, -3 * least, 100 * least, 0, -500 * least};
  float const scale = kernel::store(small, bytes);
  for (std::size_t k = 0; k != 5; ++k) CHECK(std::abs(small[k] - scale * bytes[k]) <= 500 * least);
}
#endif

TEST_CASE("storage: rows without numbers") {
  CHECK(kernel::dot(kindred::dense_row<float>{}, kernel::half_row{}) == 0);
  CHECK(kernel::squared_l2(kernel::int8_row{}, kernel::int8_row{}) == 0);
}
