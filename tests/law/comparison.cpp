// SPDX-License-Identifier: BSL-1.0
#include "caught.hpp"

#include <kindred/similarity/cosine.hpp>
#include <kindred/similarity/pearson.hpp>
#include <kindred/similarity/shared_count.hpp>
#include <kindred/testing/archetypes.hpp>
#include <kindred/testing/laws/comparison.hpp>
#include <kindred/testing/laws/rows.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <span>

using kindred::comparison_traits;
using kindred::dense_row;
using kindred::sense;
using kindred::sparse_row;
using namespace kindred::testing;

namespace {

struct squared_euclidean {
  static constexpr comparison_traits traits{.direction = sense::smaller_is_closer, .symmetric = true, .lowest = 0};
  double operator()(dense_row<double> a, dense_row<double> b) const noexcept {
    double sum = 0;
    for (std::size_t k = 0; k != a.size(); ++k) sum += (a[k] - b[k]) * (a[k] - b[k]);
    return sum;
  }
};
struct claims_the_triangle : squared_euclidean {
  static constexpr comparison_traits traits{.direction = sense::smaller_is_closer, .symmetric = true, .triangle = true};
};
struct claims_symmetry {
  static constexpr comparison_traits traits{.direction = sense::larger_is_closer, .symmetric = true};
  double operator()(dense_row<double> a, dense_row<double> b) const noexcept { return a[0] + 2 * b[0]; }
};
struct claims_bounds : squared_euclidean {
  static constexpr comparison_traits traits{.direction = sense::smaller_is_closer, .lowest = 0, .highest = 10};
};
struct divides_by_zero_norms {
  static constexpr comparison_traits traits{.direction = sense::larger_is_closer};
  double operator()(dense_row<double> a, dense_row<double> b) const noexcept {
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t k = 0; k != a.size(); ++k) {
      ab += a[k] * b[k];
      aa += a[k] * a[k];
      bb += b[k] * b[k];
    }
    return ab / std::sqrt(aa * bb);
  }
};

struct counts_what_is_missing {
  using sums = kindred::shared_count;
  double finish(sums const& shared, kindred::row_sums const& a, kindred::row_sums const& b) const noexcept {
    return 1 / (1.0 + a.count + b.count - 2 * shared.count);
  }
};

template <class F>
law_result check_dense(F const& f) {
  law_rows<double> const rows;
  auto const dense = rows.dense();
  return check_comparison(f, std::span<dense_row<double> const>(dense));
}

}  // namespace

TEST_CASE_TEMPLATE("check_comparison: honest comparisons of sparse rows pass", T, float, double) {
  law_rows<T> const rows;
  auto const sparse = rows.sparse();
  std::span<sparse_row<T> const> const all(sparse);
  CHECK(holds(check_comparison(kindred::cosine{}, all)));
  CHECK(holds(check_comparison(kindred::pearson{}, all)));
  CHECK(holds(check_comparison(similarity_archetype<T>(0), all)));
  CHECK(holds(check_co_rated(kindred::cosine{}, all)));
  CHECK(holds(check_co_rated(kindred::pearson{}, all)));
  CHECK(holds(check_co_rated(co_rated_archetype(0), all)));
  CHECK(caught(check_co_rated(counts_what_is_missing{}, all), "no evidence is zero"));
}

TEST_CASE("check_comparison: honest distances pass, liars are caught") {
  CHECK(holds(check_dense(squared_euclidean{})));
  CHECK(holds(check_dense(metric_archetype<double>(0))));
  CHECK(caught(check_dense(claims_the_triangle{}), "f(a, c) <= f(a, b) + f(b, c)"));
  CHECK(caught(check_dense(claims_symmetry{}), "f(a, b) == f(b, a)"));
  CHECK(caught(check_dense(claims_bounds{}), "comparisons keep their bounds"));
  CHECK(caught(check_dense(divides_by_zero_norms{}), "comparisons are finite"));
}

TEST_CASE("law_rows: dense and sparse rows are the same rows") {
  law_rows<float> const rows(9, 3);
  auto const dense = rows.dense();
  auto const sparse = rows.sparse();
  REQUIRE(dense.size() == sparse.size());
  CHECK(sparse[0].empty());
  for (std::size_t r = 0; r != dense.size(); ++r) {
    std::size_t stored = 0;
    for (std::size_t k = 0; k != 9; ++k) {
      auto const at = kindred::position_of(sparse[r].index, static_cast<kindred::index_t>(k));
      if (at != sparse[r].size()) ++stored;
      REQUIRE(dense[r][k] == (at != sparse[r].size() ? sparse[r].value[at] : 0.0f));
    }
    REQUIRE(stored == sparse[r].size());
  }
}
