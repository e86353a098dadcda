// SPDX-License-Identifier: BSL-1.0

// One program for every processor: the kernels are those of the processor it runs on, and the figures are the same on all.
// Its target is given to kindred_add_kernels in CMakeLists.txt.

#include <kindred/kernel/dense.hpp>
#include <kindred/run/random.hpp>

#include <cstddef>
#include <iostream>
#include <vector>

// [use]
// The number of the vector that is closest to the first one. Nothing here says which instructions are used.
std::size_t closest_to_first(std::vector<std::vector<float>> const& vectors) {
  auto const& first = vectors.front();
  std::size_t best = 1;
  float least = kindred::kernel::squared_l2(first.data(), vectors[1].data(), first.size());
  for (std::size_t r = 2; r != vectors.size(); ++r) {
    float const apart = kindred::kernel::squared_l2(first.data(), vectors[r].data(), first.size());
    if (apart < least) {
      least = apart;
      best = r;
    }
  }
  return best;
}

int main() {
  kindred::random_stream random(1, 0);
  std::vector<std::vector<float>> vectors(1000, std::vector<float>(100));
  for (auto& vector : vectors)
    for (float& x : vector) x = static_cast<float>(kindred::unit(random));

  std::size_t const r = closest_to_first(vectors);
  float const apart = kindred::kernel::squared_l2(vectors[0].data(), vectors[r].data(), 100);
  std::cout << "closest: " << r << ", " << std::hexfloat << apart << " apart\n";  // to the last bit, everywhere
}
// [/use]
