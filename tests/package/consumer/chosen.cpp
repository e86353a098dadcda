// SPDX-License-Identifier: BSL-1.0
#include <kindred/kernel/dense.hpp>

#include <array>

int main() {
  std::array<double, 3> const numbers{1, 2, 3};
  return kindred::kernel::active<double>().dot(numbers.data(), numbers.data(), 3) == 14 ? 0 : 1;
}
