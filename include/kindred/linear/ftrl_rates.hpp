// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>

KINDRED_BEGIN

// How FTRL-Proximal learns.
struct ftrl_rates {
  // With beta the learning rate of a column, alpha / (beta + root of its squared slopes): the first steps.
  double alpha = 0.1;
  double beta = 1;
  double l1 = 0;  // columns whose evidence stays below it have weight zero
  double l2 = 0;
  bool intercept = true;  // learned like a column that is always 1, without l1 and l2

  void check() const {
    check_not_negative("ftrl: beta", beta);
    check_not_negative("ftrl: l1", l1);
    check_not_negative("ftrl: l2", l2);
    if (!is_finite(alpha) || alpha <= 0)
      raise(error(error_kind::setting) << "ftrl: alpha = " << alpha << "; it has to be a positive number");
  }
};

KINDRED_END
