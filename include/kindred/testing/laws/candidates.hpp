// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/candidates.hpp>
#include <kindred/core/id.hpp>
#include <kindred/testing/laws/result.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace testing {

namespace detail {

template <candidates C>
[[nodiscard]] std::vector<item_id> handed_out(C const& c, std::size_t room, std::size_t limit) {
  std::vector<item_id> all, block_of(room);
  std::size_t cursor = 0;
  while (std::size_t const count = c.next(cursor, block_of)) {
    all.insert(all.end(), block_of.begin(), block_of.begin() + static_cast<std::ptrdiff_t>((std::min)(count, room)));
    if (count > room || all.size() > limit) break;  // the caller sees why
  }
  return all;
}

}  // namespace detail

// The laws of a set of candidates: every item comes once, the set ends, and the room that is offered changes neither
// the items nor their order; a candidate_set contains these items and no others. `limit` is how many there may be.
template <candidates C>
law_result check_candidates(C const& c, std::size_t limit = 1'000'000) {
  using detail::broken;
  auto const all = detail::handed_out(c, 1, limit);
  if (all.size() > limit) return broken("a set of candidates ends") << "there were more than " << limit;
  for (std::size_t const room : {std::size_t{2}, std::size_t{7}, std::size_t{256}}) {
    auto const again = detail::handed_out(c, room, limit);
    if (again != all)
      return broken("the room offered changes nothing")
             << "with room for " << room << " there are " << again.size() << " items, with room for one " << all.size()
             << (again.size() == all.size() ? ", in another order" : "");
  }
  auto sorted = all;
  std::sort(sorted.begin(), sorted.end());
  if (auto const twice = std::adjacent_find(sorted.begin(), sorted.end()); twice != sorted.end())
    return broken("every item comes once") << "item " << to_index(*twice) << " came again";
  if constexpr (candidate_set<C>) {
    index_t const beyond = c.limit();
    if (!sorted.empty() && to_index(sorted.back()) >= beyond)
      return broken("a set's items are below its limit")
             << "item " << to_index(sorted.back()) << " came, and the limit is " << beyond;
    for (std::size_t i = 0, at = 0; i != (std::min)(std::size_t{beyond} + 3, 2 * limit); ++i) {
      item_id const item{static_cast<index_t>(i)};
      bool const came = at != sorted.size() && sorted[at] == item;
      if (came) ++at;
      if (c.contains(item) != came)
        return broken("a set contains what it hands out")
               << "item " << i << (came ? " came, but is not contained" : " is contained, but did not come");
    }
  }
  return {};
}

}  // namespace testing

KINDRED_END
