// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/serving_parts.hpp>
#include <kindred/compose/stored_parts.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/score/scorer.hpp>

#include <concepts>
#include <cstddef>
#include <tuple>
#include <utility>

KINDRED_BEGIN

namespace detail {

// The first part that knows a user, the last when none does.
struct first_that_knows {
  template <class... S>
  [[nodiscard]] std::size_t operator()(std::tuple<S...> const& parts, user_id u) const noexcept {
    return std::apply(
        [&](auto const&... part) {
          std::size_t at = 0;
          static_cast<void>(((part.knows(u) || (++at, false)) || ...));
          return at < sizeof...(S) ? at : sizeof...(S) - 1;
        },
        parts);
  }
};

}  // namespace detail

// Cold start as a combinator: each user is served by the first part that knows them, by the last when none does.
//
//   kindred::fallback recommender{taste, popular};
//
// One ranking comes from one model, so the parts need not be on one scale. A predictor when all parts are. Knows what
// any part knows: an item that only another part knows gets the neutral score of the one that serves. Explains when all
// parts do, learns when all parts do: a user whom only the last one knew may be known to the first from then on. Owns its parts.
template <scorer First, scorer... Rest>
  requires(std::same_as<value_t<First>, value_t<Rest>> && ...)
class fallback : public detail::serving_parts<detail::first_that_knows, First, Rest...> {
  using base = detail::serving_parts<detail::first_that_knows, First, Rest...>;

public:
  explicit fallback(First first, Rest... rest) : base({}, std::move(first), std::move(rest)...) {}

  static constexpr stored_format format{"fallback", 1};
  fallback(blank) : base({}, detail::storage::made<First>(), detail::storage::made<Rest>()...) {}
  static void fields(auto& self, auto& visit) { detail::visit_parts(self.parts_, visit); }
};

KINDRED_END
