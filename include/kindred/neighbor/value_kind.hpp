// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/view/csr_view.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

KINDRED_BEGIN

// What kind of numbers the values of a matrix are, as far as it makes adding up their products cheaper.
struct value_kind {
  bool positive = false;  // all are above zero, and so far that no product of two is zero
  bool all_one = false;   // all are one
  double unit = 0;        // the largest power of two, from 1/1024 up, of which all are positive multiples; 0: none
  std::int32_t most = 0;  // the largest multiple, below 2^15

  // Whether sums of products of whole multiples stay below 2^31: none exceeds the largest sum of squares of a row.
  [[nodiscard]] bool products_fit(std::size_t longest_row) const noexcept {
    return unit > 0 && static_cast<double>(most) * most * static_cast<double>(longest_row) < 2147483648.0;
  }
};

// Looks at every value once. Stars, halves of stars, counts and ones are whole multiples: sums of their products are exact in
// integers of 4 bytes as they are in double, hence the same. Parallel, the same on any number of threads.
template <real T, executor E>
[[nodiscard]] value_kind value_kind_of(csr_view<T> matrix, E& ex) {
  constexpr double finest = 1024, limit = 1 << 30;
  struct seen {
    double lowest = 1, highest = 1;
    std::uint32_t bits = 0;  // of all multiples of 1/1024 together
    bool whole = true;
    seen operator+(seen const& other) const noexcept {
      return {(std::min)(lowest, other.lowest), (std::max)(highest, other.highest), bits | other.bits,
              whole && other.whole};
    }
  };
  auto const value = matrix.value();
  auto const all =
      reduce_chunks<seen>(ex, value.size(), std::size_t{1} << 16, [&](std::size_t first, std::size_t last) {
        seen part;
        for (std::size_t k = first; k != last; ++k) {
          auto const v = static_cast<double>(value[k]);
          part.lowest = (std::min)(part.lowest, v);
          part.highest = (std::max)(part.highest, v);
          double const scaled = v * finest;
          auto const multiple = scaled > 0 && scaled < limit ? static_cast<std::uint32_t>(scaled) : 0u;
          part.whole = part.whole && static_cast<double>(multiple) == scaled;
          part.bits |= multiple;
        }
        return part;
      });
  value_kind kind{.positive = all.lowest > 1e-150};
  if (!kind.positive) return kind;
  kind.all_one = all.lowest == 1 && all.highest == 1;
  if (!all.whole || all.bits == 0) return kind;
  double const unit = static_cast<double>(std::uint32_t{1} << std::countr_zero(all.bits)) / finest;
  if (all.highest / unit > 32767) return kind;
  kind.unit = unit;
  kind.most = static_cast<std::int32_t>(all.highest / unit);
  return kind;
}

KINDRED_END
