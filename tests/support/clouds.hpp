// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/random.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/unchecked.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace support {

// A dense table that owns its numbers.
template <kindred::real T>
struct table {
  kindred::index_t rows;
  kindred::index_t columns;
  std::vector<T> value;

  kindred::matrix_view<T> view() const { return {kindred::unchecked, value.data(), rows, columns, columns}; }
};

// The same numbers as sparse rows: zeros left out.
template <kindred::real T>
struct sparse_table {
  std::vector<kindred::offset_t> offset{0};
  std::vector<kindred::index_t> index;
  std::vector<T> value;
  kindred::index_t columns;

  explicit sparse_table(table<T> const& t) : columns(t.columns) {
    for (std::size_t k = 0; k != t.value.size(); ++k) {
      if (t.value[k] != 0) {
        index.push_back(static_cast<kindred::index_t>(k % t.columns));
        value.push_back(t.value[k]);
      }
      if ((k + 1) % t.columns == 0) offset.push_back(index.size());
    }
  }
  kindred::csr_view<T> view() const { return {kindred::unchecked, offset, index, value, columns}; }
};

// Rows around `clouds` points of a cube of width 10, each number off by a normal deviate times `spread`, plus `away`. Some
// rows repeat the one before.
template <kindred::real T>
table<T> clouds(kindred::index_t rows, kindred::index_t columns, kindred::index_t count, double spread,
                std::uint64_t seed, double away = 0) {
  table<T> out{rows, columns, {}};
  out.value.reserve(std::size_t{rows} * columns);
  for (kindred::index_t r = 0; r != rows; ++r) {
    kindred::random_stream own(seed, r % 50 == 49 ? r - 1 : r);
    kindred::random_stream center(seed + 1, kindred::below(own, count));
    for (kindred::index_t j = 0; j != columns; ++j)
      out.value.push_back(static_cast<T>(away + 10 * kindred::unit(center) + spread * kindred::normal(own)));
  }
  return out;
}

// Few small whole numbers among many zeros.
template <kindred::real T>
table<T> counts(kindred::index_t rows, kindred::index_t columns, std::uint64_t seed) {
  table<T> out{rows, columns, std::vector<T>(std::size_t{rows} * columns)};
  for (kindred::index_t r = 0; r != rows; ++r) {
    kindred::random_stream own(seed, r);
    kindred::index_t const topic = r % 4 * columns / 4;
    for (kindred::index_t e = 0, n = kindred::below(own, 9); e != n; ++e)
      out.value[std::size_t{r} * columns + (topic + kindred::below(own, columns / 2)) % columns] +=
          static_cast<T>(1 + kindred::below(own, 3));
  }
  return out;
}

}  // namespace support
