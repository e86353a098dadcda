// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/similarity/shared_cosine.hpp>
#include <kindred/similarity/weighted_by.hpp>
#include <kindred/similarity/weighting/centered_columns.hpp>

KINDRED_BEGIN

// Adjusted cosine: cosine over the shared columns of values less the mean of their column, in [-1, 1]; 0 as in shared_cosine
// (Sarwar, Karypis, Konstan and Riedl, "Item-based collaborative filtering recommendation algorithms", 2001, section 3.1.3).
//
// With items as rows the columns are users, and what is left of a rating is whether it was more or less than theirs usually are.
using adjusted_cosine = weighted_by<centered_columns, shared_cosine>;

KINDRED_END
