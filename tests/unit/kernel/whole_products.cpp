// SPDX-License-Identifier: BSL-1.0
#include <kindred/kernel/whole_products.hpp>

#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

TEST_CASE("whole products: exact in whole numbers, and as close as rows were stored") {
  kindred::random_stream random(4, 0);
  for (std::size_t const size : {0u, 1u, 37u, 64u, 130u, 512u}) {
    std::vector<float> a(size), b(size);
    for (float& x : a) x = static_cast<float>(kindred::normal(random));
    for (float& x : b) x = static_cast<float>(kindred::normal(random));
    std::vector<std::int16_t> whole(size);
    std::vector<std::int8_t> small(size);
    float const a_scale = kindred::kernel::store(a, std::span(whole)),
                b_scale = kindred::kernel::store(b, std::span(small));
    long double exact = 0, twin = 0, sum = 0, largest = 0;
    for (std::size_t k = 0; k != size; ++k) {
      CHECK(std::abs(a[k] - a_scale * static_cast<float>(whole[k])) <= a_scale * 0.501f);
      exact += static_cast<long double>(a[k]) * static_cast<long double>(b[k]);
      twin += static_cast<long double>(whole[k]) * static_cast<long double>(small[k]);
      sum += std::abs(static_cast<long double>(a[k]));
      largest = std::fmax(largest, std::abs(static_cast<long double>(b[k])));
    }
    float const found =
        kindred::kernel::dot(kindred::kernel::int16_row{whole, a_scale}, kindred::kernel::int8_row{small, b_scale});
    CHECK(found == doctest::Approx(static_cast<double>(twin * static_cast<long double>(a_scale) *
                                                       static_cast<long double>(b_scale)))
                       .epsilon(1e-6));
    CHECK(std::abs(static_cast<double>(found) - static_cast<double>(exact)) <=
          static_cast<double>(sum * largest / 250) + 1e-6);
  }
}

TEST_CASE("whole products: the largest that there can be, and nothing") {
  std::vector<std::int16_t> const high(512, std::int16_t{32767});
  std::vector<std::int8_t> const low(512, std::int8_t{-127});
  CHECK(kindred::kernel::dot(kindred::kernel::int16_row{high, 1}, kindred::kernel::int8_row{low, 1}) ==
        -32767.0f * 127 * 512);
  std::vector<float> const zeros(5, 0.0f);
  std::vector<std::int16_t> whole(5, std::int16_t{9});
  CHECK(kindred::kernel::store(zeros, std::span(whole)) == 0);
  CHECK(whole == std::vector<std::int16_t>(5));
}

TEST_CASE("whole products: of many rows as of one") {
  kindred::random_stream random(5, 0);
  for (std::size_t const size : {0u, 3u, 32u, 64u, 96u, 512u}) {
    constexpr std::size_t rows = 11;
    std::vector<std::int16_t> a(size);
    std::vector<std::int8_t> b(size * rows);
    for (auto& x : a) x = static_cast<std::int16_t>(static_cast<int>(random() % 65535) - 32767);
    for (auto& x : b) x = static_cast<std::int8_t>(static_cast<int>(random() % 255) - 127);
    auto const row_at = [&](std::size_t j) { return b.data() + j * size; };
    for (std::size_t const count : {std::size_t{0}, std::size_t{1}, std::size_t{6}, rows}) {
      std::vector<std::int32_t> sum(count);
      kindred::kernel::whole_products(a, row_at, count, sum.data());
      for (std::size_t j = 0; j != count; ++j)
        CHECK(sum[j] == kindred::kernel::whole_product(a, std::span(b).subspan(j * size, size)));
    }
  }
}
