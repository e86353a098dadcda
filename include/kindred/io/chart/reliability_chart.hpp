// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/evaluate/reliability.hpp>
#include <kindred/io/chart/line_chart.hpp>

#include <span>
#include <string>
#include <utility>

KINDRED_BEGIN

// The reliability diagram of probabilities: how often it happened over how likely it was said to be. On the diagonal, 30 %
// means 30 %; below it too much was promised. Parts of [0, 1] without examples are passed over.
//
//   page.line(kindred::reliability_chart(kindred::reliability<float>({probability, clicked})));
[[nodiscard]] inline line_chart reliability_chart(std::span<reliability_bin const> bins,
                                                  std::string title = "What was said, and what happened") {
  line_chart out{.title = std::move(title), .x_label = "said probability", .y_label = "share that happened"};
  line_series met{.name = "examples"};
  for (reliability_bin const& bin : bins)
    if (bin.weight > 0) {
      met.x.push_back(bin.mean_probability);
      met.y.push_back(bin.share);
    }
  out.series = {std::move(met), {.name = "as said", .x = {0, 1}, .y = {0, 1}}};
  return out;
}

KINDRED_END
