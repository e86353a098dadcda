// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/serving_parts.hpp>
#include <kindred/compose/stored_parts.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/score/scorer.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
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

namespace detail {

template <user_choice Choice>
struct chosen_part {
  [[no_unique_address]] Choice choice;

  template <class... S>
  [[nodiscard]] std::size_t operator()(std::tuple<S...> const&, user_id u) const noexcept {
    auto const k = static_cast<std::size_t>(choice(u));
    return k < sizeof...(S) ? k : sizeof...(S) - 1;
  }
};

}  // namespace detail

// Each user is served by the part that a choice names:
//
//   kindred::switching recommender{kindred::history_levels(ratings, {1, 20}), popular, similar, taste};
//
// One ranking comes from one model, so the parts need not be on one scale. A predictor when all parts are; explains when all do,
// learns when all do, and which of them serves whom stays as it was. Knows a user when the part that serves them does, an item
// when any does. Owns its parts.
template <user_choice Choice, scorer First, scorer... Rest>
  requires(std::same_as<value_t<First>, value_t<Rest>> && ...)
class switching : public detail::serving_parts<detail::chosen_part<Choice>, First, Rest...> {
  using base = detail::serving_parts<detail::chosen_part<Choice>, First, Rest...>;

public:
  explicit switching(Choice choice, First first, Rest... rest)
      : base({std::move(choice)}, std::move(first), std::move(rest)...) {}

  static constexpr stored_format format{"switching", 1};
  switching(blank)
      : base({detail::storage::made<Choice>()}, detail::storage::made<First>(), detail::storage::made<Rest>()...) {}
  static void fields(auto& self, auto& visit) {
    visit("choice", self.choose_.choice);
    detail::visit_parts(self.parts_, visit);
  }
};

KINDRED_END
