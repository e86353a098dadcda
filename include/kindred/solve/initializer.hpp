// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/run/random.hpp>

#include <concepts>
#include <cstdint>
#include <span>

KINDRED_BEGIN

// Fills the row of an entity before training: a function of (seed, id), of no thread and no order, so that an entity that is
// added later starts where it would have started.
template <class Init, class T>
concept initializer =
    std::copyable<Init> && requires(Init const& init, std::span<T> row, std::uint64_t seed, index_t id) {
      { init(row, seed, id) } noexcept;
    };

// Independent normal numbers with mean zero.
struct normal_initializer {
  double deviation = 0.1;

  template <real T>
  void operator()(std::span<T> row, std::uint64_t seed, index_t id) const noexcept {
    random_stream random(seed, id);
    for (T& x : row) x = static_cast<T>(deviation * normal(random));
  }
  void check() const { check_not_negative("normal_initializer: deviation", deviation); }
};

KINDRED_END
