// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/kernel/panel.hpp>
#include <kindred/kernel/panels.hpp>
#include <kindred/metric/elementwise.hpp>
#include <kindred/metric/products.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/row.hpp>

#include <cmath>
#include <cstddef>
#include <limits>

KINDRED_BEGIN

// Which rows of a panel can be among the closest at all. Panels are compared fast, in an order of adding that is not that of
// the comparison itself, so a filter asks for a little less than the limit: by so much that rounding cannot hide a row.
// What passes is compared anew.
namespace detail {

// Units of relative rounding, more than twice what adding `columns` products along any tree, their roots and the square of a
// limit can be off by (Higham, "Accuracy and Stability of Numerical Algorithms", section 3.1).
template <real T>
[[nodiscard]] T rounding_of(std::size_t columns) noexcept {
  return static_cast<T>(4 * columns + 64) * std::numeric_limits<T>::epsilon();
}

// For comparisons that are decided by the inner product: multiplies, and asks for
//   a . b >= constant + norm |b| + square |b|^2 - rounding (|a|^2 + |a| |b| + |b|^2).
template <real T, of_products<T> M>
class products_filter {
public:
  struct query {
    T squares = 0;
    T norm = 0;
  };
  using bound = product_bound<T>;

  products_filter() noexcept = default;
  explicit products_filter(matrix_view<T> rows)
      : rounding_(rounding_of<T>(rows.columns())),
        norm_(padded(rows.rows()), T{0}),
        square_(padded(rows.rows()), T{0}) {
    for (index_t r = 0; r != rows.rows(); ++r) {
      query const q = query_of(rows.row(r));
      norm_[r] = q.norm;
      square_[r] = q.squares;
    }
  }

  // Products that are so small that they have lost digits bound nothing.
  [[nodiscard]] static query query_of(dense_row<T> row) noexcept {
    T const squares = kernel::dot(row.data(), row.data(), row.size());
    constexpr T tiny = (std::numeric_limits<T>::min)() / std::numeric_limits<T>::epsilon();
    bool zero = true;
    if (squares < tiny)
      for (T const x : row) zero = zero && x == 0;
    T const digits = squares < tiny && !zero ? std::numeric_limits<T>::quiet_NaN() : squares;
    return {digits, std::sqrt(digits)};
  }

  [[nodiscard]] bound at(M const& how, query const& a, T limit) const noexcept {
    bound b = how.product_at_least(limit, a.squares, a.norm);
    b.constant -= rounding_ * a.squares + 4 * (std::numeric_limits<T>::min)();
    b.norm -= rounding_ * a.norm;
    b.square -= rounding_;
    return b;
  }

  void compare(M const&, T const* const* queries, std::size_t count, T const* panel, std::size_t columns,
               T* out) const noexcept {
    kernel::fold_panel(kernel::dot_step{}, queries, count, panel, columns, out);
  }

  // Marks the rows of panel p that pass, by their products; false when none does. What is not a number passes.
  [[nodiscard]] bool passing(M const&, bound const& b, T const* product, std::size_t p, int* mark) const noexcept {
    T const* const norm = norm_.data() + p * kernel::lanes<T>;
    T const* const square = square_.data() + p * kernel::lanes<T>;
    if (kernel::all_below(product, b.constant, b.norm, norm, b.square, square)) return false;
    int any = 0;
    for (std::size_t r = 0; r != kernel::lanes<T>; ++r) {
      mark[r] = !(product[r] < b.constant + (b.norm * norm[r] + b.square * square[r]));
      any |= mark[r];
    }
    return any != 0;
  }

private:
  [[nodiscard]] static std::size_t padded(std::size_t rows) noexcept {
    constexpr std::size_t width = kernel::lanes<T>;
    return (rows + width - 1) / width * width;
  }

  T rounding_ = 0;
  buffer<T> norm_;
  buffer<T> square_;
};

// For monotone distances: adds up their steps, and asks for a sum of no more than that of the limit.
template <real T, monotone_elementwise<T> M>
class steps_filter {
public:
  struct query {};
  struct bound {
    T limit;  // of sums when the distance can say which sum makes a distance, else of distances
  };

  steps_filter() noexcept = default;
  explicit steps_filter(matrix_view<T> rows) : rounding_(rounding_of<T>(rows.columns())) {}

  [[nodiscard]] static query query_of(dense_row<T>) noexcept { return {}; }

  [[nodiscard]] bound at(M const& how, query, T limit) const noexcept {
    if constexpr (inverts) return {how.sum_at(limit) * (1 + rounding_) + smallest};
    else return {limit * (1 + 16 * std::numeric_limits<T>::epsilon())};
  }

  void compare(M const& how, T const* const* queries, std::size_t count, T const* panel, std::size_t columns,
               T* out) const noexcept {
    kernel::fold_panel(step_of(how), queries, count, panel, columns, out);
  }

  [[nodiscard]] bool passing(M const& how, bound const& b, T const* sum, std::size_t, int* mark) const noexcept {
    int any = 0;
    for (std::size_t r = 0; r != kernel::lanes<T>; ++r) {
      mark[r] = !beyond(how, b, sum[r]);
      any |= mark[r];
    }
    return any != 0;
  }

  // Whether a sum is certain to be of a row that is farther than the limit.
  [[nodiscard]] bool beyond(M const& how, bound const& b, T sum) const noexcept {
    if constexpr (inverts) {
      return sum > b.limit;
    } else {
      T const least = sum * (1 - rounding_) - smallest;
      return how.finish(least > 0 ? least : T{0}) > b.limit;
    }
  }

private:
  static constexpr bool inverts = requires(M const& how, T value) {
    { how.sum_at(value) } -> std::same_as<T>;
  };
  static constexpr T smallest = 4 * (std::numeric_limits<T>::min)();  // sums below it may have lost all digits

  T rounding_ = 0;
};

}  // namespace detail

KINDRED_END
