// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/run/random.hpp>
#include <kindred/view/matrix_view.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace bench {

// Rows of standard normal numbers.
struct random_rows {
  std::vector<float> value;
  kindred::index_t columns;

  random_rows(kindred::index_t rows, kindred::index_t width, std::uint64_t seed)
      : value(std::size_t{rows} * width), columns(width) {
    kindred::random_stream random(seed, 0);
    for (float& x : value) x = static_cast<float>(kindred::normal(random));
  }
  kindred::index_t rows() const { return static_cast<kindred::index_t>(value.size() / columns); }
  kindred::matrix_view<float> view() const { return {kindred::unchecked, value.data(), rows(), columns, columns}; }
};

inline double seconds_of(auto const& work) {
  auto const start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Medians of the runs of each, taken in turns, so that a machine that slows down slows both.
struct duel {
  double ours;
  double peer;
};
template <std::size_t Runs = 5>
duel seconds_in_turns(auto const& ours, auto const& peer) {
  std::array<double, Runs> a, b;
  for (std::size_t k = 0; k != a.size(); ++k) {
    a[k] = seconds_of(ours);
    b[k] = seconds_of(peer);
  }
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return {a[Runs / 2], b[Runs / 2]};
}

// What the compiler was allowed to use.
inline char const* instruction_set() {
#if defined(__AVX512F__)
  return "AVX-512";
#elif defined(__AVX2__)
  return "AVX2";
#else
  return "SSE2";
#endif
}

}  // namespace bench
