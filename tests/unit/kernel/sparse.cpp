// SPDX-License-Identifier: BSL-1.0
#include <kindred/kernel/sparse.hpp>

#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace {

namespace kernel = kindred::kernel;
using kindred::index_t;

// Columns below 300, each with the given chance.
template <class T>
struct drawn_row {
  drawn_row(double chance, std::uint64_t seed) {
    kindred::random_stream random(seed, 0);
    for (index_t c = 0; c != columns; ++c)
      if (kindred::unit(random) < chance) {
        index.push_back(c);
        value.push_back(static_cast<T>(kindred::normal(random)));
      }
  }
  kindred::sparse_row<T> row() const { return {index, value}; }
  std::vector<T> dense() const {
    std::vector<T> all(columns, T{0});
    for (std::size_t k = 0; k != index.size(); ++k) all[index[k]] = value[k];
    return all;
  }

  static constexpr index_t columns = 300;
  std::vector<index_t> index;
  std::vector<T> value;
};

}  // namespace

TEST_CASE_TEMPLATE("sparse dot: a case by hand", T, float, double) {
  // Columns 2 and 9 meet: 2 * 5 + 4 * 7 = 38.
  std::vector<index_t> const a_index{0, 2, 5, 9};
  std::vector<T> const a_value{1, 2, 3, 4};
  std::vector<index_t> const b_index{1, 2, 9};
  std::vector<T> const b_value{6, 5, 7};
  kindred::sparse_row<T> const a{a_index, a_value};
  kindred::sparse_row<T> const b{b_index, b_value};
  CHECK(kernel::dot(a, b) == 38);
  CHECK(kernel::dot_by_merge(a, b) == 38);
  CHECK(kernel::dot_by_gallop(a, b) == 38);
  CHECK(kernel::dot_by_gallop(b, a) == 38);
  CHECK(kernel::dot(a, kindred::sparse_row<T>{}) == 0);
  CHECK(kernel::dot_by_gallop(kindred::sparse_row<T>{}, a) == 0);
  CHECK(kernel::dot_by_gallop(a, kindred::sparse_row<T>{}) == 0);
}

TEST_CASE_TEMPLATE("sparse dot: every way gives the bits of a loop over all columns", T, float, double) {
  std::uint64_t seed = 0;
  for (double const few : {0.0, 0.004, 0.02, 0.3, 1.0})
    for (double const many : {0.0, 0.01, 0.1, 0.6, 1.0})
      for (int repeat = 0; repeat != 20; ++repeat) {
        drawn_row<T> const a(few, ++seed);
        drawn_row<T> const b(many, ++seed);
        auto const x = a.dense();
        auto const y = b.dense();
        // The columns that meet, in ascending order: adding zero for the others changes nothing.
        T expected = 0;
        for (std::size_t c = 0; c != x.size(); ++c) expected += x[c] * y[c];
#if defined(__FMA__) || defined(__ARM_NEON) || defined(__FAST_MATH__)
        auto const same = [&](T found) { return found == doctest::Approx(expected).epsilon(1e-5); };
#else
        auto const same = [&](T found) { return found == expected; };
#endif
        CHECK(same(kernel::dot_by_merge(a.row(), b.row())));
        CHECK(same(kernel::dot_by_gallop(a.row(), b.row())));
        CHECK(same(kernel::dot_by_gallop(b.row(), a.row())));
        CHECK(same(kernel::dot(a.row(), b.row())));
        CHECK(same(kernel::dot(b.row(), a.row())));
        CHECK(same(kernel::dot(a.row(), kindred::dense_row<T>(y))));
        CHECK(same(kernel::dot(kindred::dense_row<T>(x), b.row())));
      }
}
