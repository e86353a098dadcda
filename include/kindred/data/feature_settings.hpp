// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>

#include <cstdint>
#include <string_view>

KINDRED_BEGIN

// How the fields of a feature_table become columns. Every field of an entity is scaled to the length `weight`, whatever its
// kind, so that ten tags do not outweigh one category: of two fields with the weights 1 and 0.5, the first decides four
// times as much of a cosine. Weights go from 0, which leaves the field out, to a million.

// Whether values that few entities have say more than those that many have. With n entities that have the field and
// d of them the value, inverse_frequency multiplies by 1 + log((1 + n) / (1 + d)), the smooth form that scikit-learn uses.
enum class term_weighting : std::uint8_t { equal, inverse_frequency };

// What a word that occurs c times in one text counts: c, 1 + log(c), or 1.
enum class term_counting : std::uint8_t { raw, logarithmic, once };

// A number is standardized: less the mean, by the standard deviation of those that have one, and no farther out than
// `clip` standard deviations, so that one wild price does not drown the rest. One that is not given counts as the mean,
// and says nothing. Take the logarithm of what spans magnitudes before you give it.
struct number_settings {
  double weight = 1;
  double clip = 3;  // above 0
};

// One of several: a column for each value that `at_least` entities have.
struct category_settings {
  double weight = 1;
  index_t at_least = 1;
};

// Any number of labels, a column each.
struct tag_settings {
  double weight = 1;
  index_t at_least = 1;
  term_weighting weighting = term_weighting::inverse_frequency;
};

// Text by its words (see each_word): TF-IDF. `stop_words` is text as well, the words that do not count, in any order:
// "the a an of". It is copied.
struct text_settings {
  double weight = 1;
  index_t at_least = 1;
  term_weighting weighting = term_weighting::inverse_frequency;
  term_counting counting = term_counting::logarithmic;
  std::string_view stop_words = {};
};

// A vector that another model made, such as the embedding of a picture: only its direction counts.
struct vector_settings {
  double weight = 1;
};

KINDRED_END
