// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/baseline/bias_model.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/score/scorer.hpp>

#include <cstddef>
#include <span>
#include <utility>

KINDRED_BEGIN

// Non-negative factors: score(u, i) = <p(u), q(i)>, a sum of parts of which none takes anything away. p(u, f) says how
// much of a taste a user has, q(i, f) how much an item is of it.
//
// For a user or an item that is not known the score is that of the biases. One score costs 2 x factors flops.
template <real T>
class nmf_model {
public:
  using value_type = T;
  static constexpr bool calibrated = true;

  // `parts` has a mean and biases of zero.
  nmf_model(factor_model<T> parts, bias_model<T> biases) : parts_(std::move(parts)), biases_(std::move(biases)) {}

  static constexpr stored_format format{"nmf_model", 1};
  nmf_model(blank b) : parts_(b), biases_(b) {}
  static void fields(auto& self, auto& visit) {
    visit("parts", self.parts_);
    visit("biases", self.biases_);
  }

  [[nodiscard]] bool knows(user_id u) const noexcept { return parts_.knows(u); }
  [[nodiscard]] bool knows(item_id i) const noexcept { return parts_.knows(i); }

  void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept {
    if (!knows(u)) return biases_.score(u, items, out);
    parts_.score(u, items, out);
    for (std::size_t k = 0; k != items.size(); ++k)
      if (!knows(items[k])) out[k] = score_of(biases_, u, items[k]);
  }

  [[nodiscard]] factor_model<T> const& parts() const noexcept { return parts_; }
  [[nodiscard]] bias_model<T> const& biases() const noexcept { return biases_; }
  [[nodiscard]] factor_model<T>& parts() noexcept { return parts_; }  // what a solver writes

  friend bool operator==(nmf_model const&, nmf_model const&) = default;

private:
  factor_model<T> parts_;
  bias_model<T> biases_;
};

KINDRED_END
