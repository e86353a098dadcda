// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/config.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/score/batch_scorer.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/score/updatable.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <tuple>
#include <utility>

KINDRED_BEGIN

namespace detail {

// What fallback and switching have in common: each user is served by one of the parts, that of number choose(parts, user).
template <class Choose, scorer First, scorer... Rest>
class serving_parts {
public:
  using value_type = value_t<First>;
  static constexpr std::size_t parts = 1 + sizeof...(Rest);
  static constexpr bool calibrated = predictor<First> && (predictor<Rest> && ...);
  static constexpr double batch_tolerance = largest_batch_tolerance<First, Rest...>();

  // The part that serves a user: 0 for the first.
  [[nodiscard]] std::size_t serving(user_id u) const noexcept { return choose_(parts_, u); }

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
  // Every part is asked for those it serves.
  void score_batch(std::span<user_id const> users, item_id first, std::span<value_type> out) const
    requires(batch_scorer<First> || (batch_scorer<Rest> || ...))
  {
    KINDRED_ASSERT(users.size() <= batch_block);
    if (users.empty()) return;
    std::array<std::size_t, batch_block> who;
    for (std::size_t k = 0; k != users.size(); ++k) who[k] = serving(users[k]);
    [&]<std::size_t... K>(std::index_sequence<K...>) {
      (score_served(std::get<K>(parts_), K, who, users, first, out), ...);
    }(std::make_index_sequence<parts>{});
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
  // Hands a rating to every part.
  void update(user_id u, item_id i, value_type value)
    requires(updatable<First> && (updatable<Rest> && ...))
  {
    std::apply([&](auto&... part) { (part.update(u, i, value), ...); }, parts_);
  }

  template <std::size_t K>
  [[nodiscard]] auto const& part() const noexcept {
    return std::get<K>(parts_);
  }

protected:
  explicit serving_parts(Choose choose, First first, Rest... rest)
      : choose_(std::move(choose)), parts_(std::move(first), std::move(rest)...) {}

  [[no_unique_address]] Choose choose_;
  [[no_unique_address]] std::tuple<First, Rest...> parts_;

private:
  // Calls ask(part) for the part that serves a user.
  template <class Ask>
  void serve(user_id u, Ask const& ask) const noexcept {
    ask_part(serving(u), ask);
  }
  template <std::size_t K = 0, class Ask>
  void ask_part(std::size_t number, Ask const& ask) const noexcept {
    if constexpr (K + 1 < parts) {
      if (number != K) return ask_part<K + 1>(number, ask);
    }
    ask(std::get<K>(parts_));
  }

  // The scores of those of a batch whom the part of this number serves, as `who` says.
  template <scorer S>
  static void score_served(S const& part, std::size_t number, std::array<std::size_t, batch_block> const& who,
                           std::span<user_id const> users, item_id first, std::span<value_type> out) {
    std::array<user_id, batch_block> served;
    std::size_t count = 0;
    for (std::size_t k = 0; k != users.size(); ++k)
      if (who[k] == number) served[count++] = users[k];
    if (count == users.size()) return score_batch_of(part, users, first, out);
    if (count == 0) return;
    std::size_t const items = out.size() / users.size();
    buffer<value_type> scores(count * items);
    score_batch_of(part, std::span<user_id const>(served).first(count), first, scores.span());
    value_type const* from = scores.data();
    for (std::size_t k = 0; k != users.size(); ++k)
      if (who[k] == number)
        for (value_type& to : out.subspan(k * items, items)) to = *from++;
  }
};

}  // namespace detail

KINDRED_END
