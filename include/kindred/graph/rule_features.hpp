// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/graph/evidence_pool.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

KINDRED_BEGIN

// What was heard for one answer, in the little room that millions of answers leave: by family the surest three confidences and
// the sum of all, and the sum of what was learned about the single rules that spoke.
struct rule_evidence {
  static constexpr std::size_t families = 4;

  std::array<detail::largest_few<3>, families> surest{};
  std::array<float, families> sum{};
  float learned = 0;

  void add(rule_family from, float confidence) noexcept {
    auto const f = static_cast<std::size_t>(from);
    surest[f].add(confidence);
    sum[f] += confidence;
  }
};

// The numbers that a learned aggregation weighs: of every family -log(1 - c) for its three surest rules, log c for the first, and
// how much there is in all; the surest of all; how often the answer is one at all, and in how many facts it is.
class rule_features {
public:
  static constexpr std::size_t count = 5 * rule_evidence::families + 4;
  static constexpr std::size_t prior_at = count - 2;
  using row = std::array<float, count>;

  rule_features() {
    for (std::size_t k = 0; k <= levels; ++k) {
      double const c = (static_cast<double>(k) + 0.5) / (levels + 1);
      doubt_.push_back(static_cast<float>(-std::log1p(-c)));
      size_.push_back(static_cast<float>(std::log(c + 1e-3) / 7));
    }
  }

  // `prior` and `degree` are prior_feature and degree_feature of the answer.
  [[nodiscard]] row operator()(rule_evidence const& heard, float prior, float degree) const noexcept {
    row out;
    std::size_t at = 0;
    float best = 0;
    for (std::size_t f = 0; f != rule_evidence::families; ++f) {
      auto const& top = heard.surest[f];
      for (std::size_t k = 0; k != 3; ++k) out[at++] = k < top.count ? doubt_[level(top.value[k])] : 0;
      float const first = top.count == 0 ? 0 : top.value[0];
      out[at++] = size_[level(first)];
      out[at++] = heard.sum[f] / (1 + heard.sum[f]);
      best = best < first ? first : best;
    }
    out[at++] = doubt_[level(best)];
    out[at++] = size_[level(best)];
    out[at++] = prior;
    out[at] = degree;
    return out;
  }

  [[nodiscard]] static float prior_feature(std::size_t times) noexcept {
    return static_cast<float>(std::log1p(static_cast<double>(times)) / 5);
  }
  [[nodiscard]] static float degree_feature(std::size_t degree) noexcept {
    return static_cast<float>(std::log1p(static_cast<double>(degree)) / 5);
  }

private:
  static constexpr std::size_t levels = 4095;

  [[nodiscard]] static std::size_t level(float c) noexcept { return static_cast<std::size_t>(c * levels); }

  std::vector<float> doubt_;  // by level of confidence
  std::vector<float> size_;
};

KINDRED_END
