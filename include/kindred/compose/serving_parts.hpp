// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/config.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/score/batch_scorer.hpp>
#include <kindred/score/scorer.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <tuple>
#include <utility>

KINDRED_BEGIN

namespace detail {

// Calls ask(part) for the part of this number.
template <std::size_t K = 0, class Parts, class Ask>
void serve_by(Parts const& parts, std::size_t number, Ask const& ask) noexcept {
  if constexpr (K + 1 < std::tuple_size_v<Parts>) {
    if (number != K) return serve_by<K + 1>(parts, number, ask);
  }
  ask(std::get<K>(parts));
}

// A batch (batch_scorer.hpp) of parts of which each user is served by one, serving(user): every part is asked for those it serves.
template <class Serving, scorer First, scorer... Rest>
void score_batch_by(std::tuple<First, Rest...> const& parts, Serving const& serving, std::span<user_id const> users,
                    item_id first, std::span<value_t<First>> out) {
  using T = value_t<First>;
  KINDRED_ASSERT(users.size() <= batch_block);
  if (users.empty()) return;
  std::size_t const items = out.size() / users.size();
  std::array<std::size_t, batch_block> who;
  for (std::size_t k = 0; k != users.size(); ++k) who[k] = serving(users[k]);
  auto const ask = [&](auto const& part, std::size_t number) {
    std::array<user_id, batch_block> served;
    std::size_t count = 0;
    for (std::size_t k = 0; k != users.size(); ++k)
      if (who[k] == number) served[count++] = users[k];
    if (count == users.size()) return score_batch_of(part, users, first, out);
    if (count == 0) return;
    buffer<T> scores(count * items);
    score_batch_of(part, std::span<user_id const>(served).first(count), first, scores.span());
    T const* from = scores.data();
    for (std::size_t k = 0; k != users.size(); ++k)
      if (who[k] == number)
        for (T& to : out.subspan(k * items, items)) to = *from++;
  };
  [&]<std::size_t... K>(std::index_sequence<K...>) {
    (ask(std::get<K>(parts), K), ...);
  }(std::index_sequence_for<First, Rest...>{});
}

}  // namespace detail

KINDRED_END
