// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/testing/laws/result.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace testing {

namespace detail {

// One range against score(), into room for one number more, which has to stay NaN.
template <range_scorer S>
[[nodiscard]] law_result check_range(S const& model, user_id u, index_t first, std::size_t size) {
  using T = value_t<S>;
  T const untouched = std::numeric_limits<T>::quiet_NaN();
  std::vector<T> out(size + 1, untouched), expected(size);
  model.score_range(u, item_id{first}, std::span<T>(out).first(size));
  if (!same_bits(out[size], untouched))
    return broken("a scorer writes to out alone") << "score_range(user " << to_index(u) << ", " << size
                                                  << " items from " << first << ") wrote behind the last";
  for (std::size_t from = 0; from < size; from += block) {
    std::vector<item_id> items;
    for (std::size_t k = from; k != (std::min)(from + block, size); ++k)
      items.push_back(item_id{first + static_cast<index_t>(k)});
    model.score(u, items, std::span<T>(expected).subspan(from, items.size()));
  }
  for (std::size_t k = 0; k != size; ++k)
    if (!same_bits(out[k], expected[k]))
      return broken("a range has the scores of its items")
             << "score(user " << to_index(u) << ", item " << first + k << ") is " << expected[k] << ", and " << out[k]
             << " in the range of " << size << " items from " << first;
  return {};
}

}  // namespace detail

// The law of a range_scorer: the numbers of score(), bit by bit, wherever a range begins, however long it is, and
// whatever of it is known; writing nothing but out. `items` is how many the model knows, more or less.
template <range_scorer S>
law_result check_range_scorer(S const& model, std::span<user_id const> users, index_t items) {
  std::vector<user_id> everybody(users.begin(), users.end());
  everybody.push_back(user_id{index_limit - 1});
  std::size_t const whole = (std::min)(range_block, std::size_t{items} + 40);
  for (user_id const u : everybody) {
    for (index_t const first : {index_t{0}, items / 3, items - items / 8}) {
      for (std::size_t const size : {std::size_t{0}, std::size_t{1}, std::size_t{7}, std::size_t{300}, whole})
        if (auto const law = detail::check_range(model, u, first, size); !law.holds()) return law;
    }
    if (auto const law = detail::check_range(model, u, index_limit - 70, 70); !law.holds()) return law;
  }
  return detail::check_range(model, everybody.front(), items / 2, range_block);
}

}  // namespace testing

KINDRED_END
