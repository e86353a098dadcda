// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/score/scorer.hpp>

#include <algorithm>
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
// value. Owns its parts. Throws error{setting} on a bad weight.
template <scorer First, scorer... Rest>
  requires(std::same_as<value_t<First>, value_t<Rest>> && ...)
class weighted {
public:
  using value_type = value_t<First>;
  static constexpr std::size_t parts = 1 + sizeof...(Rest);
  static constexpr bool calibrated = predictor<First> && (predictor<Rest> && ...);

  template <std::size_t Size>  // a plain array of `parts` would take a list that is too short, and fill it with zeros
    requires(Size == parts)
  weighted(value_type const (&weights)[Size], First first, Rest... rest)
      : parts_(std::move(first), std::move(rest)...) {
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
      weight_[k] = static_cast<value_type>(static_cast<double>(weights[k]) / sum);
  }

  [[nodiscard]] bool knows(user_id u) const noexcept { return any_knows(u); }
  [[nodiscard]] bool knows(item_id i) const noexcept { return any_knows(i); }

  void score(user_id u, std::span<item_id const> items, std::span<value_type> out) const noexcept {
    KINDRED_ASSERT(items.size() <= block && items.size() == out.size());
    blend<block>(out, [&](auto const& part, std::span<value_type> term) { part.score(u, items, term); });
  }

  void score_range(user_id u, item_id first, std::span<value_type> out) const noexcept
    requires(range_scorer<First> || (range_scorer<Rest> || ...))
  {
    KINDRED_ASSERT(out.size() <= range_block);
    blend<range_block>(out,
                       [&](auto const& part, std::span<value_type> term) { score_range_of(part, u, first, term); });
  }

private:
  // Adds up what every part gives, ask(part, term), of at most Most values.
  template <std::size_t Most, class Ask>
  void blend(std::span<value_type> out, Ask const& ask) const noexcept {
    std::array<value_type, Most> scratch;
    auto const term = std::span<value_type>(scratch).first(out.size());
    std::fill(out.begin(), out.end(), value_type{});
    std::size_t k = 0;
    auto const add = [&](auto const& part) {
      ask(part, term);
      for (std::size_t j = 0; j != out.size(); ++j) out[j] += weight_[k] * term[j];
      ++k;
    };
    std::apply([&](auto const&... part) { (add(part), ...); }, parts_);
  }

  template <entity_id Id>
  [[nodiscard]] bool any_knows(Id which) const noexcept {
    return std::apply([&](auto const&... part) { return (part.knows(which) || ...); }, parts_);
  }

  std::array<value_type, parts> weight_{};
  [[no_unique_address]] std::tuple<First, Rest...> parts_;
};

template <class T, std::size_t Size, class... S>
weighted(T const (&)[Size], S...) -> weighted<S...>;

KINDRED_END
