// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/settings.hpp>
#include <kindred/graph/path_rule.hpp>
#include <kindred/graph/rule_features.hpp>
#include <kindred/graph/rule_lessons.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// How the weights of a head are learned from its lessons.
struct descent_settings {
  std::uint32_t epochs = 8;
  double rate = 0.1;
  double l2 = 0.002;       // pull of the features' weights to where they began
  double l2_extra = 0.01;  // pull of the rules' own weights to zero
};

// The weights of one head: of features, and of path rules and buckets from number `first` on.
struct head_weights {
  rule_features::row features{};
  std::vector<float> extra;
  std::uint32_t first = 0;
};

// Minimizes the sum over lessons of -log softmax(score of the right answer) by AdaGrad (Duchi, Hazan and Singer, 2011), lesson by
// lesson in their order. Returns the mean loss of the last epoch.
inline double descend(rule_lessons const& lessons, descent_settings const& how, bool with_extra, head_weights& w) {
  rule_features::row const start = w.features;
  // Beginning at one, not zero: few lessons are to move a weight little, whatever their slopes.
  rule_features::row squares;
  squares.fill(1);
  std::vector<float> extra_squares(w.extra.size(), 1.0f);
  std::vector<float> score;
  double loss = 0;
  auto const rate = static_cast<float>(how.rate), l2 = static_cast<float>(how.l2),
             l2_extra = static_cast<float>(how.l2_extra);
  for (std::uint32_t epoch = 0; epoch != how.epochs; ++epoch) {
    loss = 0;
    for (std::size_t n = 0; n != lessons.size(); ++n) {
      std::size_t const first = lessons.begin[n], last = lessons.begin[n + 1];
      score.assign(last - first, 0);
      float largest = -1e30f;
      for (std::size_t c = first; c != last; ++c) {
        auto const& one = lessons.candidates[c];
        float sum = one.log_weight;
        for (std::size_t k = 0; k != rule_features::count; ++k) sum += w.features[k] * one.features[k];
        if (with_extra)
          for (std::uint32_t const r : lessons.rules_of(c)) sum += w.extra[r - w.first];
        score[c - first] = sum;
        if (largest < sum) largest = sum;
      }
      float total = 0;
      for (float& s : score) {
        s = std::exp(s - largest);
        total += s;
      }
      loss -= std::log(static_cast<double>(score[0] / total) + 1e-12);
      rule_features::row slope{};
      for (std::size_t c = first; c != last; ++c) {
        float const push = score[c - first] / total - (c == first ? 1.0f : 0.0f);
        if (push < 1e-5f && push > -1e-5f) continue;
        auto const& one = lessons.candidates[c];
        for (std::size_t k = 0; k != rule_features::count; ++k) slope[k] += push * one.features[k];
        if (!with_extra) continue;
        for (std::uint32_t const r : lessons.rules_of(c)) {
          float& weight = w.extra[r - w.first];
          float const g = push + l2_extra * weight;
          float& square = extra_squares[r - w.first];
          square += g * g;
          weight -= rate * g / std::sqrt(square);
        }
      }
      for (std::size_t k = 0; k != rule_features::count; ++k) {
        float const g = slope[k] + l2 * (w.features[k] - start[k]);
        squares[k] += g * g;
        w.features[k] -= rate * g / std::sqrt(squares[k]);
      }
    }
  }
  return lessons.size() == 0 ? 0 : loss / static_cast<double>(lessons.size());
}

}  // namespace detail

KINDRED_END
