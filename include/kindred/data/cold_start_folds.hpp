// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/data/splitter.hpp>
#include <kindred/run/random.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <concepts>
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

// Holds out the ratings of the users, or items, of a fold, but those that are kept.
template <entity_id Id, real T>
[[nodiscard]] std::pair<ratings<T>, ratings<T>> cold_parts(ratings<T> const& data, std::uint64_t seed,
                                                           std::uint32_t fold, std::uint32_t count,
                                                           std::uint32_t kept) {
  constexpr bool by_user = std::same_as<Id, user_id>;
  std::vector<std::uint64_t> bound(by_user ? data.user_count() : data.item_count(), ~std::uint64_t{0});
  std::vector<std::uint64_t> scratch;
  for (index_t e = 0; e != bound.size(); ++e)
    if (falls_into(seed, e, fold, count)) bound[e] = kept_below(seed, e, data.of(Id{e}).index, kept, scratch);
  return parted_by(data, [&](index_t u, sparse_row<T> row, std::size_t k) {
    index_t const own = by_user ? u : row.index[k], partner = by_user ? row.index[k] : u;
    return mix(seed, own, partner) >= bound[own];
  });
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
    return detail::cold_parts<user_id>(data, mix(seed, 3), fold, count, kept);  // the seed is as in random_holdout
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
    return detail::cold_parts<item_id>(data, mix(seed, 4), fold, count, kept);
  }
};

KINDRED_END
