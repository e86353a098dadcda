// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/linalg/row_system.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// The equations of a few rows at a time, to be solved together.
template <real T>
class gathered_systems {
public:
  // At most `most` of them.
  gathered_systems(csr_view<T> rows, matrix_view<T> vectors, std::span<T const> base, std::size_t most)
      : rows_(rows), vectors_(vectors), base_(base), number_(most), system_(most), x_(most), energy_(most) {}

  // Gathers rows from r on, before last, that are not empty; returns the first that is left. As solve_rows, fill and start say
  // what the rows ask. No more than have their vectors in the second cache from one step to the next.
  template <class Fill, class Start>
  [[nodiscard]] std::size_t gather(std::size_t r, std::size_t last, Fill const& fill, Start const& start) {
    std::size_t const nearby = 262144 / (vectors_.stride() * sizeof(T) + 1);
    std::size_t entries = 0;
    for (size_ = 0; r != last && size_ != number_.size(); ++r) {
      std::size_t const own = rows_.row(static_cast<index_t>(r)).size();
      if (own == 0) continue;
      if (size_ != 0 && entries + own > nearby) break;
      number_[size_++] = r;
      entries += own;
    }
    weight_.resize(entries);
    pull_.resize(entries);
    for (std::size_t q = 0, at = 0; q != size_; ++q) {
      auto const own = row(q);
      auto const w = std::span<T>(weight_).subspan(at, own.size()), p = std::span<T>(pull_).subspan(at, own.size());
      at += own.size();
      T const ridge = fill(number_[q], own, w, p);
      system_[q] = {vectors_, own.index, w, p, base_, ridge};
      x_[q] = start(number_[q]);
    }
    return r;
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::size_t number(std::size_t q) const noexcept { return number_[q]; }
  [[nodiscard]] sparse_row<T> row(std::size_t q) const noexcept { return rows_.row(static_cast<index_t>(number_[q])); }
  [[nodiscard]] std::span<row_system<T> const> systems() const noexcept { return std::span(system_).first(size_); }
  [[nodiscard]] std::span<std::span<T> const> solutions() const noexcept { return std::span(x_).first(size_); }
  [[nodiscard]] std::span<double> energies() noexcept { return energy_; }

private:
  csr_view<T> rows_;
  matrix_view<T> vectors_;
  std::span<T const> base_;
  std::size_t size_ = 0;
  std::vector<std::size_t> number_;
  std::vector<row_system<T>> system_;
  std::vector<std::span<T>> x_;
  std::vector<double> energy_;
  std::vector<T> weight_;
  std::vector<T> pull_;
};

}  // namespace detail

KINDRED_END
