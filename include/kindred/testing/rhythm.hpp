// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/testing/draw.hpp>
#include <kindred/testing/world.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

KINDRED_BEGIN

namespace testing::detail {

// How busy the shop is by hour of day and by day of week, Monday first: quiet nights, a bump at lunch, long evenings,
// and weekends that are half as busy again.
inline constexpr std::array<double, 24> busy_hours = {3,  2,  1,  1,  1,  2,  4,  8,  12, 14, 15, 17,
                                                      22, 19, 15, 14, 15, 18, 23, 28, 32, 30, 19, 8};
inline constexpr std::array<double, 7> busy_days = {10, 9, 9, 10, 12, 15, 16};

// A moment between `since`, which is a Monday's midnight, and the end of the world, by the shop's rhythm; weeks alike.
[[nodiscard]] inline std::int64_t time_after(random_stream& random, std::int64_t since) noexcept {
  static constexpr auto reach = [] {  // of the hours of a week, summed
    std::array<double, std::size_t{7} * 24> sums{};
    double sum = 0;
    for (std::size_t h = 0; h != sums.size(); ++h) sums[h] = sum += busy_days[h / 24] * busy_hours[h % 24];
    return sums;
  }();
  auto const weeks = static_cast<std::uint32_t>((world_end - since) / week);
  std::int64_t const monday = since + below(random, weeks) * week;
  double const at = unit(random) * reach.back();
  std::size_t h = 0;
  while (h + 1 != reach.size() && reach[h] <= at) ++h;
  return monday + static_cast<std::int64_t>(h) * hour + below(random, static_cast<std::uint32_t>(hour));
}

}  // namespace testing::detail

KINDRED_END
