// SPDX-License-Identifier: BSL-1.0
#include <kindred/evaluate/ndcg_at.hpp>

#include "../../support/judged_lists.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

using doctest::Approx;
using kindred::ndcg_at;
using support::judge;

namespace {

long double gain_of(std::vector<int> const& hit) {
  long double gain = 0;
  for (std::size_t p = 0; p != hit.size(); ++p) gain += hit[p] / std::log2(static_cast<long double>(p + 2));
  return gain;
}

}  // namespace

TEST_CASE("ndcg: by hand") {
  // The list 7 3 9 1 4 and the relevant items 1, 3, 5, 8: hits at places 2 and 4. The discounts 1 / log2(p + 1) are
  //
  //   place      1           2           3      4           5
  //   discount   1   1 / log2(3) = 0.63093   0.5   1 / log2(5) = 0.43068   0.38685
  //
  // k = 1: 0.   k = 2: 0.63093 / 1.63093 = 0.38685.   k = 3: 0.63093 / 2.13093 = 0.29608.
  // k = 4: (0.63093 + 0.43068) / (1 + 0.63093 + 0.5 + 0.43068) = 1.06161 / 2.56161 = 0.41443, and as much at k = 5, for
  // there are 4 relevant items.
  double const expected[] = {0, 0.38685, 0.29608, 0.41443, 0.41443};
  for (std::uint32_t k = 1; k <= 5; ++k) {
    CAPTURE(k);
    CHECK(judge(ndcg_at{k}, {7, 3, 9, 1, 4}, {1, 3, 5, 8}) == Approx(expected[k - 1]).epsilon(2e-5));
  }
}

TEST_CASE("ndcg: a perfect list has exactly 1, with fewer and with more relevant items than k") {
  CHECK(judge(ndcg_at{3}, {2, 5, 9}, {2, 5}) == 1);
  CHECK(judge(ndcg_at{3}, {5, 2, 9}, {2, 5, 9}) == 1);
  CHECK(judge(ndcg_at{3}, {2, 5, 9}, {1, 2, 5, 7, 9}) == 1);
}

TEST_CASE("ndcg: places that a short list lacks are wrong") {
  // 1 / (1 + 1 / log2(3)).
  CHECK(judge(ndcg_at{10}, {2}, {2, 5}) == Approx(1 / 1.6309297535714574));
}

TEST_CASE("ndcg: empty lists and nothing relevant give 0; the default k is 10") {
  CHECK(judge(ndcg_at{}, {}, {1}) == 0);
  CHECK(judge(ndcg_at{}, {1}, {}) == 0);
  CHECK(judge(ndcg_at{}, {}, {}) == 0);
  CHECK(ndcg_at{}.k == 10);
}

TEST_CASE("ndcg: the gain of the list over the gain of the relevant items sorted to the front") {
  CHECK(support::largest_difference([](std::uint32_t k) { return ndcg_at{k}; },
                                    [](auto const& one) {
                                      std::vector<int> best(one.k, 0);
                                      for (std::size_t p = 0; p != best.size() && p != one.relevant.size(); ++p)
                                        best[p] = 1;
                                      return one.relevant.empty()
                                                 ? 0
                                                 : static_cast<double>(gain_of(one.hits()) / gain_of(best));
                                    }) < 1e-15);
}
