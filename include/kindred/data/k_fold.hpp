// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/data/splitter.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

KINDRED_BEGIN

// Deals every rating to one of `count` folds; each fold is tested on once, by a model that learned from the others.
//
// The fold of a rating is drawn from (seed, user, item), so folds are about equally large - a fold of 20 000 varies by
// about 130 - and a rating keeps its fold whatever else is in the data.
struct k_fold {
  std::uint32_t count = 5;  // at least 2
  std::uint64_t seed = 0;

  [[nodiscard]] constexpr std::uint32_t folds() const noexcept { return count; }

  template <real T>
  [[nodiscard]] std::pair<ratings<T>, ratings<T>> split(ratings<T> const& data, std::uint32_t fold) const {
    if (count < 2) raise(error(error_kind::setting) << "k_fold: count = " << count << "; there are at least 2 folds");
    detail::check_fold("k_fold", fold, count);
    return detail::parted_by(data, [&](index_t u, sparse_row<T> row, std::size_t k) {
      return static_cast<std::uint32_t>(detail::draw_of(seed, u, row.index[k]) * count) == fold;
    });
  }
};

KINDRED_END
