// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/baseline/spread.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/csr.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/score/scorer.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>

KINDRED_BEGIN

// Whether a number leaves room for the sums that votes are added up in: it is finite, and not beyond 2^-16 of the largest.
template <real T>
[[nodiscard]] bool fits_votes(T const& x) noexcept {
  return is_finite(x) && std::abs(x) <= (std::numeric_limits<T>::max)() / 65536;
}

// What a rating leaves of what the base says, in spreads of the base where it has one. Throws error{numeric} when there is
// no room for sums.
template <predictor Base>
[[nodiscard]] value_t<Base> deviation(Base const& base, user_id u, item_id i, value_t<Base> rating,
                                      value_t<Base> expected) {
  if (!fits_votes(rating) || !fits_votes(expected))
    raise(error(error_kind::numeric).at(to_index(u), to_index(i))
          << "user " << to_index(u) << " rated item " << to_index(i) << " with " << rating
          << ", and the base model says " << expected << "; votes on numbers beyond "
          << (std::numeric_limits<value_t<Base>>::max)() / 65536 << " overflow");
  value_t<Base> const left = (rating - expected) / spread_of(base, u, i);
  if (!fits_votes(left / 2))  // two numbers that fit may lie twice as far apart
    raise(error(error_kind::numeric).at(to_index(u), to_index(i))
          << "the spread of ratings about user " << to_index(u) << " and item " << to_index(i)
          << " is too small to divide by");
  return left;
}

// Every rating less what a base predictor says of it, in rows by user: what neighbors vote with. Where the base has a
// spread, divided by that.
//
// The base is what "centered" means: user_mean gives mean-centered k-NN, a bias model k-NN on baselines, user_z_score
// z-scores, constant{} with damping = 0 the plain weighted mean. O(ratings), parallel over users. Throws error{numeric}
// where a rating, or what the base says of it, is beyond 2^-16 of the largest number there is: what is voted on must leave
// room for sums.
template <real T, predictor Base, executor E>
[[nodiscard]] csr<T> residuals(ratings<T> const& data, Base const& base, E& ex) {
  csr<T> left(data.by_user());
  for_chunks(ex, data.user_count(), 256, [&](std::size_t first, std::size_t last) {
    std::array<item_id, block> items;
    std::array<T, block> expected;
    for (std::size_t u = first; u != last; ++u) {
      user_id const user{static_cast<index_t>(u)};
      auto const index = data.of(user).index;
      auto const value = left.values(to_index(user));
      for (std::size_t from = 0; from != index.size();) {
        std::size_t const count = (std::min)(block, index.size() - from);
        for (std::size_t k = 0; k != count; ++k) items[k] = item_id{index[from + k]};
        base.score(user, std::span<item_id const>(items).first(count), std::span<T>(expected).first(count));
        for (std::size_t k = 0; k != count; ++k)
          value[from + k] = deviation(base, user, items[k], value[from + k], expected[k]);
        from += count;
      }
    }
  });
  return left;
}

KINDRED_END
