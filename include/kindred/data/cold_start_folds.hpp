// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/data/splitter.hpp>
#include <kindred/run/random.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

inline void check_cold(char const* who, std::uint32_t fold, std::uint32_t count) {
  if (count < 2) raise(error(error_kind::setting) << who << ": count = " << count << "; there are at least 2 folds");
  check_fold(who, fold, count);
}

// Whether one of count folds is that of an entity: a function of (seed, entity).
[[nodiscard]] constexpr bool falls_into(std::uint64_t seed, index_t entity, std::uint32_t fold,
                                        std::uint32_t count) noexcept {
  return static_cast<std::uint32_t>(to_unit(mix(seed, entity)) * count) == fold;
}

// The `kept`-th lowest of the draws of these partners, or the highest number when there are no more than `kept`: partners whose draw
// is below it stay.
[[nodiscard]] inline std::uint64_t kept_below(std::uint64_t seed, index_t entity, std::span<index_t const> partners,
                                              std::uint32_t kept, std::vector<std::uint64_t>& scratch) {
  if (kept == 0) return 0;
  if (partners.size() <= kept) return ~std::uint64_t{0};
  scratch.clear();
  for (index_t const p : partners) scratch.push_back(mix(seed, entity, p));
  std::nth_element(scratch.begin(), scratch.begin() + kept, scratch.end());
  return scratch[kept];
}

}  // namespace detail

// Newcomers: every user is held out in one of `count` folds, with all ratings but the first `kept`, drawn: what is learned of a
// user who signed up (kept = 0) or has clicked a few times. Users with no more ratings than `kept` are not tested on.
//
// The fold of a user is drawn from (seed, user), what is kept from (seed, user, item): the lowest numbers stay, so that keeping
// more keeps the same and more.
struct cold_users {
  std::uint32_t count = 5;  // at least 2
  std::uint32_t kept = 0;   // ratings of a held-out user that are learned from
  std::uint64_t seed = 0;

  [[nodiscard]] constexpr std::uint32_t folds() const noexcept { return count; }

  template <real T>
  [[nodiscard]] std::pair<ratings<T>, ratings<T>> split(ratings<T> const& data, std::uint32_t fold) const {
    detail::check_cold("cold_users", fold, count);
    std::uint64_t const own = mix(seed, 3);  // as in random_holdout
    std::vector<std::uint8_t> in_test;
    in_test.reserve(data.size());
    std::vector<std::uint64_t> scratch;
    for (index_t u = 0; u != data.user_count(); ++u) {
      auto const items = data.of(user_id{u}).index;
      bool const cold = detail::falls_into(own, u, fold, count);
      std::uint64_t const bound = cold ? detail::kept_below(own, u, items, kept, scratch) : 0;
      for (index_t const i : items) in_test.push_back(cold && mix(own, u, i) >= bound);
    }
    return detail::parted(data, std::move(in_test));
  }
};

// New things: the same for items, which are held out with all ratings but `kept` of them.
struct cold_items {
  std::uint32_t count = 5;  // at least 2
  std::uint32_t kept = 0;   // ratings of a held-out item that are learned from
  std::uint64_t seed = 0;

  [[nodiscard]] constexpr std::uint32_t folds() const noexcept { return count; }

  template <real T>
  [[nodiscard]] std::pair<ratings<T>, ratings<T>> split(ratings<T> const& data, std::uint32_t fold) const {
    detail::check_cold("cold_items", fold, count);
    std::uint64_t const own = mix(seed, 4);
    std::vector<std::uint64_t> bound(data.item_count());
    std::vector<std::uint8_t> cold(data.item_count());
    std::vector<std::uint64_t> scratch;
    for (index_t i = 0; i != data.item_count(); ++i) {
      cold[i] = detail::falls_into(own, i, fold, count);
      if (cold[i] != 0) bound[i] = detail::kept_below(own, i, data.of(item_id{i}).index, kept, scratch);
    }
    return detail::parted_by(data, [&](index_t u, sparse_row<T> row, std::size_t k) {
      index_t const i = row.index[k];
      return cold[i] != 0 && mix(own, i, u) >= bound[i];
    });
  }
};

KINDRED_END
