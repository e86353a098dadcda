// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>

#include <cstdint>
#include <limits>

KINDRED_BEGIN

// How recommendations are judged.
struct ranking_protocol {
  std::uint32_t length = 10;  // of the lists; at least the largest k of the metrics
  double relevant_from = -std::numeric_limits<double>::infinity();  // test ratings from here on count as liked

  // Throws error{setting} when the length is 0 or the threshold is no number that a rating can reach.
  void check() const {
    if (length == 0) raise(error(error_kind::setting) << "ranking_protocol: length = 0; a list has at least one item");
    if (!is_finite(relevant_from) && !(relevant_from < 0))
      raise(error(error_kind::setting) << "ranking_protocol: relevant_from = " << relevant_from
                                       << "; it has to be a number that a rating can reach");
  }
};

KINDRED_END
