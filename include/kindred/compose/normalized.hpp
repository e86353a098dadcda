// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/score_scale.hpp>
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
#include <span>
#include <utility>

KINDRED_BEGIN

// A scorer whose scores are put on a scale, for blends of what is not comparable:
//
//   weighted{{0.7f, 0.3f}, normalize<z_scale>(taste, ratings), normalize<z_scale>(similar, ratings)}
//
// The order of items stays as it is. Explains when its part does and the scale is a factor and a shift.
template <scorer S, score_scale<value_t<S>> Scale>
class normalized {
public:
  using value_type = value_t<S>;
  static constexpr double batch_tolerance = detail::batch_tolerance_of<S>();

  normalized(S part, Scale scale) : part_(std::move(part)), scale_(std::move(scale)) {}

  static constexpr stored_format format{"normalized", 1};
  normalized(blank) : part_(detail::storage::made<S>()), scale_(detail::storage::made<Scale>()) {}
  static void fields(auto& self, auto& visit) {
    visit("part", self.part_);
    visit("scale", self.scale_);
  }

  [[nodiscard]] bool knows(user_id u) const noexcept { return part_.knows(u); }
  [[nodiscard]] bool knows(item_id i) const noexcept { return part_.knows(i); }
  void score(user_id u, std::span<item_id const> items, std::span<value_type> out) const noexcept {
    part_.score(u, items, out);
    for (value_type& x : out) x = scale_(x);
  }
  void score_range(user_id u, item_id first, std::span<value_type> out) const noexcept
    requires range_scorer<S>
  {
    part_.score_range(u, first, out);
    for (value_type& x : out) x = scale_(x);
  }
  void score_batch(std::span<user_id const> users, item_id first, std::span<value_type> out) const
    requires(batch_scorer<S> && requires(Scale const& s) { s.factor; })
  {
    part_.score_batch(users, first, out);
    for (value_type& x : out) x = scale_(x);
  }
  [[nodiscard]] bool batches() const noexcept { return batches_of(part_); }
  [[nodiscard]] explanation<value_type> explain(user_id u, item_id i,
                                                std::span<evidence<value_type>> out) const noexcept
    requires explainer<S> && requires(Scale const& s) { s.factor; }
  {
    auto said = part_.explain(u, i, out);
    said.base = scale_(said.base);
    for (std::size_t k = 0; k != said.count; ++k) out[k].share *= scale_.factor;
    return said;
  }
  void update(user_id u, item_id i, value_type value)
    requires updatable<S>
  {
    part_.update(u, i, value);
  }

  [[nodiscard]] S const& part() const noexcept { return part_; }
  [[nodiscard]] Scale const& scale() const noexcept { return scale_; }

private:
  [[no_unique_address]] S part_;
  Scale scale_;
};

// Fits the scale to a sample of what the model says about the users and items of the data.
template <template <class> class Scale, scorer S>
[[nodiscard]] normalized<S, Scale<value_t<S>>> normalize(S model, ratings<value_t<S>> const& data,
                                                         score_sample const& how = {}) {
  auto scale = fit_scale<Scale>(model, data, how);
  return {std::move(model), std::move(scale)};
}

KINDRED_END
