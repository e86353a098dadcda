// SPDX-License-Identifier: BSL-1.0
#include <kindred/kindred.hpp>

#include <cstddef>
#include <cstdio>

std::size_t there();

int main() {
  kindred::buffer<float> const numbers(3, 1.0f);
  std::printf("kindred %d.%d.%d\n", KINDRED_VERSION_MAJOR, KINDRED_VERSION_MINOR, KINDRED_VERSION_PATCH);
  return numbers.size() == there() ? 0 : 1;
}
