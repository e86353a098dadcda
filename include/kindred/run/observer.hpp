// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <concepts>
#include <cstdint>

KINDRED_BEGIN

enum class flow : bool { stop, proceed };

// What an iterative fit says after each epoch: how many are done, the objective that the recipe documents, and, of a recipe that
// keeps some data back to be judged by, the mean loss there.
struct progress {
  std::uint32_t epoch;
  double objective;
  double held_out = 0;
};

// Watches a fit: a progress bar, a learning curve, an early stop, a cancellation that another thread asked for. One
// mechanism, and no clock in the library. Called between epochs from the thread that called fit; returning flow::stop
// ends the fit, which then gives the model as it is.
template <class O>
concept observer = requires(O& o, progress const& p) {
  { o(p) } -> std::same_as<flow>;
};

// An observer kept in a recipe: early stopping as a hyper-parameter.
template <class S>
concept stopping_rule = observer<S> && std::copyable<S>;

// Watches nothing: the default.
struct silent {
  constexpr flow operator()(progress const&) const noexcept { return flow::proceed; }
};

KINDRED_END
