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
// the items nor their order. `limit` is how many there may be at most.
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
  return {};
}

}  // namespace testing

KINDRED_END
