// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/score/batch_scorer.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/testing/laws/result.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace testing {

namespace detail {

// One batch against score(), into room for one number more, which has to stay NaN.
template <batch_scorer S>
[[nodiscard]] law_result check_batch(S const& model, std::span<user_id const> users, index_t first, std::size_t items) {
  using T = value_t<S>;
  T const untouched = std::numeric_limits<T>::quiet_NaN();
  std::vector<T> out(users.size() * items + 1, untouched), expected(items);
  model.score_batch(users, item_id{first}, std::span<T>(out).first(users.size() * items));
  if (!same_bits(out.back(), untouched))
    return broken("a scorer writes to out alone") << "score_batch(" << users.size() << " users, " << items
                                                  << " items from " << first << ") wrote behind the last";
  for (std::size_t k = 0; k != users.size(); ++k) {
    score_range_of(model, users[k], item_id{first}, std::span<T>(expected));
    double largest = 0;
    for (T const value : expected) largest = (std::max)(largest, std::abs(static_cast<double>(value)));
    double const tolerance = static_cast<double>(S::batch_tolerance) * largest;
    for (std::size_t j = 0; j != items; ++j) {
      T const value = out[k * items + j];
      double const off = std::abs(static_cast<double>(value) - static_cast<double>(expected[j]));
      if (!is_finite(value) || off > tolerance)
        return broken("a batch has the scores of its users")
               << "score(user " << to_index(users[k]) << ", item " << first + j << ") is " << expected[j] << ", and "
               << value << " in a batch of " << users.size() << " users; the tolerance is " << tolerance;
    }
  }
  return {};
}

}  // namespace detail

// The law of a batch_scorer: the numbers of score(), to within its tolerance of the largest of a user, whoever else is asked for, twice
// or unknown, and wherever the items begin; writing nothing but out. `items` is how many the model knows, more or less.
template <batch_scorer S>
law_result check_batch_scorer(S const& model, std::span<user_id const> users, index_t items) {
  std::vector<user_id> everybody(users.begin(), users.end());
  everybody.push_back(user_id{index_limit - 1});
  everybody.push_back(everybody.front());
  if (everybody.size() > batch_block) everybody.erase(everybody.begin(), everybody.end() - batch_block);
  std::span<user_id const> const all(everybody);
  for (std::size_t const count : {std::size_t{0}, std::size_t{1}, (std::min)(all.size(), std::size_t{17}), all.size()})
    for (index_t const first : {index_t{0}, items / 3})
      for (std::size_t const size : {std::size_t{0}, std::size_t{1}, std::size_t{items} + 40})
        if (auto const law = detail::check_batch(model, all.last(count), first, size); !law.holds()) return law;
  return detail::check_batch(model, all, index_limit - 70, 70);
}

}  // namespace testing

KINDRED_END
