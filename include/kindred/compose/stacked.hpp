// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/blended_parts.hpp>
#include <kindred/compose/stored_parts.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/linear/linear_model.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/solve/curved_loss.hpp>
#include <kindred/solve/loss.hpp>

#include <concepts>
#include <cstddef>
#include <utility>

KINDRED_BEGIN

// A learned blend (Wolpert, "Stacked generalization", 1992): a linear model whose features are what the parts say,
//
//   score = intercept + sum over parts k of  weight[k] x score of part k
//
// Weights may be negative, and parts on any scale. They have to be learned from ratings that the parts have not seen, or the part
// that fits the training data best gets all the weight: stacking sees to that. Of the squared loss it is a predictor, whatever
// its parts are. With a logistic loss, scores are log-odds; probability() says what they mean. Knows what any part knows.
// Explains when all parts do, learns when all parts do. Owns its parts.
template <class Loss, scorer First, scorer... Rest>
  requires(std::same_as<value_t<First>, value_t<Rest>> && ...)
class stacked : public detail::blended_parts<First, Rest...> {
  using base = detail::blended_parts<First, Rest...>;

public:
  using value_type = value_t<First>;
  using base::parts;
  static constexpr bool calibrated = std::same_as<Loss, squared_loss>;

  // Throws error{shape} when the linear model has another number of columns than there are parts.
  stacked(linear_model<value_type, Loss> const& how, First first, Rest... rest)
      : base(how.intercept(), std::move(first), std::move(rest)...), loss_(how.loss()) {
    if (how.columns() != parts)
      raise(error(error_kind::shape) << "a stack of " << parts << " parts, but a linear model of " << how.columns()
                                     << " columns");
    for (std::size_t k = 0; k != parts; ++k) this->weight_[k] = how.weights()[k];
  }

  static constexpr stored_format format{"stacked", 1};
  stacked(blank) : base(value_type{0}, detail::storage::made<First>(), detail::storage::made<Rest>()...) {}
  static void fields(auto& self, auto& visit) {
    visit("intercept", self.offset_);
    visit("weights", self.weight_);
    visit("loss", self.loss_);
    detail::visit_parts(self.parts_, visit);
  }
  void restore() const {
    check_stored(is_finite(this->offset_), "stacked: a finite intercept");
    check_stored_numbers(this->weight_, "stacked");
  }

  // What a score means in the unit of the labels: a probability for a logistic loss.
  [[nodiscard]] value_type probability(user_id u, item_id i) const noexcept {
    return mean_of_prediction(loss_, score_of(*this, u, i));
  }

  [[nodiscard]] value_type intercept() const noexcept { return this->offset_; }

private:
  [[no_unique_address]] Loss loss_ = {};
};

KINDRED_END
