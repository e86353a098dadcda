// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <cstddef>

float one(float const* a, float const* b, std::size_t n);
float two(float const* a, float const* b, std::size_t n);

int main() {
  std::array<float, 101> a;
  std::array<float, 101> b;
  for (std::size_t k = 0; k != a.size(); ++k) {
    a[k] = 1.0f / static_cast<float>(k + 1);
    b[k] = static_cast<float>(k % 7) - 3.1f;
  }
  float const first = one(a.data(), b.data(), a.size());
  return first != 0 && first == two(a.data(), b.data(), a.size()) ? 0 : 1;
}
