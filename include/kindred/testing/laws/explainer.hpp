// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/testing/laws/result.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace testing {

namespace detail {

template <explainer S>
[[nodiscard]] law_result check_explanation(S const& model, user_id u, item_id i) {
  using T = value_t<S>;
  auto const about = [&](char const* law) {
    return broken(law) << "explain(user " << to_index(u) << ", item " << to_index(i) << ") ";
  };

  // All reasons: twice the room until some is left.
  std::vector<evidence<T>> reasons(16);
  explanation<T> whole = model.explain(u, i, reasons);
  while (whole.count == reasons.size() && reasons.size() < (std::size_t{1} << 24)) {
    reasons.resize(2 * reasons.size());
    whole = model.explain(u, i, reasons);
  }
  if (whole.count >= reasons.size())
    return about("explanations fit") << "gave " << whole.count << " reasons with room for " << reasons.size();
  reasons.resize(whole.count);

  double sum = static_cast<double>(whole.base), size = std::abs(sum);
  for (evidence<T> const& e : reasons) {
    if (!is_finite(e.share)) return about("shares are finite") << "says that " << e.id << " adds " << e.share;
    sum += static_cast<double>(e.share);
    size += std::abs(static_cast<double>(e.share));
  }
  auto const score = static_cast<double>(score_of(model, u, i));
  double const rounding = 16 * static_cast<double>(std::numeric_limits<T>::epsilon()) * (1 + size + std::abs(score)) *
                          (4 + std::sqrt(static_cast<double>(reasons.size())));
  if (!(std::abs(sum - score) <= rounding))
    return about("base and shares add up to the score") << "adds up to " << sum << ", the score is " << score;

  for (std::size_t k = 1; k < reasons.size(); ++k) {
    T const before = std::abs(reasons[k - 1].share), after = std::abs(reasons[k].share);
    if (before < after || (before == after && reasons[k - 1].id > reasons[k].id))
      return about("the strongest reasons come first, ties by id")
             << "has " << reasons[k - 1].id << " with the share " << reasons[k - 1].share << " before " << reasons[k].id
             << " with " << reasons[k].share;
  }

  if ((!model.knows(u) || !model.knows(i)) && whole.count != 0)
    return about("there are no reasons where the user or item is unknown") << "gave " << whole.count;

  for (std::size_t const room : {std::size_t{0}, std::size_t{1}, std::size_t{3}}) {
    if (room >= reasons.size()) break;
    std::vector<evidence<T>> few(room);
    explanation<T> const part = model.explain(u, i, few);
    if (part.count != room || !same_bits(part.base, whole.base))
      return about("less room leaves out the weakest reasons")
             << "gave " << part.count << " reasons in room for " << room << ", where there are " << whole.count;
    for (std::size_t k = 0; k != room; ++k)
      if (few[k].id != reasons[k].id || few[k].kind != reasons[k].kind || !same_bits(few[k].share, reasons[k].share))
        return about("less room leaves out the weakest reasons")
               << "has " << few[k].id << " at place " << k << " in room for " << room << ", and " << reasons[k].id
               << " where there is room for all";
  }
  return {};
}

}  // namespace detail

// The laws of an explainer: base and shares add up to the score, up to rounding; shares are finite, the largest first,
// ties by ascending id; with less room the list is cut, not changed; an unknown user or item has no reasons.
template <explainer S>
law_result check_explainer(S const& model, std::span<user_id const> users, std::span<item_id const> items) {
  constexpr index_t unknown = index_limit - 1;
  for (user_id const u : users) {
    for (item_id const i : items)
      if (auto const law = detail::check_explanation(model, u, i); !law.holds()) return law;
    if (auto const law = detail::check_explanation(model, u, item_id{unknown}); !law.holds()) return law;
  }
  for (item_id const i : items)
    if (auto const law = detail::check_explanation(model, user_id{unknown}, i); !law.holds()) return law;
  return {};
}

}  // namespace testing

KINDRED_END
