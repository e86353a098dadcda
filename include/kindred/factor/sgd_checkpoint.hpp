// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/run/fit.hpp>

#include <vector>

KINDRED_BEGIN

// A fit by sgd under way, between two epochs: all that is needed to go on with it as if it had never been interrupted.
template <real T>
struct sgd_checkpoint {
  factor_model<T> model;
  fit_report report = {};
  double rate = 0;                  // of the next epoch
  std::vector<T> user_memory = {};  // what adagrad and adam remember; else empty
  std::vector<T> item_memory = {};

  static constexpr stored_format format{"sgd_checkpoint", 1};
  static void fields(auto& self, auto& visit) {
    visit("model", self.model);
    visit("report", self.report);
    visit("rate", self.rate);
    visit("user_memory", self.user_memory);
    visit("item_memory", self.item_memory);
  }
  void restore() const {
    check_stored(is_finite(rate), "sgd_checkpoint: the rate is finite");
    check_stored_numbers(user_memory, "sgd_checkpoint");
    check_stored_numbers(item_memory, "sgd_checkpoint");
  }

  friend bool operator==(sgd_checkpoint const& a, sgd_checkpoint const& b) {
    return a.model == b.model && a.report.epochs == b.report.epochs && a.report.objective == b.report.objective &&
           a.rate == b.rate && a.user_memory == b.user_memory && a.item_memory == b.item_memory;
  }
};

KINDRED_END
