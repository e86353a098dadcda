// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/serving_parts.hpp>
#include <kindred/compose/stored_parts.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/score/batch_scorer.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/score/updatable.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Says which part serves a user: the number of a part, the same whenever it is asked. A number that no part has is the last one.
template <class C>
concept user_choice = std::movable<C> && requires(C const& c, user_id u) {
  { c(u) } noexcept -> std::convertible_to<std::size_t>;
};

// By how much is known about a user: history_levels(ratings, {1, 20}) is 0 for users without a rating (new), 1 below 20 ratings
// (light), 2 from there on (heavy). A byte a user; it does not look into the ratings again.
class history_levels {
public:
  // Throws error{setting} unless the limits ascend, and there are at most 255.
  template <real T>
  history_levels(ratings<T> const& data, std::initializer_list<std::size_t> limits) : level_(data.user_count(), 0) {
    std::size_t before = 0;
    if (limits.size() > 255) raise(error(error_kind::setting) << "history_levels: more than 255 limits");
    for (std::size_t const limit : limits) {
      if (limit <= before)
        raise(error(error_kind::setting) << "history_levels: the limit " << limit << " comes after " << before
                                         << "; they ascend from 1");
      before = limit;
      for (index_t u = 0; u != data.user_count(); ++u)
        if (data.of(user_id{u}).size() >= limit) ++level_[u];
    }
  }
  static constexpr stored_format format{"history_levels", 1};
  history_levels(blank) noexcept {}
  static void fields(auto& self, auto& visit) { visit("levels", self.level_); }

  [[nodiscard]] std::size_t operator()(user_id u) const noexcept {
    return to_index(u) < level_.size() ? level_[to_index(u)] : 0;
  }

private:
  std::vector<std::uint8_t> level_;
};

// Each user is served by the part that a choice names:
//
//   kindred::switching recommender{kindred::history_levels(ratings, {1, 20}), popular, similar, taste};
//
// One ranking comes from one model, so the parts need not be on one scale. A predictor when all parts are; explains when all do,
// learns when all do. Knows a user when the part that serves them does, an item when any does. Owns its parts.
template <user_choice Choice, scorer First, scorer... Rest>
  requires(std::same_as<value_t<First>, value_t<Rest>> && ...)
class switching {
public:
  using value_type = value_t<First>;
  static constexpr std::size_t parts = 1 + sizeof...(Rest);
  static constexpr bool calibrated = predictor<First> && (predictor<Rest> && ...);
  static constexpr double batch_tolerance = detail::largest_batch_tolerance<First, Rest...>();

  explicit switching(Choice choice, First first, Rest... rest)
      : choice_(std::move(choice)), parts_(std::move(first), std::move(rest)...) {}

  static constexpr stored_format format{"switching", 1};
  switching(blank)
      : choice_(detail::storage::made<Choice>()),
        parts_(detail::storage::made<First>(), detail::storage::made<Rest>()...) {}
  static void fields(auto& self, auto& visit) {
    visit("choice", self.choice_);
    detail::visit_parts(self.parts_, visit);
  }

  // The part that serves a user.
  [[nodiscard]] std::size_t serving(user_id u) const noexcept {
    auto const k = static_cast<std::size_t>(choice_(u));
    return k < parts ? k : parts - 1;
  }

  [[nodiscard]] bool knows(user_id u) const noexcept {
    bool out = false;
    serve(u, [&](auto const& part) { out = part.knows(u); });
    return out;
  }
  [[nodiscard]] bool knows(item_id i) const noexcept {
    return std::apply([&](auto const&... part) { return (part.knows(i) || ...); }, parts_);
  }
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
  // Hands a rating to every part; which of them serves whom stays as it was.
  void update(user_id u, item_id i, value_type value)
    requires(updatable<First> && (updatable<Rest> && ...))
  {
    std::apply([&](auto&... part) { (part.update(u, i, value), ...); }, parts_);
  }

  template <std::size_t K>
  [[nodiscard]] auto const& part() const noexcept {
    return std::get<K>(parts_);
  }

private:
  template <class Ask>
  void serve(user_id u, Ask const& ask) const noexcept {
    detail::serve_by(parts_, serving(u), ask);
  }

  [[no_unique_address]] Choice choice_;
  [[no_unique_address]] std::tuple<First, Rest...> parts_;
};

KINDRED_END
