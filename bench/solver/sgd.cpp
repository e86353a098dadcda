// SPDX-License-Identifier: BSL-1.0
// bench: factor/sgd/1m
//
// Seconds of one thread that biased factorization by SGD takes to the held-out error that LIBMF reaches in 20 passes, on a
// million generated ratings with 40 factors. LIBMF's seconds are those of 21 passes less those of one, so that reading the
// file is left out. KINDRED_LIBMF names the folder with mf-train and mf-predict.

#include <kindred/factor/sgd.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

using kindred::index_t;
using kindred::item_id;
using kindred::user_id;
using data_set = kindred::ratings<float>;

double seconds_of(auto const& work) {
  auto const start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median_of(auto const& measure) {
  std::array<double, 5> runs;
  for (double& run : runs) run = measure();
  std::sort(runs.begin(), runs.end());
  return runs[2];
}

double rmse(auto const& model, data_set const& test) {
  double sum = 0;
  for (index_t u = 0; u != test.user_count(); ++u) {
    auto const row = test.of(user_id{u});
    for (std::size_t k = 0; k != row.size(); ++k) {
      double const wrong =
          static_cast<double>(kindred::score_of(model, user_id{u}, item_id{row.index[k]}) - row.value[k]);
      sum += wrong * wrong;
    }
  }
  return std::sqrt(sum / static_cast<double>(test.size()));
}

void write(data_set const& data, std::filesystem::path const& path) {
  std::ofstream out(path);
  for (index_t u = 0; u != data.user_count(); ++u) {
    auto const row = data.of(user_id{u});
    for (std::size_t k = 0; k != row.size(); ++k) out << u << ' ' << row.index[k] << ' ' << row.value[k] << '\n';
  }
}

struct figure {
  double rmse = 0;
  double seconds = 0;
};

figure libmf(std::string const& folder, data_set const& train, data_set const& test) {
  auto const place = std::filesystem::temp_directory_path() / "kindred_bench_sgd";
  std::filesystem::create_directories(place);
  write(train, place / "train");
  write(test, place / "test");
  auto const run = [&](int passes) {
    std::string const command = folder + "/mf-train --quiet -k 40 -l2 0.05 -r 0.1 -s 1 -t " + std::to_string(passes) +
                                " " + (place / "train").string() + " " + (place / "model").string() + " >/dev/null";
    return seconds_of([&] { static_cast<void>(std::system(command.c_str())); });
  };
  figure out;
  out.seconds = median_of([&] { return run(21) - run(1); });
  run(20);
  std::string const command = folder + "/mf-predict -e 0 " + (place / "test").string() + " " +
                              (place / "model").string() + " " + (place / "out").string() + " >" +
                              (place / "rmse").string();
  static_cast<void>(std::system(command.c_str()));
  std::ifstream said(place / "rmse");
  std::string word;
  said >> word >> word >> out.rmse;
  std::filesystem::remove_all(place);
  return out;
}

}  // namespace

int main() {
  auto const table =
      kindred::testing::generate_ratings({.users = 20000, .items = 4000, .ratings = 1000000, .rank = 16});
  auto const all = data_set::from(table);
  std::vector<std::uint8_t> held_out(all.size());
  for (std::size_t k = 0; k != all.size(); ++k) held_out[k] = kindred::mix(1, k) % 5 == 0;
  auto const test = all.selected(held_out);
  for (auto& mark : held_out) mark = mark == 0;
  auto const train = all.selected(held_out);

  char const* const folder = std::getenv("KINDRED_LIBMF");
  figure const peer = folder != nullptr ? libmf(folder, train, test) : figure{};

  kindred::sgd<> recipe{.factors = 40, .epochs = 20};
  recipe.vector.strength = 0.05;
  figure ours;
  for (recipe.epochs = folder != nullptr ? 1 : 20; recipe.epochs <= 40; ++recipe.epochs) {
    ours.rmse = rmse(kindred::fit(recipe, train).model, test);
    if (ours.rmse <= peer.rmse || folder == nullptr) break;
  }
  ours.seconds = median_of([&] { return seconds_of([&] { static_cast<void>(kindred::fit(recipe, train)); }); });

  std::printf("ours: %u epochs to RMSE %.4f\n", recipe.epochs, ours.rmse);
  if (folder == nullptr) {
    std::printf("BENCH factor/sgd/1m ours=%.3f peer=absent unit=s\n", ours.seconds);
  } else {
    std::printf("LIBMF: 20 passes to RMSE %.4f\n", peer.rmse);
    std::printf("BENCH factor/sgd/1m ours=%.3f peer=LIBMF:%.3f ratio=%.2f unit=s\n", ours.seconds, peer.seconds,
                peer.seconds / ours.seconds);
  }
}
