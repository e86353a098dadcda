// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/kmedoids.hpp>

#include "../../support/clouds.hpp"
#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"

#include <kindred/interop/thread_pool.hpp>
#include <kindred/metric/manhattan.hpp>
#include <kindred/view/as_comparison.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <vector>

using kindred::index_t;
using kindred::kmedoids;
using kindred::matrix_view;
using kindred::medoid_start;
using kindred::medoid_swaps;

static_assert(kindred::recipe<kmedoids<>, matrix_view<float>>);
static_assert(kindred::recipe<kmedoids<kindred::manhattan>, kindred::weighted_rows<matrix_view<double>>>);

namespace {

// What the rows cost with these medoids, by the distance itself.
template <class T>
double cost(support::table<T> const& t, std::vector<T> const& weight, std::vector<index_t> const& medoids) {
  double sum = 0;
  for (index_t i = 0; i != t.rows; ++i) {
    double lowest = std::numeric_limits<double>::max();
    for (index_t const m : medoids)
      lowest = std::min(
          lowest, static_cast<double>(static_cast<T>(kindred::euclidean_gap{}(t.view().row(i), t.view().row(m)))));
    sum += (weight.empty() ? 1 : static_cast<double>(weight[i])) * lowest;
  }
  return sum;
}

// PAM, read literally: of all swaps of a medoid for another row the best, the first of equally good ones, as long as it pays.
template <class T>
std::vector<index_t> pam(support::table<T> const& t, std::vector<T> const& weight, index_t clusters) {
  std::vector<index_t> medoids;
  auto const is_one = [&](index_t i) { return std::find(medoids.begin(), medoids.end(), i) != medoids.end(); };
  while (medoids.size() != clusters) {
    double lowest = std::numeric_limits<double>::max();
    index_t best = 0;
    for (index_t i = 0; i != t.rows; ++i) {
      if (is_one(i)) continue;
      medoids.push_back(i);
      if (double const own = cost(t, weight, medoids); own < lowest) {
        lowest = own;
        best = i;
      }
      medoids.pop_back();
    }
    medoids.push_back(best);
  }
  for (;;) {
    double lowest = cost(t, weight, medoids) * (1 - 1e-12);
    auto next = medoids;
    for (index_t i = 0; i != t.rows; ++i)
      for (std::size_t m = 0; m != clusters && !is_one(i); ++m) {
        auto with = medoids;
        with[m] = i;
        if (double const own = cost(t, weight, with); own < lowest - 1e-9) {
          lowest = own;
          next = with;
        }
      }
    if (next == medoids) return medoids;
    medoids = next;
  }
}

template <class Model>
std::vector<index_t> medoids_of(Model const& model) {
  return {model.medoids().begin(), model.medoids().end()};
}

}  // namespace

TEST_CASE_TEMPLATE("kmedoids: a few numbers by hand", T, float, double) {
  // With 3 as the medoid of 0, 1, 3, 10, 11, 14: 3 + 2 + 0 + 7 + 8 + 11, and 100 alone. Leaving 100 with the others costs 86.
  support::table<T> const t{7, 1, {0, 1, 3, 10, 11, 14, 100}};
  auto const two = kindred::fit(kmedoids<>{.clusters = 2, .start = medoid_start::build}, t.view());
  CHECK(two.model.inertia() == 31);
  CHECK(two.model.occupied() == 2);
  auto const three = kindred::fit(kmedoids<>{.clusters = 3, .start = medoid_start::build}, t.view());
  CHECK(three.model.inertia() == 1 + 2 + 1 + 3);
  auto medoids = medoids_of(three.model);
  std::sort(medoids.begin(), medoids.end());
  CHECK(medoids == std::vector<index_t>{1, 4, 6});
  CHECK(three.report.converged);
  CHECK(three.report.objective == three.model.inertia());
  std::vector<T> const row{12};
  CHECK(three.model.center(three.model.assign(kindred::dense_row<T>(row)))[0] == 11);
  CHECK(three.model.distance(kindred::dense_row<T>(row), three.model.labels()[4]) == 1);
  // One cluster: the row with the least sum of distances.
  auto const one = kindred::fit(kmedoids<>{.clusters = 1}, t.view()).model;
  CHECK(one.medoids()[0] == 3);
  CHECK(one.inertia() == 10 + 9 + 7 + 0 + 1 + 4 + 90);
}

TEST_CASE_TEMPLATE("kmedoids: the best swaps are those of PAM, the eager end where none pays", T, float, double) {
  for (std::uint64_t const seed : {1u, 2u, 3u}) {
    auto const t = support::clouds<T>(40, 2, 5, 2, seed);
    std::vector<T> weight;
    if (seed == 3)
      for (index_t i = 0; i != 40; ++i) weight.push_back(static_cast<T>(i % 3));
    kindred::weighted_rows<matrix_view<T>> const data{t.view(), weight};
    index_t const clusters = 3 + static_cast<index_t>(seed);
    auto const expected = pam(t, weight, clusters);
    kmedoids<> how{.clusters = clusters, .swaps = medoid_swaps::best, .start = medoid_start::build};
    auto const best = kindred::fit(how, data);
    CHECK(medoids_of(best.model) == expected);
    CHECK(best.model.inertia() == doctest::Approx(cost(t, weight, expected)));
    CHECK(best.report.converged);

    for (auto const start : {medoid_start::random, medoid_start::build}) {
      how = {.clusters = clusters, .start = start, .seed = seed};
      auto const eager = kindred::fit(how, data);
      CHECK(eager.report.converged);
      auto const medoids = medoids_of(eager.model);
      double const own = cost(t, weight, medoids);
      CHECK(eager.model.inertia() == doctest::Approx(own));
      for (index_t i = 0; i != t.rows; ++i) {
        CHECK(eager.model.labels()[i] == eager.model.assign(t.view().row(i)));
        for (std::size_t m = 0; m != clusters; ++m) {
          auto with = medoids;
          with[m] = i;
          CHECK(cost(t, weight, with) >= own * (1 - 1e-6));
        }
      }
    }
  }
}

TEST_CASE_TEMPLATE("kmedoids: the same bits on any number of threads, and more runs are no worse", T, float, double) {
  auto const t = support::clouds<T>(150, 3, 9, 1, 7);
  for (auto const swaps : {medoid_swaps::eager, medoid_swaps::best}) {
    kmedoids<> const how{.clusters = 9, .swaps = swaps, .runs = 2, .seed = 1};
    auto const expected = kindred::fit(how, t.view()).model;
    CHECK(kindred::fit(how, t.view(), support::reversed{}).model == expected);
    kindred::thread_pool pool(3);
    CHECK(kindred::fit(how, t.view(), pool).model == expected);
    CHECK(expected.inertia() <=
          kindred::fit(kmedoids<>{.clusters = 9, .swaps = swaps, .seed = 1}, t.view()).model.inertia());
  }
}

TEST_CASE("kmedoids: a distance of sparse rows, by a lambda") {
  // How many columns only one of the two has: groups of columns 0..2 and of 3..5.
  auto apart = kindred::as_distance([](kindred::sparse_row<float> a, kindred::sparse_row<float> b) {
    double shared = 0;
    for (index_t const j : a.index) shared += kindred::position_of(b.index, j) != b.size() ? 1 : 0;
    return static_cast<double>(a.size() + b.size()) - 2 * shared;
  });
  support::sparse_table<float> const t(support::table<float>{
      5, 6, {1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0}});
  auto const model = kindred::fit(kmedoids<decltype(apart)>{.clusters = 2, .distance = apart}, t.view()).model;
  CHECK(model.labels()[0] == model.labels()[1]);
  CHECK(model.labels()[2] == model.labels()[3]);
  CHECK(model.labels()[0] != model.labels()[2]);
  CHECK(model.inertia() == 1 + 1 + 2);  // the row without values is 2 from the shorter of each group
  CHECK(model.dims() == 6);
  std::vector<index_t> again(5);
  model.assign(t.view(), again);
  CHECK(again == std::vector<index_t>(model.labels().begin(), model.labels().end()));
}

TEST_CASE_TEMPLATE("kmedoids: data that nobody wishes for", T, float, double) {
  support::table<T> const twins{6, 2, {1, 2, 1, 2, 3, 3, 1, 2, 3, 3, 1, 2}};
  for (auto const start : {medoid_start::random, medoid_start::build})
    for (auto const swaps : {medoid_swaps::eager, medoid_swaps::best}) {
      auto const done = kindred::fit(kmedoids<>{.clusters = 4, .swaps = swaps, .start = start}, twins.view());
      CHECK(done.model.occupied() == 2);
      CHECK(done.model.inertia() == 0);
      CHECK(done.report.converged);
      CHECK(kindred::fit(kmedoids<>{.clusters = 6, .swaps = swaps, .start = start}, twins.view()).model.size() == 6);
    }
  auto const refused = [](kmedoids<> const& how, support::table<T> const& t, std::vector<T> const& weight,
                          char const* what) {
    auto const e =
        support::error_of([&] { static_cast<void>(kindred::fit(how, kindred::weighted_rows{t.view(), weight})); });
    CHECK(support::says(e, what));
  };
  support::table<T> broken = twins;
  broken.value[3] = std::numeric_limits<T>::quiet_NaN();
  refused({.clusters = 2}, broken, {}, "row 1");
  refused({.clusters = 7}, twins, {}, "clusters = 7 for 6 rows");
  refused({.clusters = 0}, twins, {}, "clusters = 0");
  refused({.clusters = 2, .epochs = 0}, twins, {}, "epochs = 0");
  refused({.clusters = 2, .runs = 0}, twins, {}, "runs = 0");
  refused({}, support::table<T>{0, 2, {}}, {}, "no rows");
  refused({.clusters = 2}, twins, {1, 1}, "2 weights for 6 rows");
  refused({.clusters = 2}, twins, {1, 1, -1, 1, 1, 1}, "weight of row 2");
  refused({.clusters = 2}, twins, std::vector<T>(6), "weights of all rows are zero");
}

TEST_CASE("kmedoids: the observer stops it") {
  auto const t = support::clouds<double>(200, 3, 9, 3, 1);
  auto const done = kindred::fit(
      kmedoids<>{.clusters = 9, .swaps = medoid_swaps::best}, t.view(), kindred::sequential{},
      [](kindred::progress const& p) { return p.epoch == 2 ? kindred::flow::stop : kindred::flow::proceed; });
  CHECK(done.report.epochs == 2);
  CHECK_FALSE(done.report.converged);
}
