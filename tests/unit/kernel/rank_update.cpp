// SPDX-License-Identifier: BSL-1.0
#include <kindred/core/buffer.hpp>
#include <kindred/kernel/rank_update.hpp>
#include <kindred/kernel/row_products.hpp>

#include "random_numbers.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>

using support::random_numbers;

TEST_CASE_TEMPLATE("rank_update: sums of products of columns", T, float, double) {
  double const close = 40 * static_cast<double>(std::numeric_limits<T>::epsilon());
  for (std::size_t const lines : {1u, 2u, 3u, 5u})
    for (std::size_t const count : {0u, 1u, 7u}) {
      std::size_t const size = lines * (64 / sizeof(T));
      std::size_t const stride = size + 3;
      auto const rows = random_numbers<T>((count + 1) * stride, 1);
      auto const before = random_numbers<T>(size * stride, 2);
      auto added = before;
      auto taken = before;
      kindred::kernel::rank_update(rows.data(), count, stride, added.data(), stride, size);
      kindred::kernel::rank_update<true>(rows.data(), count, stride, taken.data(), stride, size);
      double worst = 0;
      for (std::size_t r = 0; r != size; ++r)
        for (std::size_t c = r; c != size; ++c) {
          long double sum = 0;
          for (std::size_t j = 0; j != count; ++j)
            sum += static_cast<long double>(rows[j * stride + r]) * rows[j * stride + c];
          std::size_t const at = r * stride + c;
          worst = std::fmax(worst, static_cast<double>(std::abs(added[at] - (before[at] + sum))));
          worst = std::fmax(worst, static_cast<double>(std::abs(taken[at] - (before[at] - sum))));
        }
      CHECK(worst < close);
      for (std::size_t r = 0; r != size; ++r)  // what lies between the rows is not touched
        for (std::size_t c = size; c != stride; ++c) CHECK(added[r * stride + c] == before[r * stride + c]);
    }
}

TEST_CASE_TEMPLATE("dot_rows and add_rows: rows that lie anywhere", T, float, double) {
  double const close = 100 * static_cast<double>(std::numeric_limits<T>::epsilon());
  for (std::size_t const lines : {1u, 4u, 9u})
    for (std::size_t const count : {0u, 1u, 6u}) {
      std::size_t const size = lines * (64 / sizeof(T));
      auto const rows = random_numbers<T>(11 * size + 1, 3);
      auto const x = random_numbers<T>(size, 4);
      auto const y = random_numbers<T>(size, 5);
      auto const row_at = [&](std::size_t j) { return rows.data() + 1 + j * 3 % 11 * size; };
      kindred::buffer<T> product(count + 1, T{7});
      kindred::kernel::dot_rows(row_at, count, x.data(), size, product.data());
      auto sum = y;
      kindred::kernel::add_rows(row_at, count, product.data(), sum.data(), size);
      for (std::size_t j = 0; j != count; ++j) {
        long double exact = 0;
        for (std::size_t k = 0; k != size; ++k) exact += static_cast<long double>(row_at(j)[k]) * x[k];
        CHECK(std::abs(static_cast<double>(product[j] - exact)) < close * 10);
        T alone;
        kindred::kernel::dot_rows([&](std::size_t) { return row_at(j); }, 1, x.data(), size, &alone);
        CHECK(alone == product[j]);
      }
      CHECK(product[count] == 7);
      double worst = 0;
      for (std::size_t k = 0; k != size; ++k) {
        long double exact = y[k];
        for (std::size_t j = 0; j != count; ++j) exact += static_cast<long double>(product[j]) * row_at(j)[k];
        worst = std::fmax(worst, std::abs(static_cast<double>(sum[k] - exact)));
      }
      CHECK(worst < close * 100);
    }
}
