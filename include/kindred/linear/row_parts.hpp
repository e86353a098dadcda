// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/matrix_view.hpp>

#include <bit>
#include <cstddef>
#include <vector>

KINDRED_BEGIN

// Rows cut into parts of about equally many stored values, for sums over rows that go into arrays as long as the columns: a
// part sums into an array of its own, and the arrays are added in order.
//
// How many parts there are depends on the data alone, so that the sums have the same bits on any number of threads: at
// most 16, and few enough that clearing and adding their arrays costs little beside the rows.
class row_parts {
public:
  template <real T>
  row_parts(csr_view<T> rows, std::size_t parameters) {
    std::size_t const parts = parts_for(rows.size(), parameters);
    begin_.assign(parts + 1, rows.rows());
    begin_[0] = 0;
    index_t r = 0;
    for (std::size_t k = 1; k != parts; ++k) {
      while (r != rows.rows() && rows.offset()[r] < rows.size() / parts * k) ++r;
      begin_[k] = r;
    }
  }
  template <real T>
  row_parts(matrix_view<T> rows, std::size_t parameters) {
    std::size_t const parts = parts_for(std::size_t{rows.rows()} * rows.columns(), parameters);
    for (std::size_t k = 0; k != parts; ++k) begin_.push_back(static_cast<index_t>(rows.rows() / parts * k));
    begin_.push_back(rows.rows());
  }

  [[nodiscard]] std::size_t size() const noexcept { return begin_.size() - 1; }
  [[nodiscard]] index_t first(std::size_t part) const noexcept { return begin_[part]; }
  [[nodiscard]] index_t last(std::size_t part) const noexcept { return begin_[part + 1]; }

private:
  [[nodiscard]] static std::size_t parts_for(std::size_t values, std::size_t parameters) noexcept {
    constexpr std::size_t worth_a_task = 8192;
    std::size_t parts = values / worth_a_task;
    if (parameters != 0 && values / (3 * parameters) < parts) parts = values / (3 * parameters);
    return parts < 1 ? 1 : parts > 16 ? 16 : std::bit_floor(parts);
  }

  std::vector<index_t> begin_;
};

KINDRED_END
