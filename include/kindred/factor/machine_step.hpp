// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/kernel/update_rows.hpp>
#include <kindred/solve/adagrad.hpp>
#include <kindred/solve/regularizer.hpp>
#include <kindred/solve/row_regularizer.hpp>

#include <array>
#include <cstddef>
#include <span>

KINDRED_BEGIN

namespace detail {

// A step of a machine's descent: by its schedule, with what that remembers of every number, and the proximal step after it.
template <class Recipe, real T>
class machine_step {
  using rate_type = decltype(Recipe::rate);
  using vector_type = decltype(Recipe::vector);

public:
  static constexpr std::size_t remembered = [] {  // numbers, of each parameter
    if constexpr (parameter_schedule<rate_type, T>) return rate_type::memory;
    else return std::size_t{0};
  }();

  explicit machine_step(Recipe const& how) noexcept : how_(how) {}

  template <class Regularizer>
  void move_number(T& x, T slope, T rate, [[maybe_unused]] T* memory, Regularizer const& r,
                   T shrinking) const noexcept {
    if constexpr (remembered != 0) {
      std::array<T, remembered> seen;
      for (std::size_t m = 0; m != remembered; ++m) seen[m] = memory[m];
      x = r.shrink(x - how_.rate.move(slope, rate, seen), shrinking);
      for (std::size_t m = 0; m != remembered; ++m) memory[m] = seen[m];
    } else {
      x = r.shrink(x - rate * slope, shrinking);
    }
  }

  // v -= rate share (change - squares v), by the schedule; then the proximal step.
  void move_vector(std::span<T> vector, T const* change, T share, T squares, T rate, T shrinking,
                   [[maybe_unused]] T* memory) const noexcept {
    auto const slope = [&]<class V>(V from, V own) { return V(V(share) * V(from - V(squares) * own)); };
    auto const each = by_number(how_.vector);
    T* const v = vector.data();
    if constexpr (remembered == 0) {
      auto const move = [&]<class V>(V from, V own)
        requires shrinks<number_part<vector_type>, V, T>
      { return std::array<V, 1>{each.shrink(V(own - V(rate) * slope(from, own)), shrinking)}; };
      kernel::update_rows(vector.size(), move, change, v);
    } else if constexpr (remembered == 1) {
      auto const move = [&]<class V>(V from, V own, V a)
        requires shrinks<number_part<vector_type>, V, T>
      {
        std::array<V, 1> seen{a};
        V const step = how_.rate.move(slope(from, own), rate, seen);
        return std::array<V, 2>{each.shrink(V(own - step), shrinking), seen[0]};
      };
      kernel::update_rows(vector.size(), move, change, v, memory);
    } else {
      for (std::size_t f = 0; f != vector.size(); ++f)
        move_number(v[f], slope(change[f], v[f]), rate, memory + f * remembered, each, shrinking);
    }
    shrink_whole(how_.vector, vector, shrinking);
  }

private:
  Recipe const& how_;
};

}  // namespace detail

KINDRED_END
