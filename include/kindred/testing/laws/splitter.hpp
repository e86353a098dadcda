// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/testing/laws/result.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <utility>

KINDRED_BEGIN

namespace testing {

// The laws of a splitter: there is a fold; in every fold, each rating is in one of train and test, as it was, and
// nothing else is; users and items keep their numbers; and asked twice, it answers the same.
template <class S, real T>
  requires requires(S const& s, ratings<T> const& data, std::uint32_t fold) {
    { s.folds() } -> std::convertible_to<std::uint32_t>;
    { s.split(data, fold) } -> std::same_as<std::pair<ratings<T>, ratings<T>>>;
  }
law_result check_splitter(S const& s, ratings<T> const& data) {
  using detail::broken;
  std::uint32_t const folds = s.folds();
  if (folds == 0) return broken("there is a fold") << "folds() is 0";
  for (std::uint32_t fold = 0; fold != folds; ++fold) {
    auto const [train, test] = s.split(data, fold);
    for (auto const* part : {&train, &test})
      if (part->user_count() != data.user_count() || part->item_count() != data.item_count())
        return broken("users and items keep their numbers")
               << "fold " << fold << " has a part of " << part->user_count() << " users and " << part->item_count()
               << " items, the data " << data.user_count() << " and " << data.item_count();
    if (train.size() + test.size() != data.size())
      return broken("each rating is in train or test")
             << "fold " << fold << " has " << train.size() << " and " << test.size() << " of " << data.size();
    for (index_t u = 0; u != data.user_count(); ++u) {
      auto const row = data.of(user_id{u});
      for (std::size_t k = 0; k != row.size(); ++k) {
        int found = 0;
        for (auto const* part : {&train, &test}) {
          auto const theirs = part->of(user_id{u});
          std::size_t const at = position_of(theirs.index, row.index[k]);
          if (at != theirs.size()) found += detail::same_bits(theirs.value[at], row.value[k]) ? 1 : 100;
        }
        if (found != 1)
          return broken("each rating is in one of train and test, as it was")
                 << "in fold " << fold << " that of user " << u << " and item " << row.index[k] << " is in "
                 << (found == 0   ? "none"
                     : found == 2 ? "both"
                                  : "one, with another value");
      }
    }
    auto const again = s.split(data, fold);
    if (!(again.first == train && again.second == test))
      return broken("a split is a function of the data and the fold")
             << "fold " << fold << " came out differently the second time";
  }
  return {};
}

}  // namespace testing

KINDRED_END
