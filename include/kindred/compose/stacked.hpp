// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/blended_parts.hpp>
#include <kindred/compose/stored_parts.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/linear/linear_model.hpp>
#include <kindred/score/batch_scorer.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/score/updatable.hpp>
#include <kindred/solve/curved_loss.hpp>
#include <kindred/solve/loss.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <span>
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
class stacked {
public:
  using value_type = value_t<First>;
  static constexpr std::size_t parts = 1 + sizeof...(Rest);
  static constexpr bool calibrated = std::same_as<Loss, squared_loss>;
  static constexpr double batch_tolerance = detail::blended_parts<First, Rest...>::batch_tolerance;

  // Throws error{shape} when the linear model has another number of columns than there are parts.
  stacked(linear_model<value_type, Loss> const& how, First first, Rest... rest)
      : blend_{how.intercept(), {}, {std::move(first), std::move(rest)...}}, loss_(how.loss()) {
    if (how.columns() != parts)
      raise(error(error_kind::shape) << "a stack of " << parts << " parts, but a linear model of " << how.columns()
                                     << " columns");
    for (std::size_t k = 0; k != parts; ++k) blend_.weight[k] = how.weights()[k];
  }

  static constexpr stored_format format{"stacked", 1};
  stacked(blank) : blend_{value_type{0}, {}, {detail::storage::made<First>(), detail::storage::made<Rest>()...}} {}
  static void fields(auto& self, auto& visit) {
    visit("intercept", self.blend_.offset);
    visit("weights", self.blend_.weight);
    visit("loss", self.loss_);
    detail::visit_parts(self.blend_.parts, visit);
  }
  void restore() const {
    check_stored(is_finite(blend_.offset), "stacked: a finite intercept");
    check_stored_numbers(blend_.weight, "stacked");
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
  [[nodiscard]] explanation<value_type> explain(user_id u, item_id i,
                                                std::span<evidence<value_type>> out) const noexcept
    requires(explainer<First> && (explainer<Rest> && ...))
  {
    return blend_.explain(u, i, out);
  }
  void update(user_id u, item_id i, value_type value)
    requires(updatable<First> && (updatable<Rest> && ...))
  {
    blend_.update(u, i, value);
  }

  // What a score means in the unit of the labels: a probability for a logistic loss.
  [[nodiscard]] value_type probability(user_id u, item_id i) const noexcept {
    return mean_of_prediction(loss_, score_of(*this, u, i));
  }

  [[nodiscard]] value_type intercept() const noexcept { return blend_.offset; }
  [[nodiscard]] std::span<value_type const, parts> weights() const noexcept { return blend_.weight; }
  // What each part adds to a score; with the intercept they are the score.
  [[nodiscard]] std::array<value_type, parts> contributions(user_id u, item_id i) const noexcept {
    return blend_.contributions(u, i);
  }
  template <std::size_t K>
  [[nodiscard]] auto const& part() const noexcept {
    return std::get<K>(blend_.parts);
  }

private:
  detail::blended_parts<First, Rest...> blend_;
  [[no_unique_address]] Loss loss_ = {};
};

KINDRED_END
