// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/core/storable.hpp>

#include <cmath>
#include <concepts>

KINDRED_BEGIN

// How much more an observed event counts than one that was not observed, as a function of its value: plays, minutes, visits.
// Zero or more; zero takes the event for one that was not observed.
template <class C, class T>
concept confidence = std::copyable<C> && requires(C const& c, T value) {
  { c(value) } noexcept -> std::same_as<T>;
};

// The same for every event: for data that only say that something happened.
struct constant_confidence {
  double strength = 1;
  static constexpr stored_format format{"constant_confidence", 1};
  static void fields(auto& self, auto& visit) { visit("strength", self.strength); }
  void restore() const { check(); }
  template <real T>
  [[nodiscard]] T operator()(T) const noexcept {
    return static_cast<T>(strength);
  }
  void check() const { check_not_negative("constant_confidence: strength", strength); }
};

// strength |value|. (Hu, Koren and Volinsky, 2008, with strength = 40 for minutes of television over the length of a show.)
struct linear_confidence {
  double strength = 1;
  static constexpr stored_format format{"linear_confidence", 1};
  static void fields(auto& self, auto& visit) { visit("strength", self.strength); }
  void restore() const { check(); }
  template <real T>
  [[nodiscard]] T operator()(T value) const noexcept {
    return static_cast<T>(strength) * std::abs(value);
  }
  void check() const { check_not_negative("linear_confidence: strength", strength); }
};

// strength log(1 + |value| / scale): for counts with long tails. (The same, equation 6.)
struct log_confidence {
  double strength = 1;
  double scale = 1;
  static constexpr stored_format format{"log_confidence", 1};
  static void fields(auto& self, auto& visit) {
    visit("strength", self.strength);
    visit("scale", self.scale);
  }
  void restore() const { check(); }
  template <real T>
  [[nodiscard]] T operator()(T value) const noexcept {
    return static_cast<T>(strength) * std::log1p(std::abs(value) / static_cast<T>(scale));
  }
  void check() const {
    check_not_negative("log_confidence: strength", strength);
    if (!is_finite(scale) || !(scale > 0))
      raise(error(error_kind::setting) << "log_confidence: scale = " << scale
                                       << "; it has to be a finite number above zero");
  }
};

KINDRED_END
