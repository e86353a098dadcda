// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/evaluate/measure_lists.hpp>
#include <kindred/run/random.hpp>
#include <kindred/testing/laws/result.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace testing {

// The laws of a list measure m(user, list), tried on lists of 0 to 30 of the first `items` items, for users below `users` and one
// that is not there: the number is finite, and the same when it is asked for again.
template <list_measure M>
law_result check_list_measure(M const& m, index_t users, index_t items, std::uint64_t trials = 300) {
  std::vector<item_id> all(items);
  for (index_t i = 0; i != items; ++i) all[i] = item_id{i};
  for (std::uint64_t trial = 0; trial != trials; ++trial) {
    random_stream random(1, trial);
    user_id const user{below(random, users + 1)};
    shuffle(random, std::span(all));
    std::size_t const length = trial == 0 ? 0 : below(random, items < 30 ? items + 1 : 31);
    auto const list = std::span<item_id const>(all).first(length);
    double const said = m(user, list);
    if (!is_finite(said))
      return detail::broken("a measure is finite")
             << "of " << length << " items for user " << to_index(user) << " it says " << said;
    if (m(user, list) != said)
      return detail::broken("a measure is a function of the user and the list")
             << "of " << length << " items for user " << to_index(user) << " it says " << said << ", and then "
             << m(user, list);
  }
  return {};
}

}  // namespace testing

KINDRED_END
