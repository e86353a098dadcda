// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/similarity/product_sum.hpp>
#include <kindred/similarity/shared_count.hpp>

#include <concepts>
#include <cstdint>

KINDRED_BEGIN

// What is kept of every other row while one row is compared with all: the sums of a similarity, as small as they can be.
// The smaller, the more of them fit the fastest cache, and that is most of the speed.
//
// A cell knows whether nothing has been added to it yet, makes the sums that the similarity wants, and, where it counts, how
// many columns were added. Cells of products show the product.
namespace detail {

// Any sums, with a count, which tells whether they are empty.
template <class Sums>
struct sums_cell {
  with_count<Sums> all = {};

  void add(double a, double b) noexcept { all.add(a, b); }
  [[nodiscard]] bool empty() const noexcept { return all.count == 0; }
  [[nodiscard]] index_t count() const noexcept { return static_cast<index_t>(all.count); }
  [[nodiscard]] double product() const noexcept
    requires std::same_as<Sums, product_sum>
  {
    return all.rest.product;
  }
  [[nodiscard]] Sums const& sums(double) const noexcept { return without_count<Sums>(all); }
};

// A sum of products of values above zero: it is zero while it is empty, and never again.
struct product_cell {
  double value = 0;

  void add(double a, double b) noexcept { value += a * b; }
  [[nodiscard]] bool empty() const noexcept { return value == 0; }
  [[nodiscard]] double product() const noexcept { return value; }
  [[nodiscard]] product_sum sums(double) const noexcept { return {value}; }
};

// The same of whole numbers, in multiples of `unit`: exact, in half the memory.
struct whole_product_cell {
  std::int32_t value = 0;

  void add(std::int32_t a, std::int32_t b) noexcept { value += a * b; }
  [[nodiscard]] bool empty() const noexcept { return value == 0; }
  [[nodiscard]] std::int32_t product() const noexcept { return value; }
  [[nodiscard]] product_sum sums(double unit) const noexcept { return {value * unit}; }
};

// The number of shared columns, which is the sum of the products as well, where all values are one.
template <class Sums>
struct count_cell {
  std::int32_t value = 0;

  void add() noexcept { ++value; }
  [[nodiscard]] bool empty() const noexcept { return value == 0; }
  [[nodiscard]] index_t count() const noexcept { return static_cast<index_t>(value); }
  [[nodiscard]] std::int32_t product() const noexcept { return value; }
  [[nodiscard]] Sums sums(double) const noexcept {
    if constexpr (std::same_as<Sums, product_sum>) return {static_cast<double>(value)};
    else return {count()};
  }
};

}  // namespace detail

KINDRED_END
