// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

namespace support {

// 1 / (1 + mean squared difference), as a user would write it.
struct closeness {
  static constexpr kindred::comparison_traits traits{
      .direction = kindred::sense::larger_is_closer, .symmetric = true, .lowest = 0, .highest = 1};

  struct sums {
    kindred::index_t count = 0;
    double squares = 0;
    void add(double a, double b) noexcept {
      ++count;
      squares += (a - b) * (a - b);
    }
  };

  double finish(sums const& shared, kindred::row_sums const&, kindred::row_sums const&) const noexcept {
    return shared.count == 0 ? 0 : shared.count / (shared.count + shared.squares);
  }

  template <kindred::real T>
  T operator()(kindred::sparse_row<T> a, kindred::sparse_row<T> b) const noexcept {
    return static_cast<T>(kindred::similarity_of(*this, a, b));
  }
};

// The part of the first row's columns that the second has as well: not symmetric.
struct coverage {
  static constexpr kindred::comparison_traits traits{.direction = kindred::sense::larger_is_closer};

  struct sums {
    kindred::index_t count = 0;
    void add(double, double) noexcept { ++count; }
  };

  double finish(sums const& shared, kindred::row_sums const& a, kindred::row_sums const&) const noexcept {
    return a.count == 0 ? 0 : static_cast<double>(shared.count) / a.count;
  }

  template <kindred::real T>
  T operator()(kindred::sparse_row<T> a, kindred::sparse_row<T> b) const noexcept {
    return static_cast<T>(kindred::similarity_of(*this, a, b));
  }
};

// Another similarity without its parts: what can only be called with two rows.
template <class S>
struct opaque {
  static constexpr kindred::comparison_traits traits = kindred::traits_of<S>;
  S from = {};

  template <kindred::real T>
  T operator()(kindred::sparse_row<T> a, kindred::sparse_row<T> b) const noexcept {
    return from(a, b);
  }
};
static_assert(kindred::co_rated<closeness> && kindred::co_rated<coverage> && !kindred::co_rated<opaque<closeness>>);

}  // namespace support
