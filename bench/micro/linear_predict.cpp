// SPDX-License-Identifier: BSL-1.0
// bench: linear/predict
//
// Nanoseconds of one warm prediction of a sparse row with 30 features, as a probability, among 2^18 columns.

#include <kindred/linear/linear_model.hpp>
#include <kindred/run/random.hpp>
#include <kindred/solve/logistic_loss.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <vector>

int main() {
  constexpr std::size_t columns = std::size_t{1} << 18, rows = 64, features = 30, rounds = 2000;
  kindred::random_stream random(1, 0);
  std::vector<double> weight(columns + 1);
  for (double& w : weight) w = kindred::normal(random) / 5;
  kindred::linear_model<float, kindred::logistic_loss> const model(weight, columns, {});
  std::vector<kindred::index_t> index;
  for (std::size_t r = 0; r != rows; ++r) {
    for (std::size_t k = 0; k != features; ++k) index.push_back(kindred::below(random, columns));
    std::sort(index.end() - features, index.end());
  }
  std::vector<float> const value(features, 1);
  std::array<double, 9> runs;
  float sum = 0;
  for (double& run : runs) {
    auto const start = std::chrono::steady_clock::now();
    for (std::size_t k = 0; k != rounds; ++k)
      for (std::size_t r = 0; r != rows; ++r)
        sum += model.predict(kindred::sparse_row<float>{{index.data() + r * features, features}, value});
    run = std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count() /
          static_cast<double>(rounds * rows);
  }
  std::sort(runs.begin(), runs.end());
  std::printf("BENCH linear/predict ours=%.1f peer=absent unit=ns\n", runs[runs.size() / 2]);
  return sum > 0 ? 0 : 1;
}
