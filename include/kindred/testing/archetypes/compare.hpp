// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>
#include <span>

KINDRED_BEGIN

namespace testing {

// A similarity of sparse rows and no more: copied, without a default, for one kind of number, with no promise in its
// traits but the direction. The number of shared columns.
template <real T>
class similarity_archetype {
public:
  static constexpr comparison_traits traits{.direction = sense::larger_is_closer};

  explicit similarity_archetype(int) noexcept {}
  [[nodiscard]] T operator()(sparse_row<T> a, sparse_row<T> b) const noexcept {
    T shared = 0;
    for (index_t const column : a.index) shared += position_of(b.index, column) != b.size() ? T{1} : T{0};
    return shared;
  }
};

// A metric of dense rows and no more: the sum of absolute differences.
template <real T>
class metric_archetype {
public:
  static constexpr comparison_traits traits{.direction = sense::smaller_is_closer, .symmetric = true, .triangle = true};

  explicit metric_archetype(int) noexcept {}
  [[nodiscard]] T operator()(dense_row<T> a, dense_row<T> b) const noexcept {
    T sum = 0;
    for (std::size_t k = 0; k != a.size(); ++k) sum += a[k] < b[k] ? b[k] - a[k] : a[k] - b[k];
    return sum;
  }
};

// A co_rated similarity and no more; not yet a comparison. The mean product of what is shared.
class co_rated_archetype {
public:
  struct sums {
    index_t count = 0;
    double products = 0;
    void add(double a, double b) noexcept {
      ++count;
      products += a * b;
    }
  };

  explicit co_rated_archetype(int) noexcept {}
  [[nodiscard]] double finish(sums const& shared, row_sums const&, row_sums const&) const noexcept {
    return shared.count != 0 ? shared.products / shared.count : 0;
  }
};

}  // namespace testing

KINDRED_END
