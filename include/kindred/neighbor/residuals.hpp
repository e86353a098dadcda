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

// Every rating less what a base predictor says of it, in rows by user: what neighbors vote with. Where the base has a
// spread, divided by that.
//
// The base is what "centered" means: user_mean gives mean-centered k-NN, a bias model k-NN on baselines, user_z_score
// z-scores, constant{} with damping = 0 the plain weighted mean. O(ratings), parallel over users. Throws error{numeric}
// where a rating, or what the base says of it, is beyond 2^-16 of the largest number there is: what is voted on must leave
// room for sums.
template <real T, predictor Base, executor E>
[[nodiscard]] csr<T> residuals(ratings<T> const& data, Base const& base, E& ex) {
  constexpr T limit = (std::numeric_limits<T>::max)() / 65536;
  auto const fits = [](T const& x) { return is_finite(x) && std::abs(x) <= limit; };
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
        for (std::size_t k = 0; k != count; ++k) {
          T& rating = value[from + k];
          if (!fits(rating) || !fits(expected[k]))
            raise(error(error_kind::numeric).at(u, to_index(items[k]))
                  << "user " << u << " rated item " << to_index(items[k]) << " with " << rating
                  << ", and the base model says " << expected[k] << "; votes on numbers beyond " << limit
                  << " overflow");
          rating -= expected[k];
          if constexpr (spreading<Base>) {
            rating /= base.spread(user, items[k]);
            if (!fits(rating))
              raise(error(error_kind::numeric).at(u, to_index(items[k]))
                    << "the spread of ratings about user " << u << " and item " << to_index(items[k])
                    << " is too small to divide by");
          }
        }
        from += count;
      }
    }
  });
  return left;
}

KINDRED_END
