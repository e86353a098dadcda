// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/random.hpp>
#include <kindred/score/scorer.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <utility>
#include <vector>

namespace bench {

struct split {
  kindred::ratings<float> train;
  kindred::ratings<float> test;
};

// A fifth of the ratings held out, by a mark on the place of each.
inline split split_of(kindred::ratings<float> const& all) {
  std::vector<std::uint8_t> held_out(all.size());
  for (std::size_t k = 0; k != all.size(); ++k) held_out[k] = kindred::mix(1, k) % 5 == 0;
  auto test = all.selected(held_out);
  for (auto& mark : held_out) mark = mark == 0;
  return {all.selected(held_out), std::move(test)};
}

inline double rmse(auto const& model, kindred::ratings<float> const& test) {
  double sum = 0;
  for (kindred::index_t u = 0; u != test.user_count(); ++u) {
    auto const row = test.of(kindred::user_id{u});
    for (std::size_t k = 0; k != row.size(); ++k) {
      double const wrong = static_cast<double>(
          kindred::score_of(model, kindred::user_id{u}, kindred::item_id{row.index[k]}) - row.value[k]);
      sum += wrong * wrong;
    }
  }
  return std::sqrt(sum / static_cast<double>(test.size()));
}

// Lines of `user item rating`.
inline void write(kindred::ratings<float> const& data, std::filesystem::path const& path) {
  std::ofstream out(path);
  for (kindred::index_t u = 0; u != data.user_count(); ++u) {
    auto const row = data.of(kindred::user_id{u});
    for (std::size_t k = 0; k != row.size(); ++k) out << u << ' ' << row.index[k] << ' ' << row.value[k] << '\n';
  }
}

inline double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

inline double median_of(int runs, auto const& measure) {
  std::vector<double> all;
  for (int k = 0; k != runs; ++k) all.push_back(measure());
  std::sort(all.begin(), all.end());
  return all[all.size() / 2];
}

struct figure {
  double rmse = 0;
  double seconds = 0;
  std::uint32_t rounds = 0;
};

// Trains until the error is as low as `goal`, or to the end, without counting the time of looking.
template <class Recipe>
figure train_to(double goal, Recipe const& recipe, std::uint32_t rounds, split const& data) {
  kindred::sequential ex;
  figure out;
  double last = cpu_seconds();
  auto training = recipe.begin(data.train);
  recipe.advance(training, data.train, rounds, ex, [&](auto const& now) {
    out.seconds += cpu_seconds() - last;
    out.rmse = rmse(now.model, data.test);
    out.rounds = now.report.epochs;
    last = cpu_seconds();
    return out.rmse <= goal ? kindred::flow::stop : kindred::flow::proceed;
  });
  return out;
}

}  // namespace bench
