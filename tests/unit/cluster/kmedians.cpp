// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/kmedians.hpp>

#include "../../support/clouds.hpp"
#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"

#include <kindred/interop/thread_pool.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

using kindred::index_t;
using kindred::kmedians;
using kindred::matrix_view;

static_assert(kindred::recipe<kmedians, matrix_view<float>>);
static_assert(kindred::recipe<kmedians, kindred::weighted_rows<matrix_view<double>>>);

TEST_CASE_TEMPLATE("kmedians: one far row draws nobody away, by hand", T, float, double) {
  // 0, 1, 2 | 10, 11, 1000: medians 1 and 11, distances 1 + 0 + 1 and 1 + 0 + 989. A mean of the second three would be 340.
  support::table<T> const t{6, 1, {0, 1, 2, 10, 11, 1000}};
  auto const two = kindred::fit(kmedians{.clusters = 2, .runs = 1, .seed = 5}, t.view());
  auto const three = kindred::fit(kmedians{.clusters = 3}, t.view());
  CHECK(three.model.inertia() == 3);  // 0, 1, 2 and 10, 11 and 1000; the lower of 10 and 11 is the median
  CHECK(three.model.assign(t.view().row(5)) != three.model.assign(t.view().row(4)));
  CHECK(three.report.objective == three.model.inertia());
  CHECK(three.report.converged);
  CHECK(three.model.measured() == kindred::closeness::manhattan);
  index_t const high = three.model.labels()[3];
  CHECK(three.model.center(high)[0] == 10);
  CHECK(three.model.distance(t.view().row(4), high) == 1);
  CHECK(two.model.inertia() < 1002);
}

TEST_CASE_TEMPLATE("kmedians: no row and no center could do better alone", T, float, double) {
  auto const t = support::clouds<T>(300, 3, 5, 1.5, 11);
  std::vector<T> weight;
  for (index_t i = 0; i != t.rows; ++i) weight.push_back(static_cast<T>(i % 3));
  for (bool const weighted : {false, true}) {
    std::vector<T> const own = weighted ? weight : std::vector<T>(300, 1);
    auto const done = weighted ? kindred::fit(kmedians{.clusters = 6, .seed = 2}, kindred::weighted_rows{t.view(), own})
                               : kindred::fit(kmedians{.clusters = 6, .seed = 2}, t.view());
    CHECK(done.report.converged);
    auto const& model = done.model;
    auto const gap = [&](index_t i, std::vector<long double> const& center) {
      long double sum = 0;
      for (index_t j = 0; j != 3; ++j) sum += std::fabs(static_cast<long double>(t.value[i * 3 + j]) - center[j]);
      return sum;
    };
    long double inertia = 0;
    std::vector<std::vector<long double>> center(6);
    for (index_t c = 0; c != 6; ++c) center[c].assign(model.center(c).begin(), model.center(c).end());
    for (index_t i = 0; i != t.rows; ++i) {
      long double lowest = std::numeric_limits<long double>::max();
      index_t best = 0;
      for (index_t c = 0; c != 6; ++c)
        if (gap(i, center[c]) < lowest) {
          lowest = gap(i, center[c]);
          best = c;
        }
      CHECK(model.labels()[i] == best);
      CHECK(model.assign(t.view().row(i)) == best);
      inertia += static_cast<long double>(own[i]) * lowest;
    }
    CHECK(model.inertia() == doctest::Approx(static_cast<double>(inertia)));
    // The median of each column, found by sorting rows as often as they weigh.
    for (index_t c = 0; c != 6; ++c)
      for (index_t j = 0; j != 3; ++j) {
        std::vector<T> all;
        for (index_t i = 0; i != t.rows; ++i)
          if (model.labels()[i] == c) all.insert(all.end(), static_cast<std::size_t>(own[i]), t.value[i * 3 + j]);
        std::sort(all.begin(), all.end());
        CHECK(model.center(c)[j] == all[(all.size() - 1) / 2]);
      }
  }
}

TEST_CASE_TEMPLATE("kmedians: finds clouds that are apart, and the same bits on any number of threads", T, float,
                   double) {
  auto const t = support::clouds<T>(1100, 4, 7, 0.01, 21);
  kmedians const how{.clusters = 7, .seed = 3};
  auto const expected = kindred::fit(how, t.view());
  CHECK(expected.model.inertia() < 1100 * 4 * 0.01);
  CHECK(kindred::fit(how, t.view(), support::reversed{}).model == expected.model);
  for (std::size_t const threads : {2u, 3u}) {
    kindred::thread_pool pool(threads);
    CHECK(kindred::fit(how, t.view(), pool).model == expected.model);
  }
}

TEST_CASE_TEMPLATE("kmedians: data that nobody wishes for", T, float, double) {
  support::table<T> const twins{6, 2, {1, 2, 1, 2, 3, 3, 1, 2, 3, 3, 1, 2}};
  auto const done = kindred::fit(kmedians{.clusters = 4}, twins.view());
  CHECK(done.model.occupied() == 2);
  CHECK(done.model.inertia() == 0);
  CHECK(done.report.converged);
  support::table<T> const zeros{3, 2, std::vector<T>(6)};
  CHECK(kindred::fit(kmedians{.clusters = 3}, zeros.view()).model.occupied() == 1);

  auto const refused = [](kmedians const& how, support::table<T> const& t, std::vector<T> const& weight,
                          char const* what) {
    auto const e =
        support::error_of([&] { static_cast<void>(kindred::fit(how, kindred::weighted_rows{t.view(), weight})); });
    CHECK(support::says(e, what));
  };
  support::table<T> broken = twins;
  broken.value[3] = std::numeric_limits<T>::quiet_NaN();
  refused({.clusters = 2}, broken, {}, "number 1 of row 1");
  refused({.clusters = 7}, twins, {}, "clusters = 7 for 6 rows");
  refused({.clusters = 0}, twins, {}, "clusters = 0");
  refused({.clusters = 2, .epochs = 0}, twins, {}, "epochs = 0");
  refused({.clusters = 2, .runs = 0}, twins, {}, "runs = 0");
  refused({}, support::table<T>{0, 2, {}}, {}, "no rows");
  refused({.clusters = 2}, twins, {1, 1}, "2 weights for 6 rows");
  refused({.clusters = 2}, twins, {1, 1, -1, 1, 1, 1}, "weight of row 2");
  refused({.clusters = 2}, twins, std::vector<T>(6), "weights of all rows are zero");
}

TEST_CASE("kmedians: the observer stops it") {
  auto const t = support::clouds<double>(300, 3, 9, 3, 1);
  auto const done = kindred::fit(
      kmedians{.clusters = 9}, t.view(), kindred::sequential{},
      [](kindred::progress const& p) { return p.epoch == 2 ? kindred::flow::stop : kindred::flow::proceed; });
  CHECK(done.report.epochs == 2);
  CHECK_FALSE(done.report.converged);
}
