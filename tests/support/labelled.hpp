// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/data/example_table.hpp>
#include <kindred/data/examples.hpp>
#include <kindred/run/random.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace support {

enum class labels { yes_or_no, number, count };

// Random sparse examples with labels that depend on the row: about `filled` of the columns have a value. Some rows are empty,
// some weights are not one.
template <kindred::real T>
kindred::example_table<T> labelled(kindred::index_t rows, kindred::index_t columns, labels kind = labels::yes_or_no,
                                   double filled = 0.5, std::uint64_t seed = 1) {
  kindred::example_table<T> out(columns);
  kindred::random_stream random(seed, 0);
  std::vector<double> truth(columns);
  for (double& w : truth) w = kindred::normal(random);
  std::vector<kindred::index_t> index;
  std::vector<T> value;
  for (kindred::index_t r = 0; r != rows; ++r) {
    index.clear();
    value.clear();
    double margin = 0.3;
    for (kindred::index_t c = 0; c != columns && r % 11 != 5; ++c) {
      if (kindred::unit(random) >= filled) continue;
      index.push_back(c);
      value.push_back(static_cast<T>(kindred::normal(random)));
      margin += truth[c] * static_cast<double>(value.back());
    }
    double const u = kindred::unit(random);
    double const y = kind == labels::yes_or_no ? (u < 1 / (1 + std::exp(-margin)) ? 1 : 0)
                     : kind == labels::number  ? margin + u
                                               : std::floor(3 * u * std::exp(margin < 2 ? margin : 2));
    out.add(static_cast<T>(y), {index, value}, r % 7 == 3 ? T{2.5} : T{1});
  }
  return out;
}

// The same examples as dense rows.
template <kindred::real T>
struct dense_examples {
  explicit dense_examples(kindred::examples<kindred::csr_view<T>> from)
      : value(std::size_t{from.size()} * from.columns(), T{0}), source(from) {
    for (kindred::index_t r = 0; r != from.size(); ++r)
      for (std::size_t k = 0; k != from.row(r).size(); ++k)
        value[std::size_t{r} * from.columns() + from.row(r).index[k]] = from.row(r).value[k];
  }
  kindred::examples<kindred::matrix_view<T>> view() const {
    return kindred::examples<kindred::matrix_view<T>>::from(
        {kindred::unchecked, value.data(), source.size(), source.columns(), source.columns()}, source.labels(),
        {.weight = source.weights()});
  }
  std::vector<T> value;
  kindred::examples<kindred::csr_view<T>> source;
};

}  // namespace support
