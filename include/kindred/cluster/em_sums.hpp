// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/covariance_shape.hpp>
#include <kindred/core/config.hpp>
#include <kindred/core/id.hpp>

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// What an epoch of expectation-maximization adds up over rows, by cluster: responsibilities, and, weighed by them, the differences
// of the rows from the mean of the cluster and the products of these differences. Taken from the mean as it was, sums lose no
// digits where rows lie far from zero.
struct em_sums {
  static constexpr std::size_t block = 64;           // rows at a time
  static constexpr double negligible = 0x1p-60;      // of a row: adds nothing to what adds up to one
  static constexpr std::size_t most_parts = 16;      // each with sums of its own, added in order
  static constexpr std::size_t worth_a_part = 1024;  // rows

  std::vector<double> mass;
  std::vector<double> gap;
  std::vector<double> product;  // diagonals, or lower triangles
  double log_likelihood = 0;

  void clear(covariance_shape shape, std::size_t clusters, std::size_t dims) {
    mass.assign(clusters, 0);
    gap.assign(clusters * dims, 0);
    product.assign(clusters * (shape == covariance_shape::diagonal ? dims : dims * (dims + 1) / 2), 0);
    log_likelihood = 0;
  }

  void add(em_sums const& other) noexcept {
    for (std::size_t k = 0; k != mass.size(); ++k) mass[k] += other.mass[k];
    for (std::size_t k = 0; k != gap.size(); ++k) gap[k] += other.gap[k];
    for (std::size_t k = 0; k != product.size(); ++k) product[k] += other.product[k];
    log_likelihood += other.log_likelihood;
  }

  // Adds a block of rows to cluster c. Column j of row l is x[j * block + l], and responsible[l] says how much of the row
  // is the cluster's; `room` is for (dims + 1) x block numbers.
  void add_block(std::size_t c, std::span<double const> mean, double const* x, double const* responsible,
                 double const* weight, double* room) noexcept {
    std::size_t const dims = mean.size();
    double share[block];
    std::size_t which[block];
    std::size_t count = 0;
    for (std::size_t l = 0; l != block; ++l)
      if (weight[l] > 0 && responsible[l] >= negligible) {
        share[count] = responsible[l] * weight[l];
        mass[c] += share[count];
        which[count++] = l;
      }
    if (count == 0) return;
    std::size_t const filled = (count + 7) / 8 * 8;
    for (std::size_t l = count; l != filled; ++l) share[l] = 0;
    for (std::size_t j = 0; j != dims; ++j) {
      double* const to = room + j * block;
      for (std::size_t l = 0; l != count; ++l) to[l] = x[j * block + which[l]] - mean[j];
      for (std::size_t l = count; l != filled; ++l) to[l] = 0;
    }
    bool const alone = product.size() == gap.size() && dims != 1;
    double* const scaled = room + dims * block;
    double* out = product.data() + c * (product.size() / mass.size());
    for (std::size_t i = 0; i != dims; ++i) {
      double const* const own = room + i * block;
      for (std::size_t l = 0; l != filled; ++l) scaled[l] = share[l] * own[l];
      gap[c * dims + i] += inner(share, own, filled);
      for (std::size_t j = alone ? i : 0; j <= i; ++j) *out++ += inner(scaled, room + j * block, filled);
    }
  }

private:
  // In eight lanes, so that compilers use registers; n is a multiple of eight.
  [[nodiscard]] static double inner(double const* a, double const* b, std::size_t n) noexcept {
    double lane[8] = {};
    for (std::size_t k = 0; k != n; k += 8)
      for (std::size_t l = 0; l != 8; ++l) lane[l] += a[k + l] * b[k + l];
    return ((lane[0] + lane[4]) + (lane[1] + lane[5])) + ((lane[2] + lane[6]) + (lane[3] + lane[7]));
  }
};

}  // namespace detail

KINDRED_END
