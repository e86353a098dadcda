// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/scored_examples.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

KINDRED_BEGIN

// The examples whose probability lies in one of so many equal parts of [0, 1]: what was said of them, and what happened.
struct reliability_bin {
  double weight = 0;
  double mean_probability = 0;
  double share = 0;  // of what happened
};

// Whether 30 % means 30 %: examples by their probability, in `bins` equal parts of [0, 1], the last of which has its upper end.
// In a perfect world mean_probability and share agree in every bin that has a weight. O(n). Throws as
// scored_examples::check, error{data} for what is no probability, and error{setting} for no bins or more than 10 000.
template <real T>
[[nodiscard]] std::vector<reliability_bin> reliability(scored_examples<T> const& all, std::uint32_t bins = 10) {
  all.check_probabilities();
  if (bins == 0 || bins > 10000)
    raise(error(error_kind::setting) << "reliability: bins = " << bins << "; there are 1 to 10000");
  std::vector<reliability_bin> out(bins);
  for (std::size_t k = 0; k != all.size(); ++k) {
    auto const p = static_cast<double>(all.score[k]);
    auto const at = static_cast<std::size_t>(p * bins);
    auto& bin = out[at < bins ? at : bins - 1];
    double const w = all.weight_of(k);
    bin.weight += w;
    bin.mean_probability += w * p;
    bin.share += all.happened(k) ? w : 0;
  }
  for (auto& bin : out)
    if (bin.weight > 0) {
      bin.mean_probability /= bin.weight;
      bin.share /= bin.weight;
    }
  return out;
}

// The expected calibration error: the mean over bins, by weight, of |mean_probability - share| (Naeini, Cooper and Hauskrecht,
// "Obtaining well calibrated probabilities using Bayesian binning", 2015). In [0, 1], 0 without examples.
template <real T>
[[nodiscard]] double calibration_error(scored_examples<T> const& all, std::uint32_t bins = 10) {
  double sum = 0;
  double weight = 0;
  for (auto const& bin : reliability(all, bins)) {
    sum += bin.weight * std::abs(bin.mean_probability - bin.share);
    weight += bin.weight;
  }
  return weight > 0 ? sum / weight : 0;
}

KINDRED_END
