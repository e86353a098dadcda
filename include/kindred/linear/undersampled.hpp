// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>

KINDRED_BEGIN

// Takes back what leaving out examples did to probabilities: p / (p + (1 - p) / kept).
//
// Where clicks are rare, a model is trained on all of them and on a share `kept`, in (0, 1], of what was not clicked; it then
// says too much (He et al., "Practical lessons from predicting clicks on ads at Facebook", 2014, section 6.3). Keeps order.
struct undersampled {
  double kept = 1;

  [[nodiscard]] double operator()(double p) const noexcept { return p <= 0 ? 0 : p / (p + (1 - p) / kept); }

  // Throws error{setting} when kept is outside its range.
  void check() const {
    if (!is_finite(kept) || kept <= 0 || kept > 1)
      raise(error(error_kind::setting) << "undersampled: kept = " << kept << "; a share lies in (0, 1]");
  }
};

KINDRED_END
