// SPDX-License-Identifier: BSL-1.0
// bench: serve/one_user/1m serve/one_user/1m/int8
// flags: -march=native
//
// One user and 1 000 000 items of 64 factors, on one thread: milliseconds of the processor to the ten best, beside what it takes
// to read as many bytes once, in turns. By float, top_n over a factor_model reads 256 MB of vectors. By int8, stored_factors reads a
// quarter; its hundred best are ordered anew by the float model (a cascade), and the recall of their ten best is told.

#include "../search/random_rows.hpp"

#include <kindred/compose/candidates.hpp>
#include <kindred/compose/cascade.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/stored_factors.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <ctime>

namespace {

using model = kindred::preference_model<float>;
constexpr kindred::index_t users = 40, items = 1'000'000, factors = 64;

model random_model() {
  model made(users, items, factors);
  kindred::random_stream random(1, 0);
  auto const fill = [&](auto id) {
    made.set_known(id);
    for (float& x : made.of(id).vector) x = static_cast<float>(kindred::normal(random));
  };
  for (kindred::index_t u = 0; u != users; ++u) fill(kindred::user_id{u});
  for (kindred::index_t i = 0; i != items; ++i) fill(kindred::item_id{i});
  return made;
}

// Reads every byte, in eight streams' worth of registers that the compiler keeps apart.
std::uint64_t volatile seen;
void read_once(void const* data, std::size_t bytes) {
  constexpr std::size_t width = 64;  // words that are added together
  std::array<std::uint64_t, width> sum{};
  auto const* const words = static_cast<std::uint64_t const*>(data);
  for (std::size_t k = 0; k + width <= bytes / sizeof(std::uint64_t); k += width)
    for (std::size_t j = 0; j != width; ++j) sum[j] += words[k + j];
  std::uint64_t all = 0;
  for (std::uint64_t const one : sum) all += one;
  seen = all;
}

// Medians of CPU seconds of each, taken in turns.
bench::duel cpu_in_turns(auto const& ours, auto const& peer) {
  std::array<double, 15> a, b;
  auto const cost_of = [](auto const& work) {
    std::clock_t const start = std::clock();
    work();
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  };
  for (std::size_t k = 0; k != a.size(); ++k) {
    a[k] = cost_of(ours);
    b[k] = cost_of(peer);
  }
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return {a[a.size() / 2], b[b.size() / 2]};
}

using list = std::array<kindred::scored_item<float>, 10>;

}  // namespace

int main() {
  auto const exact = random_model();
  kindred::stored_factors<std::int8_t, kindred::of_preferences> const small(exact);
  kindred::cascade const short_numbers{{100}, small, exact};
  kindred::all_items const catalog{items};

  std::size_t same = 0;
  for (kindred::index_t u = 0; u != users; ++u) {
    list a, b;
    static_cast<void>(kindred::top_n(exact, kindred::user_id{u}, catalog, a));
    static_cast<void>(kindred::top_n(short_numbers, kindred::user_id{u}, catalog, b));
    for (auto const& x : a)
      for (auto const& y : b) same += x.item == y.item ? 1u : 0u;
  }
  double const recall = static_cast<double>(same) / (10.0 * users);

  kindred::index_t next = 0;
  list best;
  auto const ask = [&](auto const& by) {
    static_cast<void>(kindred::top_n(by, kindred::user_id{next++ % users}, catalog, best));
  };
  std::size_t const bytes = std::size_t{items} * factors * sizeof(float);
  auto const whole = cpu_in_turns([&] { ask(exact); }, [&] { read_once(exact.items().data(), bytes); });
  auto const quarter = cpu_in_turns([&] { ask(short_numbers); }, [&] { read_once(exact.items().data(), bytes / 4); });
  std::printf("%s; reading at %.1f GB/s\n", bench::instruction_set(), static_cast<double>(bytes) / whole.peer * 1e-9);
  std::printf("BENCH serve/one_user/1m ours=%.2f peer=reading:%.2f ratio=%.2f unit=ms\n", whole.ours * 1e3,
              whole.peer * 1e3, whole.peer / whole.ours);
  std::printf("recall@10 by int8 %.4f\n", recall);
  std::printf("BENCH serve/one_user/1m/int8 ours=%.2f peer=reading_a_quarter:%.2f ratio=%.2f unit=ms\n",
              quarter.ours * 1e3, quarter.peer * 1e3, quarter.peer / quarter.ours);
}
