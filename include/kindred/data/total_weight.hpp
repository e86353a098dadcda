// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>

KINDRED_BEGIN

namespace detail {

// The sum of the weights of all ratings, of which each is 1 where there are none.
template <real T>
[[nodiscard]] double total_weight(ratings<T> const& data) noexcept {
  if (!data.weighted()) return static_cast<double>(data.size());
  double sum = 0;
  for (index_t u = 0; u != data.user_count(); ++u)
    for (T const w : data.weights(user_id{u})) sum += static_cast<double>(w);
  return sum;
}

}  // namespace detail

KINDRED_END
