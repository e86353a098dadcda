// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/run/fit.hpp>

#include <cstdint>
#include <vector>

KINDRED_BEGIN

// A fit by slim under way: the weights of the items so far, a row for each.
template <real T>
struct slim_checkpoint {
  fit_report report = {.converged = false};
  std::uint32_t unfinished = 0;  // items that ran out of sweeps
  std::vector<offset_t> offset = {0};
  std::vector<index_t> index = {};
  std::vector<T> value = {};

  static constexpr stored_format format{"slim_checkpoint", 1};
  static void fields(auto& self, auto& visit) {
    visit("report", self.report);
    visit("unfinished", self.unfinished);
    visit("offset", self.offset);
    visit("index", self.index);
    visit("value", self.value);
  }
  void restore() const {
    check_stored(!offset.empty() && value.size() == index.size(), "slim_checkpoint: a value for every index");
    check_stored_offsets(offset, index.size(), "slim_checkpoint");
    check_stored_numbers(value, "slim_checkpoint");
  }
};

KINDRED_END
