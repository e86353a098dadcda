// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/factor/interaction_model.hpp>
#include <kindred/run/fit.hpp>

#include <vector>

KINDRED_BEGIN

// A fit by factorization_machine, or by field_aware_machine, under way, between two epochs.
template <real T, class Loss, class Model = interaction_model<T, Loss>>
struct machine_checkpoint {
  Model model;
  fit_report report = {};
  double rate = 0;             // of the next epoch
  std::vector<T> memory = {};  // what adagrad and adam remember; else empty

  static constexpr stored_format format{"machine_checkpoint", 1};
  static void fields(auto& self, auto& visit) {
    visit("model", self.model);
    visit("report", self.report);
    visit("rate", self.rate);
    visit("memory", self.memory);
  }
  void restore() const {
    check_stored(is_finite(rate), "machine_checkpoint: the rate is finite");
    check_stored_numbers(memory, "machine_checkpoint");
  }
};

KINDRED_END
