// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/data/splitter.hpp>
#include <kindred/run/random.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

KINDRED_BEGIN

// Holds each rating out with the same chance, whoever's it is: a rating is tested on when a number that is drawn from (seed,
// user, item) lies below `fraction`. The size of the test part is hence about, and not exactly, fraction x size.
struct random_holdout {
  double fraction = 0.2;  // in [0, 1]
  std::uint64_t seed = 0;

  [[nodiscard]] constexpr std::uint32_t folds() const noexcept { return 1; }

  template <real T>
  [[nodiscard]] std::pair<ratings<T>, ratings<T>> split(ratings<T> const& data, std::uint32_t fold = 0) const {
    detail::check_fold("random_holdout", fold, folds());
    detail::check_fraction("random_holdout", fraction);
    std::uint64_t const own = mix(seed, 1);  // k_fold on the training part draws other numbers, even from the same seed
    return detail::parted_by(data, [&](index_t u, sparse_row<T> row, std::size_t k) {
      return detail::draw_of(own, u, row.index[k]) < fraction;
    });
  }
};

KINDRED_END
