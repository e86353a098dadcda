// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/blended_parts.hpp>
#include <kindred/compose/stored_parts.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/score/scorer.hpp>

#include <concepts>
#include <cstddef>
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
class weighted : public detail::blended_parts<First, Rest...> {
  using base = detail::blended_parts<First, Rest...>;

public:
  using value_type = value_t<First>;
  using base::parts;
  static constexpr bool calibrated = predictor<First> && (predictor<Rest> && ...);

  template <std::size_t Size>  // a plain array of `parts` would take a list that is too short, and fill it with zeros
    requires(Size == 1 + sizeof...(Rest))
  weighted(value_type const (&weights)[Size], First first, Rest... rest)
      : base(value_type{0}, std::move(first), std::move(rest)...) {
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
      this->weight_[k] = static_cast<value_type>(static_cast<double>(weights[k]) / sum);
  }

  static constexpr stored_format format{"weighted", 1};
  weighted(blank) : base(value_type{0}, detail::storage::made<First>(), detail::storage::made<Rest>()...) {}
  static void fields(auto& self, auto& visit) {
    visit("weights", self.weight_);
    detail::visit_parts(self.parts_, visit);
  }
  void restore() const {
    check_stored_numbers(this->weight_, "weighted");
    for (value_type const w : this->weight_) check_stored(w >= 0 && w <= 1, "weighted: weights from 0 to 1");
  }
};

template <class T, std::size_t Size, class... S>
weighted(T const (&)[Size], S...) -> weighted<S...>;

KINDRED_END
