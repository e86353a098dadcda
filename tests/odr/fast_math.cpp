// SPDX-License-Identifier: BSL-1.0
#include "everything.hpp"

#include <cstring>

// Made of bits at run time: the compiler must not know what they are, and may assume that they are no NaN.
template <class Float, class Bits>
static Float from_bits(Bits bits) {
  Bits volatile hidden = bits;
  bits = hidden;
  Float x;
  std::memcpy(&x, &bits, sizeof x);
  return x;
}

int main() {
  bool const right = !kindred::is_finite(from_bits<float>(0x7fc0'0000u)) &&
                     !kindred::is_finite(from_bits<float>(0x7f80'0000u)) &&
                     kindred::is_finite(from_bits<float>(0x3f80'0000u)) &&
                     !kindred::is_finite(from_bits<double>(0x7ff8'0000'0000'0000ull)) &&
                     !kindred::is_finite(from_bits<double>(0xfff0'0000'0000'0000ull)) &&
                     kindred::is_finite(from_bits<double>(0x3ff0'0000'0000'0000ull));
  return right ? 0 : 1;
}
