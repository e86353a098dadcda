// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

KINDRED_BEGIN

// What every linear recipe minimizes, over the weights w of the columns and the intercept b:
//
//   F(w, b) = sum over examples (x, y, c, o) of  c loss(o + b + w . x, y)  +  l2 / 2 |w|^2  +  l1 |w|_1
//
// where c is the weight of the example (1) and o its offset (0). A sum, not a mean: l2 is 1 / C of LIBLINEAR and
// scikit-learn, and a weight counts like so many examples. The intercept is not penalized.
struct linear_penalty {
  double l2 = 1;
  double l1 = 0;
};

KINDRED_END
