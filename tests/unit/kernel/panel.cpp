// SPDX-License-Identifier: BSL-1.0
#include <kindred/kernel/panel.hpp>

#include "../../support/bits.hpp"
#include "fenced_row.hpp"

#include <kindred/kernel/panels.hpp>
#include <kindred/kernel/steps.hpp>
#include <kindred/view/matrix_view.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace {

namespace kernel = kindred::kernel;
using kindred::index_t;
using support::fenced_row;
using wide = long double;

// Rows and queries of a test: `rows` x `columns` numbers with a stride, nine queries.
template <class T>
struct scene {
  scene(index_t rows, index_t columns)
      : stride(columns + 3),
        numbers(rows * stride, 0, 1),
        matrix(kindred::unchecked, numbers.data(), rows, columns, stride),
        stored(matrix) {
    for (std::size_t q = 0; q != 9; ++q) {
      query.emplace_back(columns, q, 2 + q);
      place.push_back(query.back().data());
    }
  }
  scene(scene const&) = delete;

  std::size_t stride;
  fenced_row<T> numbers;
  kindred::matrix_view<T> matrix;
  kernel::panels<T> stored;
  std::vector<fenced_row<T>> query;
  std::vector<T const*> place;
};

// Compares sum s of every pair of `count` queries and all rows with the step, taken element after element.
template <std::size_t Sums, class T, class Step>
void check_panels(scene<T> const& at, std::size_t count, Step const& step) {
  constexpr std::size_t width = kernel::lanes<T>;
  std::vector<T> out(count * Sums * width + 1, T{77});
  for (std::size_t p = 0; p != at.stored.count(); ++p) {
    kernel::fold_panel<Sums>(step, at.place.data(), count, at.stored.panel(p), at.stored.columns(), out.data());
    CHECK(out.back() == 77);
    for (std::size_t q = 0; q != count; ++q)
      for (std::size_t r = 0; r != width && p * width + r != at.stored.rows(); ++r) {
        auto const row = at.matrix.row(static_cast<index_t>(p * width + r));
        auto sum = kernel::detail::all_of<Sums>(T{0});
        for (std::size_t k = 0; k != row.size(); ++k) sum = step(sum, at.place[q][k], row[k]);
        for (std::size_t s = 0; s != Sums; ++s) {
          T const found = out[(q * Sums + s) * width + r];
          T expected = 0;
          if constexpr (Sums == 1) expected = sum;
          else expected = sum[s];
#if defined(__FMA__) || defined(__ARM_NEON) || defined(__FAST_MATH__)
          CHECK(std::abs(found - expected) <= 100 * std::numeric_limits<T>::epsilon() * (1 + std::abs(expected)));
#else
          CHECK(found == expected);
#endif
        }
      }
  }
}

}  // namespace

TEST_CASE_TEMPLATE("panels: hold the rows column by column, and zeros behind them", T, float, double) {
  constexpr index_t width = kernel::lanes<T>;
  for (index_t const rows : {0u, 1u, width - 1, width, width + 1, 3 * width})
    for (index_t const columns : {0u, 1u, 5u}) {
      scene<T> const at(rows, columns);
      auto const& stored = at.stored;
      CHECK(stored.rows() == rows);
      CHECK(stored.columns() == columns);
      CHECK(stored.count() == (rows + width - 1) / width);
      for (index_t r = 0; r != stored.count() * width; ++r)
        for (index_t k = 0; k != columns; ++k)
          CHECK(stored.panel(r / width)[k * width + r % width] == (r < rows ? at.matrix.row(r)[k] : 0));
    }
}

TEST_CASE_TEMPLATE("panels: take rows in any order", T, float, double) {
  scene<T> const at(40, 3);
  std::vector<index_t> order;
  for (index_t r = 0; r != 35; ++r) order.push_back(r * 7 % 40);
  kernel::panels<T> const stored(at.matrix, order);
  CHECK(stored.rows() == 35);
  constexpr std::size_t width = kernel::lanes<T>;
  for (std::size_t r = 0; r != 35; ++r)
    for (std::size_t k = 0; k != 3; ++k)
      CHECK(stored.panel(r / width)[k * width + r % width] == at.matrix.row(order[r])[k]);
}

TEST_CASE_TEMPLATE("fold_panel: every query with every row, in the order of the columns", T, float, double) {
  for (index_t const columns : {0u, 1u, 2u, 31u}) {
    scene<T> const at(kernel::lanes<T> + 5, columns);
    for (std::size_t const count : {0u, 1u, 2u, 3u, 5u, 7u, 8u, 9u}) {
      CAPTURE(count);
      check_panels<1>(at, count, kernel::dot_step{});
      check_panels<1>(at, count, kernel::squared_l2_step{});
      check_panels<1>(at, count, kernel::l1_step{});
      check_panels<1>(at, count, kernel::linf_step{});
      check_panels<3>(at, count, kernel::products_step{});
      check_panels<2>(at, count, []<class V>(std::array<V, 2> const& sum, V a, V b) {
        return std::array<V, 2>{sum[0] + a, sum[1] + a * a * b};
      });
    }
  }
}

TEST_CASE_TEMPLATE("all_below: is false for one row that is not", T, float, double) {
  constexpr std::size_t width = kernel::lanes<T>;
  std::vector<T> x(width, T{1});
  std::vector<T> u(width, T{2});
  std::vector<T> v(width, T{3});
  auto const below = [&](T constant) { return kernel::all_below(x.data(), constant, T{4}, u.data(), T{-2}, v.data()); };
  CHECK(below(0));       // 1 < 0 + 4 * 2 - 2 * 3 = 2
  CHECK(!below(T{-1}));  // 1 < 1
  for (std::size_t r = 0; r != width; ++r) {
    x[r] = 2;
    CHECK(!below(0));
    x[r] = std::numeric_limits<T>::quiet_NaN();
#if !defined(__FAST_MATH__)
    CHECK(!below(0));
#endif
    x[r] = 1;
    u[r] = 0;
    CHECK(!below(0));
    u[r] = 2;
  }
}
