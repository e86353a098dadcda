// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/random.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

namespace testing {

// The policies of a solver and no more: copied, without defaults, for one kind of number, and no templates, so that a
// solver cannot hand them whole registers.

class random_source_archetype {
public:
  random_source_archetype(std::uint64_t seed, std::uint64_t stream) noexcept : state_(mix(seed, stream)) {}
  random_source_archetype(random_source_archetype const&) = delete;
  random_source_archetype& operator=(random_source_archetype const&) = delete;

  std::uint64_t operator()() & noexcept { return state_ = mix(state_); }

private:
  std::uint64_t state_;
};

template <real T>
class loss_archetype {
public:
  explicit loss_archetype(int) noexcept {}
  [[nodiscard]] T value(T prediction, T target) const noexcept { return (prediction - target) * (prediction - target); }
  [[nodiscard]] T slope(T prediction, T target) const noexcept { return 2 * (prediction - target); }
};

template <real T>
class regularizer_archetype {
public:
  explicit regularizer_archetype(T strength) noexcept : strength_(strength) {}
  [[nodiscard]] T penalty(T weight) const noexcept { return strength_ * weight * weight; }
  [[nodiscard]] T shrink(T weight, T rate) const noexcept { return weight / (1 + 2 * rate * strength_); }

private:
  T strength_;
};

class schedule_archetype {
public:
  explicit schedule_archetype(double rate) noexcept : rate_(rate) {}
  [[nodiscard]] double operator()(std::uint32_t) const noexcept { return rate_; }

private:
  double rate_;
};

template <real T>
class initializer_archetype {
public:
  explicit initializer_archetype(int) noexcept {}
  void operator()(std::span<T> row, std::uint64_t seed, index_t id) const noexcept {
    for (std::size_t k = 0; k != row.size(); ++k) row[k] = static_cast<T>(to_unit(mix(seed, id, k)) / 8);
  }
};

}  // namespace testing

KINDRED_END
