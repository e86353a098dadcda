// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/examples.hpp>
#include <kindred/linear/row_math.hpp>
#include <kindred/linear/row_parts.hpp>
#include <kindred/linear/total.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/row.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <type_traits>

KINDRED_BEGIN

namespace detail {

// X^T diag(curvature) X v, in one pass over the rows and in the precision of the features: what a step of conjugate gradients
// costs.
template <class Rows>
class curvature_product {
public:
  // product = that, with change = X v on the way; v may have an intercept behind the columns.
  template <executor E>
  void multiply(E& ex, examples<Rows> const& data, row_parts const& parts, bool intercept,
                std::span<double const> curvature, std::span<double const> v, std::span<double> change,
                std::span<double> product) {
    std::size_t const columns = data.columns();
    std::size_t const stride = is_sparse ? v.size() : 2 * v.size();
    if (cells_.empty()) cells_ = buffer<cell>(parts.size() * stride);
    buffer<double> intercepts(parts.size(), 0.0);
    ex.bulk(parts.size(), [&](std::size_t k) {
      cell* const own = cells_.data() + k * stride;
      prepare(own, v);
      double const b = intercept ? operand(own, columns) : 0;
      double intercept_sum = 0;
      for (index_t r = parts.first(k); r != parts.last(k); ++r) {
        auto const row = data.row(r);
        change[r] = static_cast<double>(along(row, own)) + b;
        double const back = curvature[r] * change[r];
        intercept_sum += back;
        pull(row, static_cast<value_type>(back), own, v.size());
      }
      intercepts[k] = intercept_sum;
    });
    for_chunks(ex, columns, grain, [&](std::size_t first, std::size_t last) {
      for (std::size_t j = first; j != last; ++j) {
        double total = 0;
        for (std::size_t k = 0; k != parts.size(); ++k) total += sum_of(cells_.data() + k * stride, j, v.size());
        product[j] = total;
      }
    });
    if (intercept) product[columns] = detail::total(intercepts.span());
  }

private:
  using value_type = value_t<Rows>;
  static constexpr bool is_sparse = std::same_as<Rows, csr_view<value_type>>;
  static constexpr std::size_t grain = 4096;

  // What a product reads and what it writes, side by side: a sparse row then misses the cache once a column, not twice.
  struct pair {
    value_type v;
    value_type sum;
  };

  // A part's operand and sums, for sparse rows in pairs, for dense rows one array behind the other.
  static void prepare(pair* own, std::span<double const> v) noexcept {
    for (std::size_t j = 0; j != v.size(); ++j) own[j] = {static_cast<value_type>(v[j]), 0};
  }
  static void prepare(value_type* own, std::span<double const> v) noexcept {
    for (std::size_t j = 0; j != v.size(); ++j) own[j] = static_cast<value_type>(v[j]);
    for (std::size_t j = 0; j != v.size(); ++j) own[v.size() + j] = 0;
  }
  [[nodiscard]] static value_type along(sparse_row<value_type> row, pair const* own) noexcept {
    value_type even = 0;
    value_type odd = 0;
    std::size_t const n = row.size();
    std::size_t k = 0;
    for (; k + 2 <= n; k += 2) {
      even += row.value[k] * own[row.index[k]].v;
      odd += row.value[k + 1] * own[row.index[k + 1]].v;
    }
    if (k != n) even += row.value[k] * own[row.index[k]].v;
    return even + odd;
  }
  [[nodiscard]] static value_type along(dense_row<value_type> row, value_type const* own) noexcept {
    return detail::dot(row, own);
  }
  static void pull(sparse_row<value_type> row, value_type a, pair* own, std::size_t) noexcept {
    for (std::size_t k = 0; k != row.size(); ++k) own[row.index[k]].sum += a * row.value[k];
  }
  static void pull(dense_row<value_type> row, value_type a, value_type* own, std::size_t size) noexcept {
    detail::add(row, a, own + size);
  }
  [[nodiscard]] static double operand(pair const* own, std::size_t j) noexcept { return static_cast<double>(own[j].v); }
  [[nodiscard]] static double operand(value_type const* own, std::size_t j) noexcept {
    return static_cast<double>(own[j]);
  }
  [[nodiscard]] static double sum_of(pair const* own, std::size_t j, std::size_t) noexcept {
    return static_cast<double>(own[j].sum);
  }
  [[nodiscard]] static double sum_of(value_type const* own, std::size_t j, std::size_t size) noexcept {
    return static_cast<double>(own[size + j]);
  }

  using cell = std::conditional_t<is_sparse, pair, value_type>;

  buffer<cell> cells_;
};

}  // namespace detail

KINDRED_END
