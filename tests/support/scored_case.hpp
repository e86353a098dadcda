// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/scored_examples.hpp>
#include <kindred/run/random.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace support {

// Scored examples that own what they look into.
template <kindred::real T>
struct scored_case {
  std::vector<T> score;
  std::vector<T> label;
  std::vector<T> weight;

  [[nodiscard]] kindred::scored_examples<T> view() const { return {score, label, weight}; }
};

// Probabilities in tenths, so that many are tied; labels that agree with them more often than not; weights of 1 to 3, or none.
template <kindred::real T>
scored_case<T> random_scores(std::size_t size, bool weighted, std::uint64_t seed) {
  kindred::random_stream random(seed, size);
  scored_case<T> out;
  for (std::size_t k = 0; k != size; ++k) {
    double const p = kindred::below(random, 11) / 10.0;
    out.score.push_back(static_cast<T>(p));
    out.label.push_back(kindred::unit(random) < 0.2 + 0.6 * p ? T{1} : k % 2 == 0 ? T{0} : T{-1});
    if (weighted) out.weight.push_back(static_cast<T>(1 + kindred::below(random, 3)));
  }
  return out;
}

// Fourteen examples of which scikit-learn's figures are known.
template <kindred::real T>
scored_case<T> fourteen(bool weighted) {
  scored_case<T> out;
  for (int const tenths : {6, 7, 3, 9, 9, 9, 1, 2, 1, 4, 1, 5, 6, 3})
    out.score.push_back(static_cast<T>(tenths / 10.0));
  for (int const y : {1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 0, 0, 1, 1}) out.label.push_back(static_cast<T>(y));
  if (weighted)
    for (int const w : {2, 3, 1, 1, 3, 1, 1, 2, 3, 1, 2, 1, 1, 2}) out.weight.push_back(static_cast<T>(w));
  return out;
}

}  // namespace support
