// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/evaluate/bootstrap.hpp>
#include <kindred/evaluate/normal_law.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/random.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

KINDRED_BEGIN

enum class test_kind : std::uint8_t { sign, signed_rank, permutation };

// What a test of "it makes no difference which of the two is used" came to. Two-sided: small p says that one of them is better,
// the sign of the mean difference which.
struct test_outcome {
  test_kind kind = test_kind::sign;
  double statistic = 0;   // as the test says
  double p_value = 1;     // the chance of a difference at least this large, were there none
  std::size_t pairs = 0;  // that differ
  bool exact = false;     // counted out, neither drawn nor approximated
};

namespace detail {

// b - a of every user.
[[nodiscard]] inline std::vector<double> differences(char const* who, std::vector<double> const& a,
                                                     std::vector<double> const& b) {
  if (a.size() != b.size())
    raise(error(error_kind::shape) << who << ": " << a.size() << " values of the one and " << b.size()
                                   << " of the other; both are judged by the same users");
  check_finite_values(who, a);
  check_finite_values(who, b);
  std::vector<double> d(a.size());
  for (std::size_t k = 0; k != a.size(); ++k) d[k] = b[k] - a[k];
  return d;
}

}  // namespace detail

// How many users fare better with b, of those who do not fare alike (Arbuthnot, 1710): is it a fair coin? Looks at directions
// alone, so it needs no assumption and misses most. statistic: users who fare better. Exact, O(users).
[[nodiscard]] inline test_outcome sign_test(std::vector<double> const& a, std::vector<double> const& b) {
  std::size_t better = 0, worse = 0;
  for (double const d : detail::differences("sign_test", a, b)) {
    better += d > 0;
    worse += d < 0;
  }
  test_outcome out{test_kind::sign, static_cast<double>(better), 1, better + worse, true};
  auto const n = static_cast<double>(out.pairs);
  auto x = static_cast<double>((std::min)(better, worse));
  double log_ways = 0;  // to choose x of n
  for (double j = 1; j <= x; ++j) log_ways += std::log((n - j + 1) / j);
  double tail = 0;
  for (double term = std::exp(log_ways - n * std::log(2.0)); x >= 0 && term > 1e-18 * tail; --x) {
    tail += term;
    term *= x / (n - x + 1);
  }
  out.p_value = (std::min)(1.0, 2 * tail);
  return out;
}

// Ranks of how much users fare apart, summed over those who fare better with b (Wilcoxon, "Individual comparisons by ranking
// methods", 1945). Users who fare alike are left out, equal ranks shared. statistic: the smaller of the two rank sums. Up to 50 pairs
// exact, given the ranks; beyond by the normal law, its variance corrected for ties. O(users log users).
[[nodiscard]] inline test_outcome signed_rank_test(std::vector<double> const& a, std::vector<double> const& b) {
  auto d = detail::differences("signed_rank_test", a, b);
  d.erase(std::remove(d.begin(), d.end(), 0.0), d.end());
  std::sort(d.begin(), d.end(), [](double x, double y) { return std::fabs(x) < std::fabs(y); });
  std::size_t const size = d.size();
  std::vector<std::size_t> twice(size);  // the rank of every pair, twice: shared ranks are halves
  double better = 0, ties = 0;
  for (std::size_t first = 0, last = 0; first != size; first = last) {
    while (last != size && std::fabs(d[last]) == std::fabs(d[first])) ++last;
    auto const t = static_cast<double>(last - first);
    ties += t * t * t - t;
    for (std::size_t k = first; k != last; ++k) {
      twice[k] = first + last + 1;
      if (d[k] > 0) better += static_cast<double>(twice[k]) / 2;
    }
  }
  auto const n = static_cast<double>(size);
  double const all = n * (n + 1) / 2;
  test_outcome out{test_kind::signed_rank, (std::min)(better, all - better), 1, size, size <= 50};
  if (size == 0) return out;
  if (!out.exact) {
    double const variance = n * (n + 1) * (2 * n + 1) / 24 - ties / 48;
    out.p_value = 2 * detail::normal_below((out.statistic - all / 2) / std::sqrt(variance));
  } else {
    // How many of the 2^n ways to give signs make each sum: chance[s], s being twice a rank sum.
    std::vector<double> chance(static_cast<std::size_t>(2 * all) + 1, 0);
    chance[0] = 1;
    std::size_t reached = 0;
    for (std::size_t const rank : twice) {
      reached += rank;
      for (std::size_t s = reached + 1; s-- != 0;) chance[s] = (chance[s] + (s >= rank ? chance[s - rank] : 0)) / 2;
    }
    double tail = 0;
    for (std::size_t s = 0; s <= static_cast<std::size_t>(2 * out.statistic); ++s) tail += chance[s];
    out.p_value = 2 * tail;
  }
  out.p_value = (std::min)(1.0, out.p_value);
  return out;
}

// Whether the mean difference stands out among those that come of exchanging a and b for users at random (Fisher, 1935; to be
// preferred for comparing rankings: Smucker, Allan and Carterette, "A comparison of statistical significance tests for
// information retrieval evaluation", 2007). statistic: the mean difference, b - a, over all users. p counts the difference
// itself as one of the draws (Phipson and Smyth, 2010), so it is at least 1 / (rounds + 1). Up to 16 pairs that differ are
// exchanged in all ways. Round r is drawn from the stream (seed, r): the same on any number of threads. O(rounds x users).
struct permutation_settings {
  std::uint32_t rounds = 10000;  // 20 to 10 000 000
  std::uint64_t seed = 0;

  void check() const {
    if (rounds < 20 || rounds > 10'000'000)
      raise(error(error_kind::setting) << "permutation_test: rounds = " << rounds << "; there are 20 to 10000000");
  }
};

template <executor E = sequential>
[[nodiscard]] test_outcome permutation_test(std::vector<double> const& a, std::vector<double> const& b,
                                            permutation_settings how = {}, E&& ex = {}) {
  how.check();
  auto d = detail::differences("permutation_test", a, b);
  auto const users = static_cast<double>(d.size());
  d.erase(std::remove(d.begin(), d.end(), 0.0), d.end());
  double sum = 0, size = 0;
  for (double const x : d) {
    sum += x;
    size += std::fabs(x);
  }
  test_outcome out{test_kind::permutation, users > 0 ? sum / users : 0, 1, d.size(), d.size() <= 16};
  if (d.empty()) return out;
  // What differs by rounding is equal: signs that give the same sum do so in another order.
  double const as_large = std::fabs(sum) - 1e-12 * size;
  std::size_t const rounds = out.exact ? std::size_t{1} << d.size() : how.rounds;
  auto const extreme = reduce_chunks<std::size_t>(ex, rounds, 64, [&](std::size_t first, std::size_t last) {
    std::size_t found = 0;
    for (std::size_t r = first; r != last; ++r) {
      random_stream random(how.seed, r);
      std::uint64_t bits = r;
      double total = 0;
      for (std::size_t k = 0; k != d.size(); ++k, bits >>= 1) {
        if (!out.exact && k % 64 == 0) bits = random();
        total += (bits & 1) != 0 ? d[k] : -d[k];
      }
      found += std::fabs(total) >= as_large;
    }
    return found;
  });
  auto const found = static_cast<double>(extreme), drawn = static_cast<double>(rounds);
  out.p_value = out.exact ? found / drawn : (found + 1) / (drawn + 1);
  return out;
}

KINDRED_END
