// SPDX-License-Identifier: BSL-1.0
// bench: compose/overhead/weighted compose/overhead/any_scorer
// flags: -march=native
//
// What composition costs. A blend of three factor models beside its parts scored one after another, and a factor model behind
// any_scorer beside itself, over a catalog of 20 000 items in blocks of 256 items that are named. ours is the seconds with the
// combinator, peer those without; a ratio of 0.97 is an overhead of three percent. Minima of rounds that take turns.

#include <kindred/compose/any_scorer.hpp>
#include <kindred/compose/weighted.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/run/random.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <limits>
#include <span>
#include <vector>

namespace {

using kindred::index_t;
using kindred::item_id;
using kindred::user_id;
using model = kindred::factor_model<float>;

constexpr index_t users = 50, items = 20000;

model random_model(std::uint64_t seed) {
  model out(users, items, 64);
  auto const fill = [&](auto id, index_t count, std::uint64_t stream) {
    for (index_t k = 0; k != count; ++k) {
      kindred::random_stream random(kindred::mix(seed, stream), k);
      out.set_known(decltype(id){k});
      for (float& x : out.of(decltype(id){k}).vector) x = static_cast<float>(kindred::unit(random));
    }
  };
  fill(user_id{}, users, 1);
  fill(item_id{}, items, 2);
  return out;
}

float total = 0;

// Seconds of CPU to score the catalog for every user.
template <class... M>
double seconds(M const&... part) {
  std::clock_t const start = std::clock();
  std::array<item_id, kindred::block> asked;
  std::array<float, kindred::block> said;
  for (index_t u = 0; u != users; ++u)
    for (index_t from = 0; from < items; from += kindred::block) {
      std::size_t const count = (std::min)(kindred::block, std::size_t{items - from});
      for (std::size_t k = 0; k != count; ++k) asked[k] = item_id{from + static_cast<index_t>(k)};
      auto const score = [&](auto const& one) {
        one.score(user_id{u}, std::span<item_id const>(asked).first(count), std::span<float>(said).first(count));
        total += said[0];
      };
      (score(part), ...);
    }
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

void report(char const* name, auto const& with, auto const& without) {
  double ours = std::numeric_limits<double>::infinity(), parts = ours;
  for (int round = 0; round != 25; ++round) {
    ours = (std::min)(ours, with());
    parts = (std::min)(parts, without());
  }
  std::printf("BENCH compose/overhead/%s ours=%.5f peer=its_parts:%.5f ratio=%.3f unit=s\n", name, ours, parts,
              parts / ours);
}

}  // namespace

int main() {
  auto const a = random_model(1), b = random_model(2), c = random_model(3);
  kindred::weighted const blend{{0.5f, 0.3f, 0.2f}, a, b, c};
  kindred::any_scorer<float> const any{a};
  auto const& parts = blend;
  report(
      "weighted", [&] { return seconds(blend); },
      [&] { return seconds(parts.part<0>(), parts.part<1>(), parts.part<2>()); });
  report("any_scorer", [&] { return seconds(any); }, [&] { return seconds(a); });
  return total == 0 ? 1 : 0;
}
