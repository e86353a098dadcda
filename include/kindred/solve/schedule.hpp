// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/settings.hpp>

#include <concepts>
#include <cstdint>

KINDRED_BEGIN

// The learning rate of an epoch, counted from zero: a pure function, so that a resumed fit goes on as the unbroken one.
template <class S>
concept schedule = std::copyable<S> && requires(S const& s, std::uint32_t epoch) {
  { s(epoch) } noexcept -> std::same_as<double>;
};

// The same rate throughout.
struct constant_rate {
  double rate = 0.01;
  [[nodiscard]] constexpr double operator()(std::uint32_t) const noexcept { return rate; }
  void check() const { check_not_negative("constant_rate: rate", rate); }
};

// rate / (1 + decay epoch): large steps first, then ever smaller ones (Robbins and Monro, 1951).
struct inverse_rate {
  double rate = 0.02;
  double decay = 0.1;
  [[nodiscard]] constexpr double operator()(std::uint32_t epoch) const noexcept { return rate / (1 + decay * epoch); }
  void check() const {
    check_not_negative("inverse_rate: rate", rate);
    check_not_negative("inverse_rate: decay", decay);
  }
};

KINDRED_END
