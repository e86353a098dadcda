// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

KINDRED_BEGIN

namespace detail {

// A set of places in a row of voters, and a number for each; it is read in ascending order.
//
// A byte a place: bits would have to be read before they are written, and a row of them is written all the time. The place
// behind the last one is there to be written to and is never read, so that nobody has to ask whether a voter was found,
// which no processor foresees.
template <real T>
class vote_ranks {
public:
  static constexpr std::size_t most = 4096;

  // size <= most.
  explicit vote_ranks(std::size_t size) noexcept : size_(size) { forget(); }

  // at <= size.
  void set(std::size_t at, T number) noexcept {
    there_[at] = 1;
    value_[at] = number;
  }

  // Calls visit(place, number) until it returns false, and forgets all of them.
  template <class Visit>
  void drain(Visit const& visit) noexcept {
    there_[size_] = 0;
    bool go_on = true;
    for (std::size_t first = 0; first < size_ && go_on; first += 8) {
      std::uint64_t rest = 0;
      for (std::size_t k = 0; k != 8; ++k) rest |= std::uint64_t{there_[first + k]} << (8 * k);  // one load
      for (; rest != 0 && go_on; rest &= rest - 1) {
        std::size_t const at = first + static_cast<std::size_t>(std::countr_zero(rest)) / 8;
        go_on = visit(at, value_[at]);
      }
    }
    forget();
  }

private:
  // Bytes are read by eights.
  void forget() noexcept { std::fill_n(there_.begin(), size_ / 8 * 8 + 8, std::uint8_t{0}); }

  std::size_t size_;
  std::array<std::uint8_t, most + 8> there_;
  std::array<T, most + 1> value_;
};

}  // namespace detail

KINDRED_END
