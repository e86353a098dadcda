// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/run/random.hpp>
#include <kindred/testing/laws/result.hpp>

#include <cmath>
#include <cstdint>

KINDRED_BEGIN

namespace testing {

// The laws of a random source: number k is a function of (seed, stream, k); neighboring seeds and streams have nothing
// to do with each other; each of the 64 bits is set half of the time, and agrees half of the time with that of the
// neighbor. No test of a generator's quality: one of its being used right.
template <random_source R>
law_result check_random_source() {
  using detail::broken;
  constexpr int draws = 4096;
  constexpr double deviation = 32;  // of a count of 4096 fair coins; six of them never happen
  for (std::uint64_t seed = 0; seed != 3; ++seed)
    for (std::uint64_t stream = 0; stream != 3; ++stream) {
      R one(seed, stream), same(seed, stream), next_stream(seed, stream + 1), next_seed(seed + 1, stream);
      int set[64] = {}, agree[2][64] = {};
      for (int k = 0; k != draws; ++k) {
        std::uint64_t const x = one();
        if (same() != x)
          return broken("numbers are a function of seed and stream")
                 << "number " << k << " of seed " << seed << " and stream " << stream
                 << " came out differently the second time";
        std::uint64_t const y[2] = {x ^ next_stream(), x ^ next_seed()};
        for (int bit = 0; bit != 64; ++bit) {
          set[bit] += static_cast<int>(x >> bit & 1);
          for (int other = 0; other != 2; ++other) agree[other][bit] += static_cast<int>(~y[other] >> bit & 1);
        }
      }
      for (int bit = 0; bit != 64; ++bit) {
        if (std::abs(set[bit] - draws / 2) > 6 * deviation)
          return broken("bits are fair") << "bit " << bit << " of seed " << seed << " and stream " << stream
                                         << " is set in " << set[bit] << " of " << draws << " numbers";
        for (int other = 0; other != 2; ++other)
          if (std::abs(agree[other][bit] - draws / 2) > 6 * deviation)
            return broken("streams are independent")
                   << "bit " << bit << " of seed " << seed << " and stream " << stream << " agrees with the next "
                   << (other == 0 ? "stream" : "seed") << " in " << agree[other][bit] << " of " << draws << " numbers";
      }
    }
  return {};
}

}  // namespace testing

KINDRED_END
