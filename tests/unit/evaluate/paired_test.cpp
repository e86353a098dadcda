// SPDX-License-Identifier: BSL-1.0
#include <kindred/evaluate/paired_test.hpp>

#include <kindred/evaluate/compare_paired.hpp>
#include <kindred/interop/thread_pool.hpp>

#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

using doctest::Approx;
using kindred::compare_paired;
using kindred::permutation_test;
using kindred::sign_test;
using kindred::signed_rank_test;

using values = std::vector<double>;

TEST_CASE("sign_test: by hand") {
  // Three of four fare better: chances of 0 or 1 of 4 by a fair coin are (1 + 4) / 16, twice that.
  auto const t = sign_test({1, 1, 1, 1, 5}, {2, 3, 4, 0, 5});
  CHECK(t.kind == kindred::test_kind::sign);
  CHECK(t.statistic == 3);
  CHECK(t.pairs == 4);
  CHECK(t.p_value == Approx(0.625).epsilon(1e-14));
  CHECK(sign_test({1, 1}, {2, 0}).p_value == 1);
  CHECK(sign_test(values(11, 0), {1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1}).p_value == Approx(0.2265625).epsilon(1e-12));
  CHECK(sign_test({}, {}).p_value == 1);
  CHECK(sign_test({1}, {1}).p_value == 1);
  // 100 000 of one mind: far below the least double, and no NaN.
  CHECK(sign_test(values(100000, 0), values(100000, 1)).p_value == 0);
}

TEST_CASE("signed_rank_test: by hand, and as an independent implementation has it") {
  // Differences 1 -2 3: ranks 1 2 3, sums 4 and 2. Of 8 ways to give signs, sums of 2 or less: {} {1} {2}: 2 x 3 / 8.
  auto const t = signed_rank_test({0, 0, 0, 7}, {1, -2, 3, 7});
  CHECK(t.kind == kindred::test_kind::signed_rank);
  CHECK(t.statistic == 2);
  CHECK(t.pairs == 3);
  CHECK(t.exact);
  CHECK(t.p_value == 0.75);
  // With ties, 1 1 -1: ranks 2 2 2, the smaller sum 2: 1 + 3 of 8 ways, twice.
  CHECK(signed_rank_test(values(3, 0), {1, 1, -1}).p_value == 1);
  CHECK(signed_rank_test(values(3, 0), {1, 1, 1}).p_value == 0.25);
  CHECK(signed_rank_test({}, {}).p_value == 1);
  // SciPy 1.10: wilcoxon, exact, and beyond 50 by the normal law, without and with ties.
  CHECK(signed_rank_test(values(8, 0), {1, -2, 3, 4, 5, -6, 7, 8}).p_value == Approx(0.1953125).epsilon(1e-12));
  values distinct(60), tied(60);
  for (std::size_t k = 0; k != 60; ++k) {
    double const sign = k % 3 == 0 ? -1 : 1;
    distinct[k] = sign * static_cast<double>(k + 1);
    tied[k] = sign * static_cast<double>(k / 2 + 1);
  }
  auto const normal = signed_rank_test(values(60, 0), distinct);
  CHECK_FALSE(normal.exact);
  CHECK(normal.statistic == 590);
  CHECK(normal.p_value == Approx(0.016733071607703435).epsilon(1e-12));
  CHECK(signed_rank_test(values(60, 0), tied).p_value == Approx(0.016721987596966303).epsilon(1e-12));
}

TEST_CASE("permutation_test: by hand, and drawn as counted") {
  // Differences 1 -2 4, sum 3. Of 8 ways 1 + 2 + 4 = 7, 5, 3, 1 and their negatives: six are 3 or more apart from 0.
  auto const t = permutation_test({0, 0, 0, 0}, {1, -2, 4, 0});
  CHECK(t.exact);
  CHECK(t.statistic == 0.75);
  CHECK(t.pairs == 3);
  CHECK(t.p_value == 0.75);
  CHECK(permutation_test({}, {}).p_value == 1);
  CHECK(permutation_test({5, 5}, {5, 5}).p_value == 1);
  // Seventeen alike: of 2^17 ways two are as extreme; what is drawn counts itself.
  auto const drawn = permutation_test(values(17, 0), values(17, 0.1), {.rounds = 999});
  CHECK_FALSE(drawn.exact);
  CHECK(drawn.p_value == Approx(1.0 / 1000));
  // The same difference, of which one pair more does not differ much, drawn and counted.
  values a(16, 0), b(16), c(17, 0), d(17);
  for (std::size_t k = 0; k != 16; ++k) d[k] = b[k] = (k % 3 == 0 ? -1 : 1) * static_cast<double>(k + 1);
  d[16] = 1e-9;
  CHECK(permutation_test(c, d, {.rounds = 20000}).p_value == Approx(permutation_test(a, b).p_value).epsilon(0.1));
  kindred::thread_pool pool(3);
  auto const one = permutation_test(c, d, {.rounds = 999, .seed = 8});
  CHECK(permutation_test(c, d, {.rounds = 999, .seed = 8}, pool).p_value == one.p_value);
  CHECK(permutation_test(c, d, {.rounds = 999, .seed = 8}, support::reversed{}).p_value == one.p_value);
}

TEST_CASE("paired tests: where there is no difference, one in twenty says that there is") {
  int sign = 0, rank = 0, permutation = 0;
  for (std::uint64_t trial = 0; trial != 400; ++trial) {
    kindred::random_stream random(11, trial);
    values a(60), b(60);
    for (std::size_t k = 0; k != 60; ++k) {
      a[k] = kindred::unit(random);
      b[k] = kindred::unit(random);
    }
    sign += sign_test(a, b).p_value <= 0.05;
    rank += signed_rank_test(a, b).p_value <= 0.05;
    permutation += permutation_test(a, b, {.rounds = 200, .seed = trial}).p_value <= 0.05;
  }
  CHECK(sign <= 30);
  CHECK(rank > 5);
  CHECK(rank < 35);
  CHECK(permutation > 5);
  CHECK(permutation < 35);
}

TEST_CASE("compare_paired: everything at once, and the same the other way round") {
  values a(40), b(40);
  for (std::size_t k = 0; k != 40; ++k) {
    a[k] = kindred::to_unit(kindred::mix(1, k));
    b[k] = k < 5 ? a[k] : a[k] + 0.3 - 0.4 * kindred::to_unit(kindred::mix(2, k));
  }
  auto const forth = compare_paired(a, b);
  auto const back = compare_paired(b, a);
  CHECK(forth.equal == 5);
  CHECK(forth.better + forth.worse == 35);
  CHECK(forth.better == back.worse);
  CHECK(forth.difference.value == Approx(-back.difference.value));
  CHECK(forth.difference.value > 0.05);
  CHECK(forth.difference.low > 0);
  CHECK(forth.differs());
  CHECK(forth.sign.p_value == Approx(back.sign.p_value));
  CHECK(forth.signed_rank.p_value == Approx(back.signed_rank.p_value));
  CHECK(forth.permutation.p_value == back.permutation.p_value);
  CHECK_FALSE(compare_paired(a, a).differs());
  CHECK(compare_paired({}, {}).difference.count == 0);
}

TEST_CASE("holm: by hand") {
  // In order .01 .02 .03 .04, times 4 3 2 1: .04 .06 .06 .04, and none below the one before.
  auto const p = kindred::holm({0.04, 0.01, 0.03, 0.02});
  CHECK(p[0] == Approx(0.06));
  CHECK(p[1] == Approx(0.04));
  CHECK(p[2] == Approx(0.06));
  CHECK(p[3] == Approx(0.06));
  CHECK(kindred::holm({0.7, 0.9})[0] == 1);
  CHECK(kindred::holm({}).empty());
}

TEST_CASE("paired tests: what is refused") {
  auto const shapes = support::error_of([] { static_cast<void>(sign_test({1}, {1, 2})); });
  CHECK(shapes.kind() == kindred::error_kind::shape);
  CHECK(support::says(shapes, "1 values of the one and 2 of the other"));
  auto const nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(support::error_of([&] { static_cast<void>(compare_paired({nan}, {1})); }).kind() == kindred::error_kind::data);
  auto const rounds = support::error_of([] { static_cast<void>(permutation_test({1}, {2}, {.rounds = 1})); });
  CHECK(support::says(rounds, "rounds = 1"));
}
