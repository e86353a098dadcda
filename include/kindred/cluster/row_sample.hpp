// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/run/random.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Rows with weight, `count` of them, spread evenly over all: one of each of `count` stretches of equal length.
template <class Rows>
[[nodiscard]] std::vector<index_t> draw_sample(Rows const& rows, std::size_t count, std::uint64_t seed) {
  std::vector<index_t> heavy;
  if (!rows.weights().empty())
    for (index_t i = 0; i != rows.size(); ++i)
      if (rows.weight(i) > 0) heavy.push_back(i);
  std::size_t const all = heavy.empty() ? rows.size() : heavy.size();
  if (count > all) count = all;
  std::vector<index_t> out(count);
  random_stream random(seed, 3);
  for (std::size_t k = 0; k != count; ++k) {
    std::size_t const first = all * k / count;
    auto const length = static_cast<std::uint32_t>(all * (k + 1) / count - first);
    std::size_t const at = first + below(random, length);
    out[k] = heavy.empty() ? static_cast<index_t>(at) : heavy[at];
  }
  return out;
}

}  // namespace detail

KINDRED_END
