// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/kernel/math.hpp>

#include <array>

KINDRED_BEGIN

namespace kernel {

// The steps that the library itself folds rows by, sum = step(sum, a, b) for V a number or a batch. How their lanes are
// joined is said by `join`; others are added. A distance made of one of them takes the kernels compiled for it.
struct dot_step {
  template <class V>
  [[nodiscard]] V operator()(V sum, V a, V b) const noexcept {
    return math::multiply_add(a, b, sum);
  }
};

struct squared_l2_step {
  template <class V>
  [[nodiscard]] V operator()(V sum, V a, V b) const noexcept {
    V const apart = a - b;
    return math::multiply_add(apart, apart, sum);
  }
};

struct l1_step {
  template <class V>
  [[nodiscard]] V operator()(V sum, V a, V b) const noexcept {
    return sum + math::abs(V(a - b));
  }
};

struct linf_step {
  template <class V>
  [[nodiscard]] V operator()(V most, V a, V b) const noexcept {
    return math::larger(math::abs(V(a - b)), most);
  }
};

// How the lanes of linf_step are joined.
struct largest {
  template <class V>
  [[nodiscard]] V operator()(V x, V y) const noexcept {
    return math::larger(x, y);
  }
};

// a b, a a and b b: the three sums of cosine similarity, in one pass.
struct products_step {
  template <class V>
  [[nodiscard]] std::array<V, 3> operator()(std::array<V, 3> const& sum, V a, V b) const noexcept {
    return {math::multiply_add(a, b, sum[0]), math::multiply_add(a, a, sum[1]), math::multiply_add(b, b, sum[2])};
  }
};

}  // namespace kernel

KINDRED_END
