// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/linalg/conjugate_gradient.hpp>
#include <kindred/linalg/row_system.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/score/strongest.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

namespace detail {

// Why somebody whose vector solves A x = sum over their items k of worth(k) v_k, A and v of these equations, has this score with an
// item of the vector y: by what each of theirs adds, <A^-1 y, v_k> worth(k). The base is the rest, with what the steps and
// rounding left over. Rows have at most Most numbers, padding included: all is worked out on the stack.
template <std::size_t Most, real T, class Worth>
[[nodiscard]] explanation<T> explained_score(row_system<T> const& equations, T const* y, T score, Worth const& worth,
                                             std::span<evidence<T>> out) noexcept {
  std::size_t const stride = equations.vectors.stride();
  std::array<T, Most> answer{};  // A^-1 y
  std::array<T, Most> residual{};
  std::array<T, Most> direction;
  std::array<T, Most> image;
  std::copy_n(y, stride, residual.begin());
  conjugate_gradient::descend(equations, 4 * equations.vectors.columns() + 16, answer.data(), residual.data(),
                              direction.data(), image.data());
  std::size_t count = 0;
  double sum = 0;
  for (std::size_t k = 0; k != equations.index.size(); ++k) {
    T const share = kernel::dot(answer.data(), equations.vector(k), stride) * worth(k);
    sum += static_cast<double>(share);
    count = keep_strongest(out, count, evidence<T>{evidence_kind::item, equations.index[k], share});
  }
  return {static_cast<T>(static_cast<double>(score) - sum), count};
}

}  // namespace detail

KINDRED_END
