// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/random.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Cuts data into a part to learn from and a part to be tested on, in one way or in several (folds).
//
// The two parts share no rating and together are all of them, unless the splitter says what it leaves out; both keep the
// population of the whole. Random splitters decide by a function of (seed, user, item) alone, so that a rating stays on
// its side when rows are read in another order or other ratings come and go (of leave_one_out: go). So to cut a
// training part once more by the same splitter takes another seed: with the first one, fold 0 of what fold 0 left is
// empty.
template <class S, class Data>
concept splitter = std::copyable<S> && requires(S const& s, Data const& d, std::uint32_t fold) {
  { s.folds() } noexcept -> std::same_as<std::uint32_t>;
  { s.split(d, fold) } -> std::same_as<std::pair<Data, Data>>;  // train, test
};

namespace detail {

// Uniform in [0, 1), a function of the three.
[[nodiscard]] constexpr double draw_of(std::uint64_t seed, index_t user, index_t item) noexcept {
  return to_unit(mix(seed, user, item));
}

// The two parts of `data` by a mark for every rating, along by_user(): 1 for test.
template <real T>
[[nodiscard]] std::pair<ratings<T>, ratings<T>> parted(ratings<T> const& data, std::vector<std::uint8_t> in_test) {
  ratings<T> test = data.selected(in_test);
  for (std::uint8_t& mark : in_test) mark = mark == 0;
  return {data.selected(in_test), std::move(test)};
}

// parted(), with test(user, row, k) deciding about the k-th rating of a user's row.
template <real T, class Test>
[[nodiscard]] std::pair<ratings<T>, ratings<T>> parted_by(ratings<T> const& data, Test const& test) {
  std::vector<std::uint8_t> in_test;
  in_test.reserve(data.size());
  for (index_t u = 0; u != data.user_count(); ++u) {
    auto const row = data.of(user_id{u});
    for (std::size_t k = 0; k != row.size(); ++k) in_test.push_back(test(u, row, k) ? 1 : 0);
  }
  return parted(data, std::move(in_test));
}

inline void check_fold(char const* who, std::uint32_t fold, std::uint32_t folds) {
  if (fold >= folds)
    raise(error(error_kind::setting) << who << ": fold " << fold << " was asked for; folds go from 0 to " << folds - 1);
}

inline void check_fraction(char const* who, double fraction) {
  if (!(is_finite(fraction) && fraction >= 0 && fraction <= 1))
    raise(error(error_kind::setting) << who << ": fraction = " << fraction << "; it goes from 0 to 1");
}

template <real T>
void check_timed(char const* who, ratings<T> const& data) {
  if (!data.timed() && !data.empty())
    raise(error(error_kind::data) << who << ": the ratings have no times to split by");
}

}  // namespace detail

KINDRED_END
