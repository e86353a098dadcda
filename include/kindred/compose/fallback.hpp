// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/serving_parts.hpp>
#include <kindred/compose/stored_parts.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/score/batch_scorer.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/score/updatable.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <tuple>
#include <utility>

KINDRED_BEGIN

// Cold start as a combinator: each user is served by the first part that knows them, by the last when none does.
//
//   kindred::fallback recommender{taste, popular};
//
// One ranking comes from one model, so the parts need not be on one scale. A predictor when all parts are. Knows what
// any part knows: an item that only another part knows gets the neutral score of the one that serves. Explains when all
// parts do, learns when all parts do. Owns its parts.
template <scorer First, scorer... Rest>
  requires(std::same_as<value_t<First>, value_t<Rest>> && ...)
class fallback {
public:
  using value_type = value_t<First>;
  static constexpr bool calibrated = predictor<First> && (predictor<Rest> && ...);
  static constexpr double batch_tolerance = detail::largest_batch_tolerance<First, Rest...>();

  explicit fallback(First first, Rest... rest) : parts_(std::move(first), std::move(rest)...) {}

  static constexpr stored_format format{"fallback", 1};
  fallback(blank) : parts_(detail::storage::made<First>(), detail::storage::made<Rest>()...) {}
  static void fields(auto& self, auto& visit) { detail::visit_parts(self.parts_, visit); }

  [[nodiscard]] bool knows(user_id u) const noexcept { return any_knows(u); }
  [[nodiscard]] bool knows(item_id i) const noexcept { return any_knows(i); }

  void score(user_id u, std::span<item_id const> items, std::span<value_type> out) const noexcept {
    serve(u, [&](auto const& part) { part.score(u, items, out); });
  }

  void score_range(user_id u, item_id first, std::span<value_type> out) const noexcept
    requires(range_scorer<First> || (range_scorer<Rest> || ...))
  {
    serve(u, [&](auto const& part) { score_range_of(part, u, first, out); });
  }

  void score_batch(std::span<user_id const> users, item_id first, std::span<value_type> out) const
    requires(batch_scorer<First> || (batch_scorer<Rest> || ...))
  {
    detail::score_batch_by(parts_, [&](user_id u) { return serving(u); }, users, first, out);
  }
  [[nodiscard]] bool batches() const noexcept {
    return std::apply([](auto const&... part) { return (batches_of(part) || ...); }, parts_);
  }
  [[nodiscard]] explanation<value_type> explain(user_id u, item_id i,
                                                std::span<evidence<value_type>> out) const noexcept
    requires(explainer<First> && (explainer<Rest> && ...))
  {
    explanation<value_type> said{};
    serve(u, [&](auto const& part) { said = part.explain(u, i, out); });
    return said;
  }
  // Hands a rating to every part: a user whom only the last one knew may be known to the first from then on.
  void update(user_id u, item_id i, value_type value)
    requires(updatable<First> && (updatable<Rest> && ...))
  {
    std::apply([&](auto&... part) { (part.update(u, i, value), ...); }, parts_);
  }

  // The part that serves a user: 0 for the first.
  [[nodiscard]] std::size_t serving(user_id u) const noexcept {
    return std::apply(
        [&](auto const&... part) {
          std::size_t at = 0;
          static_cast<void>(((part.knows(u) || (++at, false)) || ...));
          return at < sizeof...(part) ? at : sizeof...(part) - 1;
        },
        parts_);
  }

  template <std::size_t K>
  [[nodiscard]] auto const& part() const noexcept {
    return std::get<K>(parts_);
  }

private:
  template <entity_id Id>
  [[nodiscard]] bool any_knows(Id which) const noexcept {
    return std::apply([&](auto const&... part) { return (part.knows(which) || ...); }, parts_);
  }

  template <class Ask>
  void serve(user_id u, Ask const& ask) const noexcept {
    detail::serve_by(parts_, serving(u), ask);
  }

  [[no_unique_address]] std::tuple<First, Rest...> parts_;
};

KINDRED_END
