// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/random.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/testing/laws/batch_scorer.hpp>
#include <kindred/testing/laws/range_scorer.hpp>
#include <kindred/testing/laws/result.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace testing {

namespace detail {

// score() into room for one number more. What is not written stays NaN, which the last has to be and no other.
template <scorer S>
[[nodiscard]] law_result score_guarded(S const& model, user_id u, std::span<item_id const> items,
                                       std::vector<value_t<S>>& out) {
  value_t<S> const untouched = std::numeric_limits<value_t<S>>::quiet_NaN();
  out.assign(items.size() + 1, untouched);
  model.score(u, items, std::span(out).first(items.size()));
  if (same_bits(out.back(), untouched)) return {};
  return broken("a scorer writes to out alone")
         << "score(user " << to_index(u) << ", " << items.size() << " items) wrote behind the last";
}

// Scores the items in an order of their positions, in blocks of `size`, and compares each number with the one that was
// found for the item alone. `how` describes the order in the message.
template <scorer S>
[[nodiscard]] law_result compare_blocks(S const& model, user_id u, std::span<item_id const> items,
                                        std::vector<value_t<S>> const& alone, std::vector<std::size_t> const& order,
                                        std::size_t size, char const* how) {
  std::vector<item_id> asked;
  std::vector<value_t<S>> out;
  for (std::size_t first = 0; first < order.size(); first += size) {
    asked.clear();
    for (std::size_t k = first; k != order.size() && k != first + size; ++k) asked.push_back(items[order[k]]);
    if (auto const law = score_guarded(model, u, std::span<item_id const>(asked), out); !law.holds()) return law;
    for (std::size_t k = 0; k != asked.size(); ++k)
      if (auto const expected = alone[order[first + k]]; !same_bits(out[k], expected))
        return broken("the pointwise law")
               << "score(user " << to_index(u) << ", item " << to_index(asked[k]) << ") is " << expected
               << " alone and " << out[k] << " in a block of " << asked.size() << " items, " << how;
  }
  return {};
}

template <scorer S>
[[nodiscard]] law_result check_user(S const& model, user_id u, std::span<item_id const> items) {
  std::vector<value_t<S>> alone(items.size()), out;
  if (auto const law = score_guarded(model, u, {}, out); !law.holds()) return law;
  for (std::size_t k = 0; k != items.size(); ++k) {
    if (auto const law = score_guarded(model, u, items.subspan(k, 1), out); !law.holds()) return law;
    alone[k] = out[0];
    if (!is_finite(alone[k]))
      return broken("scores are finite") << "score(user " << to_index(u) << ", item " << to_index(items[k]) << ") is "
                                         << alone[k];
  }

  std::vector<std::size_t> order(items.size());
  for (std::size_t k = 0; k != order.size(); ++k) order[k] = k;
  auto const compare = [&](std::size_t size, char const* how) {
    return compare_blocks(model, u, items, alone, order, size, how);
  };
  for (std::size_t const size : {std::size_t{1}, std::size_t{2}, std::size_t{17}, block})
    if (auto const law = compare(size, "in order"); !law.holds()) return law;
  std::reverse(order.begin(), order.end());
  if (auto const law = compare(block, "in reverse"); !law.holds()) return law;
  random_stream random(to_index(u), 0);
  shuffle(random, std::span(order));
  if (auto const law = compare(63, "shuffled"); !law.holds()) return law;
  std::fill(order.begin(), order.end(), order[0]);
  return compare(5, "the same item again and again");
}

}  // namespace detail

// The laws of a scorer: total and finite for known and unknown ids; pointwise, to the bit, whatever the size, the order
// and the repetitions of a block; writing nothing but out; and neutral: two unknown users get the same numbers, and so
// do two unknown items. Tries the ids given, and some that nobody knows. A range_scorer or batch_scorer has to keep its own law as well.
//
// Scores every pair about eight times, so give it tens of users and hundreds of items.
template <scorer S>
law_result check_scorer(S const& model, std::span<user_id const> users, std::span<item_id const> items) {
  std::vector<user_id> everybody(users.begin(), users.end());
  std::vector<item_id> everything(items.begin(), items.end());
  for (index_t const beyond : {index_limit / 2 + 1, index_limit - 7, index_limit - 1}) {
    everybody.push_back(user_id{beyond});
    everything.push_back(item_id{beyond});
  }
  for (user_id const u : everybody)
    if (auto const law = detail::check_user(model, u, everything); !law.holds()) return law;

  auto const same = [&](user_id u, item_id i, user_id v, item_id j) -> law_result {
    auto const a = score_of(model, u, i);
    auto const b = score_of(model, v, j);
    if (detail::same_bits(a, b)) return {};
    return detail::broken("unknown ids get the neutral value")
           << "score(user " << to_index(u) << ", item " << to_index(i) << ") is " << a << ", score(user " << to_index(v)
           << ", item " << to_index(j) << ") is " << b << ", and the model knows neither "
           << (u == v ? "of the items" : "of the users");
  };
  std::erase_if(everybody, [&](user_id u) { return model.knows(u); });
  for (std::size_t k = 1; k < everybody.size(); ++k)
    for (item_id const i : everything)
      if (auto const law = same(everybody[0], i, everybody[k], i); !law.holds()) return law;
  std::erase_if(everything, [&](item_id i) { return model.knows(i); });
  for (std::size_t k = 1; k < everything.size(); ++k)
    for (user_id const u : users)
      if (auto const law = same(u, everything[0], u, everything[k]); !law.holds()) return law;
  index_t reached = 0;
  for (item_id const i : items) reached = (std::max)(reached, to_index(i));
  if constexpr (batch_scorer<S>)
    if (auto const law = check_batch_scorer(model, users, reached); !law.holds()) return law;
  if constexpr (range_scorer<S>)
    return check_range_scorer(model, users.first((std::min)(users.size(), std::size_t{8})), reached);
  else return {};
}

}  // namespace testing

KINDRED_END
