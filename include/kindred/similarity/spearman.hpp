// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/similarity/pearson.hpp>
#include <kindred/similarity/weighted_by.hpp>
#include <kindred/similarity/weighting/row_ranks.hpp>

KINDRED_BEGIN

// Spearman's rank correlation: Pearson correlation, over the shared columns, of the ranks that values have within their row, in
// [-1, 1]; 0 as in pearson (Herlocker, Konstan, Borchers and Riedl, "An algorithmic framework for performing collaborative
// filtering", 1999). Equal values share the mean of their ranks.
//
// Ranks are those among all values of a row, and not made anew for every pair. Where rows share all columns it is the correlation
// of the textbooks.
using spearman = weighted_by<row_ranks, pearson>;

KINDRED_END
