// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>

#include <cstddef>
#include <span>

KINDRED_BEGIN

// What was said of examples, and what happened: a score each - a probability, or any number of which more means likelier - and
// a label, positive for "it happened" and zero or less for "it did not" (0 and 1, or -1 and 1). Does not own.
//
// `weight` says how often each counts: positive, 1 where left out.
template <real T>
struct scored_examples {
  using value_type = T;

  std::span<T const> score;
  std::span<T const> label;
  std::span<T const> weight = {};

  [[nodiscard]] std::size_t size() const noexcept { return score.size(); }
  [[nodiscard]] bool happened(std::size_t k) const noexcept { return label[k] > 0; }
  [[nodiscard]] double weight_of(std::size_t k) const noexcept {
    return weight.empty() ? 1.0 : static_cast<double>(weight[k]);
  }

  // Throws error: shape when sizes disagree; data, with the place, for a score or label that is not a finite number or a
  // weight that is not a positive one. Whatever takes scored_examples calls it first.
  void check() const {
    if (label.size() != size() || (!weight.empty() && weight.size() != size()))
      raise(error(error_kind::shape) << size() << " scores, but " << label.size() << " labels and " << weight.size()
                                     << " weights");
    for (std::size_t k = 0; k != size(); ++k) {
      if (!is_finite(score[k]) || !is_finite(label[k]))
        raise(error(error_kind::data).at(k) << "example " << k << " has the score " << score[k] << " and the label "
                                            << label[k] << "; both have to be finite");
      if (!weight.empty() && !(is_finite(weight[k]) && weight[k] > 0))
        raise(error(error_kind::data).at(k)
              << "example " << k << " has the weight " << weight[k] << "; weights are positive numbers");
    }
  }

  // The same, for scores that have to be probabilities.
  void check_probabilities() const {
    check();
    for (std::size_t k = 0; k != size(); ++k)
      if (score[k] < 0 || score[k] > 1)
        raise(error(error_kind::data).at(k)
              << "example " << k << " has the score " << score[k] << "; a probability lies between 0 and 1");
  }
};

KINDRED_END
