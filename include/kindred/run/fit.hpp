// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/storable.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/observer.hpp>

#include <concepts>
#include <cstdint>

KINDRED_BEGIN

// How a fit ended. Not converging is not an error; it is said here.
struct fit_report {
  std::uint32_t epochs = 0;
  double objective = 0;   // the last one told to the observer
  bool converged = true;  // by its own criterion, or, without one, after all its epochs; false when cut short

  static constexpr stored_format format{"fit_report", 1};
  static constexpr void fields(auto& self, auto& visit) {
    visit("epochs", self.epochs);
    visit("objective", self.objective);
    visit("converged", self.converged);
  }
};

// A trained model, and how the training ended. Of a recipe that trains in several goes it is also what lies between them.
template <class M>
struct fitted {
  M model;
  fit_report report = {};

  static constexpr stored_format format{"fitted", 1};
  static constexpr void fields(auto& self, auto& visit) {
    visit("model", self.model);
    visit("report", self.report);
  }
};

// A recipe is an aggregate of hyper-parameters that trains into a model. Recipes are untrained, models are trained: there
// is no third state, and no "call train() first".
template <class R, class Data>
concept recipe = std::copyable<R> && requires(R const& r, Data const& d, sequential& ex, silent& ob) {
  r.fit(d, ex, ob).model;
  { r.fit(d, ex, ob).report } -> std::convertible_to<fit_report>;
};

// Trains `how` on `data`. Throws kindred::error when a hyper-parameter is out of its range (kind setting), when the data
// cannot be learned from (data), or when the training diverged (numeric); the data are never changed.
template <class R, class Data, executor E = sequential, observer O = silent>
  requires recipe<R, Data>
[[nodiscard]] auto fit(R const& how, Data const& data, E&& ex = {}, O&& watch = {}) {
  return how.fit(data, ex, watch);
}

KINDRED_END
