// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/fixed_sums.hpp>
#include <kindred/core/id.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Of every cluster the sum, the weight and the number of its rows, as integers: rows come and go without a trace.
template <class Rows>
class cluster_sums {
public:
  std::size_t changed = 0;  // rows that came

  void clear(std::size_t clusters, std::size_t dims) {
    changed = 0;
    sum_.assign(clusters * dims, 0);
    mass_.assign(clusters, 0);
    count_.assign(clusters, 0);
  }

  [[nodiscard]] std::int64_t sum(std::size_t k) const noexcept { return sum_[k]; }
  [[nodiscard]] std::int64_t mass(std::size_t c) const noexcept { return mass_[c]; }
  [[nodiscard]] index_t count(std::size_t c) const noexcept { return static_cast<index_t>(count_[c]); }

  void give(Rows const& rows, fixed_scale const& mass_scale, index_t i, index_t c) noexcept {
    rows.add(i, sum_.data() + std::size_t{c} * rows.dims());
    mass_[c] += mass_scale.fixed(rows.weight(i), 0);
    ++count_[c];
  }
  void take(Rows const& rows, fixed_scale const& mass_scale, index_t i, index_t c) noexcept {
    rows.subtract(i, sum_.data() + std::size_t{c} * rows.dims());
    mass_[c] -= mass_scale.fixed(rows.weight(i), 0);
    --count_[c];
  }
  void add(cluster_sums const& other) noexcept {
    for (std::size_t k = 0; k != sum_.size(); ++k) sum_[k] += other.sum_[k];
    for (std::size_t c = 0; c != mass_.size(); ++c) {
      mass_[c] += other.mass_[c];
      count_[c] += other.count_[c];
    }
  }

private:
  std::vector<std::int64_t> sum_;
  std::vector<std::int64_t> mass_;
  std::vector<std::int64_t> count_;
};

}  // namespace detail

KINDRED_END
