// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/data/splitter.hpp>
#include <kindred/run/random.hpp>
#include <kindred/testing/laws/result.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

KINDRED_BEGIN

namespace testing {

// Whether the parts that a splitter makes are together the whole, or it leaves something out.
enum class coverage : bool { part, whole };

namespace detail {

// Whether `part` has the rating of user u and item i as `value`; 0 when it has none, 1 when it has, 2 with another
// value.
template <real T>
[[nodiscard]] int found_in(ratings<T> const& part, index_t u, index_t i, T const& value) noexcept {
  auto const row = part.of(user_id{u});
  std::size_t const at = position_of(row.index, i);
  return at == row.size() ? 0 : same_bits(row.value[at], value) ? 1 : 2;
}

}  // namespace detail

// The laws of a splitter: there is a fold; in every fold, each rating is in one of train and test - or in none, if it
// says that it leaves some out - as it was, and nothing else is; both parts keep the population; and asked twice, it
// answers the same.
template <real T, splitter<ratings<T>> S>
law_result check_splitter(S const& s, ratings<T> const& data, coverage together = coverage::whole) {
  using detail::broken;
  if (s.folds() == 0) return broken("there is a fold") << "folds() is 0";
  for (std::uint32_t fold = 0; fold != s.folds(); ++fold) {
    auto const [train, test] = s.split(data, fold);
    for (auto const* part : {&train, &test})
      if (part->user_count() != data.user_count() || part->item_count() != data.item_count())
        return broken("both parts keep the population")
               << "fold " << fold << " has a part of " << part->user_count() << " users and " << part->item_count()
               << " items, the data " << data.user_count() << " and " << data.item_count();
    std::size_t met = 0;
    for (index_t u = 0; u != data.user_count(); ++u) {
      auto const row = data.of(user_id{u});
      for (std::size_t k = 0; k != row.size(); ++k) {
        int const in_train = detail::found_in(train, u, row.index[k], row.value[k]);
        int const in_test = detail::found_in(test, u, row.index[k], row.value[k]);
        met += (in_train != 0 ? 1u : 0u) + (in_test != 0 ? 1u : 0u);
        if (in_train + in_test == 1 || (in_train + in_test == 0 && together == coverage::part)) continue;
        return broken("each rating is in one of train and test, as it was")
               << "in fold " << fold << " that of user " << u << " and item " << row.index[k] << " is in "
               << (in_train == 2 || in_test == 2 ? "one with another value"
                   : in_train + in_test == 0     ? "none"
                                                 : "both");
      }
    }
    if (train.size() + test.size() != met)
      return broken("nothing is added") << "fold " << fold << " has " << train.size() << " and " << test.size()
                                        << " ratings, of which " << met << " are in the data";
    auto const again = s.split(data, fold);
    if (!(again.first == train && again.second == test))
      return broken("a split is a function of the data and the fold")
             << "fold " << fold << " came out differently the second time";
  }
  return {};
}

// The further law of random splitters: a rating stays on its side when other ratings are taken away.
template <real T, splitter<ratings<T>> S>
law_result check_stable_splitter(S const& s, ratings<T> const& data) {
  std::vector<std::uint8_t> keep(data.size());
  for (std::size_t k = 0; k != keep.size(); ++k) keep[k] = mix(k) % 3 != 0;
  ratings<T> const fewer = data.selected(keep);
  for (std::uint32_t fold = 0; fold != s.folds(); ++fold) {
    auto const of_all = s.split(data, fold);
    auto const of_fewer = s.split(fewer, fold);
    for (index_t u = 0; u != fewer.user_count(); ++u)
      for (index_t const i : fewer.of(user_id{u}).index)
        if (of_all.first.contains(user_id{u}, item_id{i}) != of_fewer.first.contains(user_id{u}, item_id{i}))
          return detail::broken("a rating stays on its side when others are taken away")
                 << "in fold " << fold << " that of user " << u << " and item " << i << " changed it";
  }
  return {};
}

}  // namespace testing

KINDRED_END
