// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>

#include <span>

KINDRED_BEGIN

// Predicts one number for everybody and everything.
template <real T>
class constant_model {
public:
  using value_type = T;
  static constexpr bool calibrated = true;

  explicit constexpr constant_model(T value) noexcept : value_(value) {}

  static constexpr stored_format format{"constant_model", 1};
  constexpr constant_model(blank) noexcept {}
  static constexpr void fields(auto& self, auto& visit) { visit("value", self.value_); }
  void restore() const { check_stored(is_finite(value_), "constant_model: a finite number"); }

  [[nodiscard]] constexpr bool knows(user_id) const noexcept { return true; }
  [[nodiscard]] constexpr bool knows(item_id) const noexcept { return true; }
  constexpr void score(user_id, std::span<item_id const>, std::span<T> out) const noexcept {
    for (T& x : out) x = value_;
  }
  constexpr void score_range(user_id, item_id, std::span<T> out) const noexcept {
    for (T& x : out) x = value_;
  }

  friend bool operator==(constant_model const&, constant_model const&) = default;

private:
  T value_ = 0;
};

// The number to predict: learns nothing. As the base of a neighborhood model, 0 means "as the ratings are".
struct constant {
  double value = 0;

  template <real T, executor E, observer O>
  [[nodiscard]] fitted<constant_model<T>> fit(ratings<T> const&, E&, O&) const {
    if (!is_finite(static_cast<T>(value)))
      raise(error(error_kind::setting) << "constant: value = " << value
                                       << " is not a finite number of the ratings' type");
    return {constant_model<T>(static_cast<T>(value)), {}};
  }
};

KINDRED_END
