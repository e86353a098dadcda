// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/random.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace support {

// A sparse row that owns its entries.
template <kindred::real T>
struct owned_row {
  std::vector<kindred::index_t> index;
  std::vector<T> value;

  void add(kindred::index_t column, double v) {
    index.push_back(column);
    value.push_back(static_cast<T>(v));
  }
  kindred::sparse_row<T> view() const { return {index, value}; }

  // Every value times `factor`, plus `shift`.
  owned_row moved(double factor, double shift) const {
    owned_row other = *this;
    for (T& v : other.value) v = static_cast<T>(static_cast<double>(v) * factor + shift);
    return other;
  }
};

// About `density` of `columns` columns, with normal values.
template <kindred::real T>
owned_row<T> random_row(kindred::index_t columns, double density, std::uint64_t seed) {
  owned_row<T> row;
  kindred::random_stream random(seed, columns);
  for (kindred::index_t c = 0; c != columns; ++c) {
    double const v = kindred::normal(random);
    if (kindred::unit(random) < density) row.add(c, v);
  }
  return row;
}

// The values of the shared columns, found by comparing all with all.
template <kindred::real T>
std::vector<std::pair<long double, long double>> shared_pairs(owned_row<T> const& a, owned_row<T> const& b) {
  std::vector<std::pair<long double, long double>> shared;
  for (std::size_t k = 0; k != a.index.size(); ++k)
    for (std::size_t j = 0; j != b.index.size(); ++j)
      if (a.index[k] == b.index[j]) shared.push_back({a.value[k], b.value[j]});
  return shared;
}

}  // namespace support
