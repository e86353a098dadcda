// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/blended_parts.hpp>
#include <kindred/compose/stored_parts.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/score/batch_scorer.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/score/updatable.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <span>
#include <tuple>
#include <utility>

KINDRED_BEGIN

// A blend: the weighted mean of what its parts say.
//
//   kindred::weighted blend{{0.7f, 0.3f}, taste, similar};
//
// There are as many weights as parts. They are finite, not negative, and not all zero; they are divided by their sum, so a
// blend of predictors is a predictor. Parts that are not predictors should be on comparable scales, or the one with the
// larger numbers decides. Knows what any part knows; a part that does not know the user or the item gives its neutral
// value. Explains when all parts do, learns when all parts do. Owns its parts. Throws error{setting} on a bad weight.
template <scorer First, scorer... Rest>
  requires(std::same_as<value_t<First>, value_t<Rest>> && ...)
class weighted {
public:
  using value_type = value_t<First>;
  static constexpr std::size_t parts = 1 + sizeof...(Rest);
  static constexpr bool calibrated = predictor<First> && (predictor<Rest> && ...);
  static constexpr double batch_tolerance = detail::blended_parts<First, Rest...>::batch_tolerance;

  template <std::size_t Size>  // a plain array of `parts` would take a list that is too short, and fill it with zeros
    requires(Size == parts)
  weighted(value_type const (&weights)[Size], First first, Rest... rest)
      : blend_{value_type{0}, {}, {std::move(first), std::move(rest)...}} {
    double sum = 0;
    for (std::size_t k = 0; k != parts; ++k) {
      if (!is_finite(weights[k]) || weights[k] < 0)
        raise(error(error_kind::setting) << "the weight of part " << k << " of a blend is " << weights[k]
                                         << "; weights are finite and not negative");
      sum += static_cast<double>(weights[k]);
    }
    if (!(sum > 0) || !is_finite(sum))
      raise(error(error_kind::setting) << "the weights of a blend add up to " << sum
                                       << ", not to a positive, finite number");
    for (std::size_t k = 0; k != parts; ++k)
      blend_.weight[k] = static_cast<value_type>(static_cast<double>(weights[k]) / sum);
  }

  static constexpr stored_format format{"weighted", 1};
  weighted(blank) : blend_{value_type{0}, {}, {detail::storage::made<First>(), detail::storage::made<Rest>()...}} {}
  static void fields(auto& self, auto& visit) {
    visit("weights", self.blend_.weight);
    detail::visit_parts(self.blend_.parts, visit);
  }
  void restore() const {
    check_stored_numbers(blend_.weight, "weighted");
    for (value_type const w : blend_.weight) check_stored(w >= 0 && w <= 1, "weighted: weights from 0 to 1");
  }

  [[nodiscard]] bool knows(user_id u) const noexcept { return blend_.any_knows(u); }
  [[nodiscard]] bool knows(item_id i) const noexcept { return blend_.any_knows(i); }
  void score(user_id u, std::span<item_id const> items, std::span<value_type> out) const noexcept {
    blend_.score(u, items, out);
  }
  void score_range(user_id u, item_id first, std::span<value_type> out) const noexcept
    requires(range_scorer<First> || (range_scorer<Rest> || ...))
  {
    blend_.score_range(u, first, out);
  }
  void score_batch(std::span<user_id const> users, item_id first, std::span<value_type> out) const
    requires(batch_scorer<First> || (batch_scorer<Rest> || ...))
  {
    blend_.score_batch(users, first, out);
  }
  [[nodiscard]] bool batches() const noexcept { return blend_.any_batches(); }
  // The reasons of all parts, each by its weight, one of several parts once.
  [[nodiscard]] explanation<value_type> explain(user_id u, item_id i,
                                                std::span<evidence<value_type>> out) const noexcept
    requires(explainer<First> && (explainer<Rest> && ...))
  {
    return blend_.explain(u, i, out);
  }
  // Hands a rating to every part.
  void update(user_id u, item_id i, value_type value)
    requires(updatable<First> && (updatable<Rest> && ...))
  {
    blend_.update(u, i, value);
  }

  // What each part adds to a score; together they are the score. part<K>().explain says why.
  [[nodiscard]] std::array<value_type, parts> contributions(user_id u, item_id i) const noexcept {
    return blend_.contributions(u, i);
  }
  [[nodiscard]] std::span<value_type const, parts> weights() const noexcept { return blend_.weight; }
  template <std::size_t K>
  [[nodiscard]] auto const& part() const noexcept {
    return std::get<K>(blend_.parts);
  }

private:
  detail::blended_parts<First, Rest...> blend_;
};

template <class T, std::size_t Size, class... S>
weighted(T const (&)[Size], S...) -> weighted<S...>;

KINDRED_END
