// SPDX-License-Identifier: BSL-1.0
#include <kindred/core/buffer.hpp>
#include <kindred/kernel/block_product.hpp>

#include "random_numbers.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <limits>

namespace kernel = kindred::kernel;
using support::random_numbers;

namespace {

// In panels of Width columns, which lie behind one another as far as the last one reaches.
template <std::size_t Width, class T>
kindred::buffer<T> packed(kindred::buffer<T> const& from, std::size_t count, std::size_t stride, std::size_t columns) {
  kindred::buffer<T> to((columns + Width - 1) / Width * Width * count, T{7});
  kernel::pack_panels<Width>(from.data(), count, stride, columns, to.data());
  return to;
}

}  // namespace

TEST_CASE_TEMPLATE("pack_panels: each panel row by row, zeros behind the last column", T, float, double) {
  // Two rows of five columns, in panels of four: the second has one column, and three of zeros.
  kindred::buffer<T> from(14);
  for (std::size_t k = 0; k != from.size(); ++k) from[k] = static_cast<T>(k + 1);
  auto const to = packed<4>(from, 2, 7, 5);
  T const expected[] = {1, 2, 3, 4, 8, 9, 10, 11, 5, 0, 0, 0, 12, 0, 0, 0};
  REQUIRE(to.size() == 16);
  for (std::size_t k = 0; k != to.size(); ++k) CHECK(to[k] == expected[k]);
}

TEST_CASE_TEMPLATE("block_product: sums of products of columns, of the rows that count for a tile", T, float, double) {
  constexpr std::size_t line = 64 / sizeof(T), height = kernel::left_panel<T>, width = kernel::right_panel<T>;
  double const close = 40 * static_cast<double>(std::numeric_limits<T>::epsilon());
  for (std::size_t const columns :
       {line, 3 * line, 5 * line})  // one register of a panel, all of it, and some left over
    for (std::size_t const count : {0u, 1u, 7u}) {
      std::size_t const rows = 2 * line, stride = columns + 3;
      auto const x = random_numbers<T>(count * (rows + 1), 1), y = random_numbers<T>(count * stride, 2);
      auto const left = packed<height>(x, count, rows + 1, rows), right = packed<width>(y, count, stride, columns);
      auto const before = random_numbers<T>(rows * stride, 3);
      auto const depth = [&](std::size_t r, std::size_t c) {
        if (r == height && c == 0) return kernel::row_range{count, count};  // not asked for
        return kernel::row_range{r == 0 ? std::size_t{0} : count / 3, c == 0 ? count : count / 2};
      };
      auto added = before;
      auto taken = before;
      kernel::block_product(left.data(), right.data(), count, rows, columns, added.data(), stride, depth);
      kernel::block_product<true>(left.data(), right.data(), count, rows, columns, taken.data(), stride, depth);
      double worst = 0;
      for (std::size_t r = 0; r != rows; ++r)
        for (std::size_t c = 0; c != stride; ++c) {
          auto const [first, last] = depth(r / height * height, c / width * width);
          long double sum = 0;  // zero between the rows of a, too, where nothing is touched
          for (std::size_t j = first; j < last && c < columns; ++j)
            sum += static_cast<long double>(x[j * (rows + 1) + r]) * y[j * stride + c];
          std::size_t const at = r * stride + c;
          worst = std::fmax(worst, static_cast<double>(std::abs(added[at] - (before[at] + sum))));
          worst = std::fmax(worst, static_cast<double>(std::abs(taken[at] - (before[at] - sum))));
        }
      CHECK(worst < close);
    }
}
