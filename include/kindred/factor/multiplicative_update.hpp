// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/weighted_loss.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/solve/divergence.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// One side's step of Lee and Seung: every number times (what is asked for of it / what it gives),
//
//   p(f) *= sum of w r q(f) / (sum of w <p, q> q(f) + strength n p(f)),
//
// over the row's n ratings. Returns the loss as it was before. Throws error{numeric}, naming the first row for which a number is not
// finite.
template <entity_id Id, real T, executor E>
weighted_loss multiply_rows(E& ex, ratings<T> const& data, factor_model<T>& parts, double strength,
                            std::uint32_t sweep) {
  constexpr bool users = std::same_as<Id, user_id>;
  auto const& fixed = std::as_const(parts);
  std::size_t const stride = fixed.users().stride();
  index_t const count = users ? data.user_count() : data.item_count();
  return reduce_chunks<weighted_loss>(ex, count, 64, [&](std::size_t first, std::size_t last) {
    weighted_loss sum;
    std::vector<T> asked(stride), given(stride);
    for (std::size_t r = first; r != last; ++r) {
      Id const id{static_cast<index_t>(r)};
      auto const row = data.of(id);
      if (row.empty()) continue;
      auto const weight = data.weights(id);
      auto const own = parts.of(id).vector;
      asked.assign(stride, T{0});
      given.assign(stride, T{0});
      for (std::size_t k = 0; k != row.size(); ++k) {
        T const* const other = (users ? fixed.items() : fixed.users()).row(row.index[k]).data();
        T const w = weight.empty() ? T{1} : weight[k];
        T const predicted = kernel::dot<T>(own.data(), other, stride);
        double const wrong = static_cast<double>(row.value[k] - predicted);
        sum = sum + weighted_loss{static_cast<double>(w) * wrong * wrong / 2, static_cast<double>(w)};
        kernel::axpy<T>(w * row.value[k], other, asked.data(), stride);
        kernel::axpy<T>(w * predicted, other, given.data(), stride);
      }
      T const damping = static_cast<T>(strength * static_cast<double>(row.size()));
      for (std::size_t f = 0; f != own.size(); ++f) {
        T const below = given[f] + damping * own[f];
        own[f] = below > (std::numeric_limits<T>::min)() ? own[f] * (asked[f] / below) : T{0};
      }
      if (!is_finite(sum.loss) || !is_finite(largest_magnitude<T>(own)))
        raise_overflow("nmf", sweep, users ? "user" : "item", to_index(id));
    }
    return sum;
  });
}

// Both sides; the mean loss as it was between them.
template <real T, executor E>
[[nodiscard]] double multiply(E& ex, ratings<T> const& data, factor_model<T>& parts, double strength,
                              std::uint32_t sweep) {
  multiply_rows<item_id>(ex, data, parts, strength, sweep);
  auto const sum = multiply_rows<user_id>(ex, data, parts, strength, sweep);
  return sum.weight == 0 ? 0 : sum.loss / sum.weight;
}

}  // namespace detail

KINDRED_END
