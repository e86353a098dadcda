// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/run/random.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Groups of those who have anything to learn from that have about equally much: they differ by hardly more than the one who has most,
// whatever the tail is like.
struct balanced_groups {
  std::vector<index_t> member;     // group by group
  std::vector<std::size_t> begin;  // of every group

  [[nodiscard]] std::size_t size(std::size_t g) const noexcept { return begin[g + 1] - begin[g]; }
  [[nodiscard]] std::size_t largest() const noexcept {
    std::size_t most = 0;
    for (std::size_t g = 0; g + 1 != begin.size(); ++g)
      if (size(g) > most) most = size(g);
    return most;
  }
};

// Where ranges of about equally many uses begin, of ids 0 ... ids - 1 with count(id) each: range g has those from [g] to before [g + 1].
template <std::size_t Ranges, class Count>
[[nodiscard]] std::array<index_t, Ranges + 1> even_ranges(index_t ids, std::uint64_t total, Count const& count) {
  std::array<index_t, Ranges + 1> begin{};
  std::uint64_t before = 0;
  std::size_t g = 0;
  for (index_t k = 0; k != ids; ++k) {
    while (g + 1 != Ranges && before * Ranges >= (g + 1) * total) begin[++g] = k;
    before += count(k);
  }
  while (g != Ranges) begin[++g] = ids;
  return begin;
}

// Visits 0 ... n - 1 in runs of so many neighbors that come in random order.
template <class Visit>
void each_in_runs(std::size_t n, std::size_t run, std::uint64_t seed, Visit const& visit) {
  std::vector<index_t> runs((n + run - 1) / run);
  for (std::size_t r = 0; r != runs.size(); ++r) runs[r] = static_cast<index_t>(r);
  random_stream random(seed, 0);
  shuffle(random, std::span<index_t>(runs));
  for (std::size_t const r : runs)
    for (std::size_t k = r * run; k != n && k != (r + 1) * run; ++k) visit(static_cast<index_t>(k));
}

// Of ids in some order, who have count(id) each, cut where one follows another.
template <class Count>
[[nodiscard]] balanced_groups cut(std::vector<index_t> ids, std::size_t groups, std::uint64_t total,
                                  Count const& count) {
  std::erase_if(ids, [&](index_t k) { return count(k) == 0; });
  balanced_groups out{std::move(ids), std::vector<std::size_t>(groups + 1, 0)};
  std::uint64_t before = 0;
  for (index_t const k : out.member) {
    std::uint64_t const own = count(k);
    // Where the middle of what it has falls. With hundreds to a group, the product stays below 2^64 up to 2^35 in all.
    ++out.begin[static_cast<std::size_t>((before + (own - 1) / 2) * groups / total) + 1];
    before += own;
  }
  for (std::size_t g = 0; g != groups; ++g) out.begin[g + 1] += out.begin[g];
  return out;
}

// Of ids 0 ... ids - 1, who have count(id) each, dealt out: who has most first, each to the group that has least so far (Graham,
// "Bounds on multiprocessing timing anomalies", 1969), in random order among those who have as much but for a factor of two.
// O(ids groups).
template <class Count>
[[nodiscard]] balanced_groups deal(index_t ids, std::uint32_t groups, std::uint64_t seed, Count const& count) {
  std::vector<index_t> known;
  for (index_t k = 0; k != ids; ++k)
    if (count(k) != 0) known.push_back(k);
  random_stream random(seed, 0);
  shuffle(random, std::span<index_t>(known));

  // Of every power of two of what they have, the highest first, where those begin who have about as much.
  std::array<std::size_t, 65> next{};
  auto const rank = [&](index_t k) { return static_cast<std::size_t>(std::countl_zero(std::uint64_t{count(k)})); };
  for (index_t const k : known) ++next[rank(k) + 1];
  for (std::size_t r = 1; r != next.size(); ++r) next[r] += next[r - 1];
  std::vector<index_t> turn(known.size());
  for (index_t const k : known) turn[next[rank(k)]++] = k;

  std::vector<std::uint64_t> load(groups);
  std::vector<std::uint32_t> group(turn.size());
  balanced_groups out;
  out.begin.assign(std::size_t{groups} + 1, 0);
  for (std::size_t k = 0; k != turn.size(); ++k) {
    std::uint32_t least = 0;
    for (std::uint32_t g = 1; g != groups; ++g)
      if (load[g] < load[least]) least = g;
    load[least] += count(turn[k]);
    group[k] = least;
    ++out.begin[least + 1];
  }
  for (std::uint32_t g = 0; g != groups; ++g) out.begin[g + 1] += out.begin[g];
  out.member.resize(turn.size());
  std::vector<std::size_t> to(out.begin.begin(), out.begin.end() - 1);
  for (std::size_t k = 0; k != turn.size(); ++k) out.member[to[group[k]]++] = turn[k];
  return out;
}

}  // namespace detail

KINDRED_END
