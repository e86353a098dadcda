// SPDX-License-Identifier: BSL-1.0

#include "contestants.hpp"

#include <kindred/baseline/bias_als.hpp>
#include <kindred/baseline/popularity.hpp>
#include <kindred/factor/sgd.hpp>

std::vector<contestant> contestants(std::uint64_t seed) {
  return {entrant("popularity", kindred::popularity{}), entrant("bias", kindred::bias_als{}), user_neighbors(),
          item_neighbors(), entrant("factorization", kindred::sgd<>{.seed = seed})};
}
