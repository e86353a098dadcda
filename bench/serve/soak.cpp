// SPDX-License-Identifier: BSL-1.0
// bench: serve/soak
// flags: -march=native
//
// A minute of serving: two threads ask for lists without a pause while a third publishes a new model of 30 000 users and 40 000
// items ten times a second. Every list is compared with the one that its model has to give, and resident memory in the first
// sixth of the time with that in the last. What is printed is the time between asking for the model and having the list, in
// microseconds; the peer is the same without publishing.

#include <kindred/compose/candidates.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/run/random.hpp>
#include <kindred/serve/served.hpp>

#include <unistd.h>
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

namespace {

using clock_type = std::chrono::steady_clock;
using model = kindred::preference_model<float>;
using list = std::array<kindred::scored_item<float>, 10>;

constexpr kindred::index_t users = 30'000, items = 40'000, factors = 64, asked = 50;
constexpr std::uint64_t kinds = 8;  // version v is a model of kind v % kinds

model model_of_kind(std::uint64_t kind) {
  model made(users, items, factors);
  auto const fill = [&](auto id, std::uint64_t side) {
    made.set_known(id);
    auto const row = made.of(id);
    for (kindred::index_t f = 0; f != factors; ++f)
      row.vector[f] = static_cast<float>(kindred::mix(2 * kind + side, to_index(id), f) % 2001) / 1000 - 1;
  };
  for (kindred::index_t u = 0; u != users; ++u) fill(kindred::user_id{u}, 0);
  for (kindred::index_t i = 0; i != items; ++i) fill(kindred::item_id{i}, 1);
  return made;
}

void recommend(model const& by, kindred::index_t user, list& out) {
  kindred::top_n(by, kindred::user_id{user}, kindred::all_items{items}, out);
}

double resident_megabytes() {
  long size = 0, resident = 0;
  if (std::FILE* const file = std::fopen("/proc/self/statm", "r"); file != nullptr) {
    if (std::fscanf(file, "%ld %ld", &size, &resident) != 2) resident = 0;
    std::fclose(file);
  }
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

double median(std::vector<double>& of) {
  if (of.empty()) return 0;
  std::sort(of.begin(), of.end());
  return of[of.size() / 2];
}

struct figures {
  double middle, p99, longest;  // microseconds
  std::uint64_t answers, wrong;
};

}  // namespace

// soak [seconds]
int main(int argc, char** argv) {
  double const seconds = argc > 1 && std::atof(argv[1]) > 0 ? std::atof(argv[1]) : 60;
  std::vector<model> original;
  std::vector<std::vector<list>> expected(kinds, std::vector<list>(asked));
  for (std::uint64_t kind = 0; kind != kinds; ++kind) {
    original.push_back(model_of_kind(kind));
    for (kindred::index_t u = 0; u != asked; ++u) recommend(original.back(), u, expected[kind][u]);
  }

  std::vector<double> early, late;
  std::uint64_t published = 0;
  auto const soak = [&](double length, bool publishing) {
    kindred::served<model> shop{model(original[0])};
    std::atomic<bool> over{false};
    std::atomic<std::uint64_t> wrong{0};
    std::array<std::vector<float>, 2> took;
    std::array<std::size_t, 2> count{};
    for (auto& one : took) one.assign(1'000'000, 0);  // written now, so that it is not taken for growth
    std::vector<std::thread> readers;
    for (std::size_t t = 0; t != took.size(); ++t)
      readers.emplace_back([&, t] {
        for (kindred::index_t k = 0; !over; ++k) {
          list got;
          auto const start = clock_type::now();
          auto const now = shop.now();
          recommend(*now, k % asked, got);
          took[t][count[t]++ % took[t].size()] =
              std::chrono::duration<float, std::micro>(clock_type::now() - start).count();
          list const& right = expected[now.version() % kinds][k % asked];
          for (std::size_t n = 0; n != got.size(); ++n)
            wrong += got[n].item != right[n].item || got[n].value != right[n].value ? 1u : 0u;
        }
      });
    auto const start = clock_type::now();
    auto const since = [&] { return std::chrono::duration<double>(clock_type::now() - start).count(); };
    for (std::uint64_t tick = 1; since() < length; ++tick) {
      std::this_thread::sleep_until(start + tick * std::chrono::milliseconds(100));
      if (publishing) published = shop.publish(model(original[tick % kinds]));
      if (since() < length / 6) early.push_back(resident_megabytes());
      if (since() > length * 5 / 6) late.push_back(resident_megabytes());
    }
    over = true;
    for (std::thread& one : readers) one.join();
    std::vector<float> all;
    for (std::size_t t = 0; t != took.size(); ++t)
      all.insert(all.end(), took[t].begin(),
                 took[t].begin() + static_cast<std::ptrdiff_t>(std::min(count[t], took[t].size())));
    std::sort(all.begin(), all.end());
    return figures{all[all.size() / 2], all[all.size() * 99 / 100], all.back(), count[0] + count[1], wrong};
  };

  figures const still = soak(seconds / 6, false);
  early.clear();
  late.clear();
  figures const moving = soak(seconds, true);
  std::printf(
      "%llu models published under %llu lists, %llu entries wrong; resident at first %.1f MB, at last %.1f MB\n",
      static_cast<unsigned long long>(published), static_cast<unsigned long long>(moving.answers),
      static_cast<unsigned long long>(moving.wrong), median(early), median(late));
  std::printf("a list in microseconds, still / publishing: median %.0f / %.0f, p99 %.0f / %.0f, longest %.0f / %.0f\n",
              still.middle, moving.middle, still.p99, moving.p99, still.longest, moving.longest);
  std::printf("BENCH serve/soak ours=%.1f peer=without_publishing:%.1f ratio=%.3f unit=us\n", moving.middle,
              still.middle, still.middle / moving.middle);
  return moving.wrong == 0 && still.wrong == 0 ? 0 : 1;
}
