// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/resumable.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>

KINDRED_BEGIN

namespace detail {

// Of a solver that remembers nothing but where it is.
struct no_memory {
  static constexpr stored_format format{"no_memory", 1};
  static constexpr void fields(auto&, auto&) {}
};

}  // namespace detail

// A fit of a linear model under way, after a step of its solver: the parameters, and what the solver remembers beside them.
template <class Memory>
struct linear_checkpoint {
  buffer<double> parameters;
  fit_report report = {.converged = false};
  bool begun = false;
  double enough = 0;  // how small the solver wants its gradient, once begun
  Memory memory = {};

  static constexpr stored_format format{"linear_checkpoint", 1};
  static void fields(auto& self, auto& visit) {
    visit("parameters", self.parameters);
    visit("report", self.report);
    visit("begun", self.begun);
    visit("enough", self.enough);
    visit("memory", self.memory);
  }
  void restore() const {
    check_stored_numbers(parameters, "linear_checkpoint");
    check_stored(is_finite(enough), "linear_checkpoint: numbers are finite");
  }
};

namespace detail {

// minimize() of a solver that goes in steps: advance(training, how many, after) makes them.
template <class Memory, observer O, class Advance>
[[nodiscard]] fit_report minimize_in_steps(std::span<double> w, O& watch, Advance const& advance) {
  linear_checkpoint<Memory> training{buffer<double>(w.size())};
  for (std::size_t j = 0; j != w.size(); ++j) training.parameters[j] = w[j];
  advance(training, (std::numeric_limits<std::uint32_t>::max)(), told_to(watch));
  for (std::size_t j = 0; j != w.size(); ++j) w[j] = training.parameters[j];
  return training.report;
}

}  // namespace detail

KINDRED_END
