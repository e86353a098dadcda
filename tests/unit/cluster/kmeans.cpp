// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/kmeans.hpp>

#include "../../support/bits.hpp"
#include "../../support/clouds.hpp"
#include "../../support/error_of.hpp"
#include "../../support/executors.hpp"

#include <kindred/cluster/spherical_kmeans.hpp>
#include <kindred/interop/thread_pool.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

using kindred::empty_cluster;
using kindred::given_centers;
using kindred::index_t;
using kindred::kmeans;
using kindred::matrix_view;
using kindred::spherical_kmeans;
using kindred::update_rule;

static_assert(kindred::recipe<kmeans<>, matrix_view<float>> && kindred::recipe<kmeans<>, kindred::csr_view<double>>);

namespace {

constexpr kindred::rehearsal unrehearsed{.rows = 0};

template <class T>
bool same(kindred::fitted<kindred::clustering<T>> const& a, kindred::fitted<kindred::clustering<T>> const& b) {
  return a.model == b.model && a.report.epochs == b.report.epochs && a.report.objective == b.report.objective &&
         a.report.converged == b.report.converged;
}

// Lloyd's iteration, read literally, from the first rows as centers: labels after `epochs` assignments.
template <class T>
std::vector<index_t> twin(support::table<T> const& t, std::vector<T> const& weight, index_t clusters, int epochs) {
  std::vector<std::vector<long double>> center(clusters);
  for (index_t c = 0; c != clusters; ++c)
    for (index_t j = 0; j != t.columns; ++j) center[c].push_back(static_cast<long double>(t.value[c * t.columns + j]));
  std::vector<index_t> label(t.rows);
  for (int epoch = 0; epoch != epochs; ++epoch) {
    for (index_t i = 0; i != t.rows; ++i) {
      long double lowest = std::numeric_limits<long double>::max();
      for (index_t c = 0; c != clusters; ++c) {
        long double sum = 0;
        for (index_t j = 0; j != t.columns; ++j) {
          long double const gap = static_cast<long double>(t.value[i * t.columns + j]) - center[c][j];
          sum += gap * gap;
        }
        if (sum < lowest) {
          lowest = sum;
          label[i] = c;
        }
      }
    }
    for (index_t c = 0; c != clusters; ++c) {
      std::vector<long double> sum(t.columns);
      long double mass = 0;
      for (index_t i = 0; i != t.rows; ++i) {
        if (label[i] != c) continue;
        long double const w = weight.empty() ? 1 : static_cast<long double>(weight[i]);
        mass += w;
        for (index_t j = 0; j != t.columns; ++j) sum[j] += w * static_cast<long double>(t.value[i * t.columns + j]);
      }
      if (mass > 0)
        for (index_t j = 0; j != t.columns; ++j) center[c][j] = sum[j] / mass;
    }
  }
  return label;
}

template <class T>
matrix_view<T> first_rows(support::table<T> const& t, index_t count) {
  return {kindred::unchecked, t.value.data(), count, t.columns, t.columns};
}

template <class T>
std::vector<index_t> labels_of(kindred::clustering<T> const& model) {
  return {model.labels().begin(), model.labels().end()};
}

}  // namespace

TEST_CASE_TEMPLATE("kmeans: four numbers by hand", T, float, double) {
  // 0, 1 | 10, 11: means 0.5 and 10.5, each row 0.5 off: inertia 4 x 0.25. From 0 and 1 as centers: the first epoch gives 0
  // to the one and 1, 10, 11 to the other, whose mean is 22/3; then 1 changes over.
  support::table<T> const t{4, 1, {0, 1, 10, 11}};
  kmeans<given_centers<T>> const how{.clusters = 2, .initial = {first_rows(t, 2)}};
  std::vector<double> heard;
  auto const done = kindred::fit(how, t.view(), kindred::sequential{}, [&](kindred::progress const& p) {
    heard.push_back(p.objective);
    return kindred::flow::proceed;
  });
  CHECK(labels_of(done.model) == std::vector<index_t>{0, 0, 1, 1});
  CHECK(done.model.center(0)[0] == T{0.5});
  CHECK(done.model.center(1)[0] == T{10.5});
  CHECK(done.model.inertia() == doctest::Approx(1));
  CHECK(done.report.objective == done.model.inertia());
  CHECK(done.report.converged);
  REQUIRE(heard.size() >= 3);
  CHECK(heard[0] == doctest::Approx(81 + 100));                                          // 10 and 11 from 1
  CHECK(heard[1] == doctest::Approx(1 + std::pow(8 / 3.0, 2) + std::pow(11 / 3.0, 2)));  // 1 from 0; 10, 11 from 22/3
  CHECK(done.model.counts()[0] == 2);
  CHECK(done.model.size() == 2);
  CHECK(done.model.occupied() == 2);

  std::vector<T> const row{3};
  CHECK(done.model.assign(kindred::dense_row<T>(row)) == 0);
  CHECK(done.model.distance(kindred::dense_row<T>(row), 1) == T{7.5});
}

TEST_CASE_TEMPLATE("kmeans: Lloyd's iteration, read literally", T, float, double) {
  for (double const away : {0.0, 500.0}) {
    auto const t = support::clouds<T>(300, 5, 6, 1.5, 11, away);
    std::vector<T> weight;
    for (index_t i = 0; i != 300; ++i) weight.push_back(static_cast<T>(i % 4));
    for (std::uint32_t const epochs : {1u, 2u, 5u}) {
      kmeans<given_centers<T>> const how{
          .clusters = 7, .epochs = epochs, .tolerance = 0, .initial = {first_rows(t, 7)}, .empty = empty_cluster::keep};
      CHECK(labels_of(kindred::fit(how, t.view()).model) == twin(t, {}, 7, static_cast<int>(epochs)));
      CHECK(labels_of(kindred::fit(how, kindred::weighted_rows{t.view(), weight}).model) ==
            twin(t, weight, 7, static_cast<int>(epochs)));
    }
  }
}

TEST_CASE_TEMPLATE("kmeans: every update rule gives the bits of lloyd", T, float, double) {
  struct shape {
    index_t rows, columns, clusters;
    double spread, away;
  };
  for (shape const& of : {shape{200, 2, 5, 0.5, 0}, shape{160, 2, 40, 2, 0}, shape{150, 17, 35, 1.5, 0},
                          shape{180, 5, 130, 3, 0}, shape{80, 33, 3, 4, 1000}, shape{60, 3, 12, 0.01, 1e4}}) {
    auto const t = support::clouds<T>(of.rows, of.columns, 12, of.spread, of.rows + of.columns, of.away);
    index_t const clusters = of.clusters;
    for (bool const sparse : {false, true}) {
      auto const run = [&](update_rule rule, auto const& start) {
        kmeans<std::remove_cvref_t<decltype(start)>> const how{.clusters = clusters,
                                                               .epochs = 15,
                                                               .tolerance = 0,
                                                               .initial = start,
                                                               .rehearse = unrehearsed,
                                                               .update = rule,
                                                               .seed = 3};
        if (!sparse) return kindred::fit(how, t.view());
        support::sparse_table<T> const s(t);
        return kindred::fit(how, s.view());
      };
      auto const check = [&](auto const& start) {
        auto const expected = run(update_rule::lloyd, start);
        for (auto const rule : {update_rule::hamerly, update_rule::yinyang, update_rule::elkan, update_rule::automatic})
          CHECK(same(run(rule, start), expected));
      };
      CAPTURE(sparse);
      CAPTURE(clusters);
      check(kindred::random_rows{});
      check(given_centers<T>{first_rows(t, clusters)});
    }
  }
}

TEST_CASE_TEMPLATE("kmeans: the same bits on any number of threads, in any order", T, float, double) {
  auto const t = support::clouds<T>(4400, 2, 12, 1, 5);
  support::sparse_table<T> const s(support::counts<T>(300, 40, 9));
  kmeans<> const how{
      .clusters = 12, .epochs = 3, .runs = 2, .rehearse = {.rows = 4, .starts = 2, .swaps = 1}, .seed = 1};
  spherical_kmeans<> const round{
      .clusters = 6, .epochs = 3, .rehearse = {.rows = 4, .starts = 2, .swaps = 1}, .seed = 1};
  auto const expected = kindred::fit(how, t.view());
  auto const directions = kindred::fit(round, s.view());
  support::shuffled shuffled;
  CHECK(same(kindred::fit(how, t.view(), support::reversed{}), expected));
  CHECK(same(kindred::fit(how, t.view(), shuffled), expected));
  for (std::size_t const threads : {2u, 3u}) {
    kindred::thread_pool pool(threads);
    CHECK(same(kindred::fit(how, t.view(), pool), expected));
    CHECK(same(kindred::fit(round, s.view(), pool), directions));
  }
}

TEST_CASE_TEMPLATE("kmeans: finds clouds that are apart, from every start", T, float, double) {
  auto const t = support::clouds<T>(400, 4, 9, 0.01, 21);
  auto const inertia = [&](auto const& start, kindred::rehearsal rehearse, std::uint32_t runs) {
    kmeans<std::remove_cvref_t<decltype(start)>> const how{
        .clusters = 9, .runs = runs, .initial = start, .rehearse = rehearse, .seed = 2};
    return kindred::fit(how, t.view()).model.inertia();
  };
  double const best = 400 * 4 * 0.0001;
  CHECK(inertia(kindred::greedy_kmeans_plus_plus{}, {}, 1) < 1.1 * best);
  CHECK(inertia(kindred::greedy_kmeans_plus_plus{}, unrehearsed, 1) < 1.1 * best);
  CHECK(inertia(kindred::kmeans_plus_plus{}, unrehearsed, 5) < 1.1 * best);
  CHECK(inertia(kindred::kmeans_parallel{}, unrehearsed, 5) < 1.1 * best);
  CHECK(inertia(kindred::random_rows{}, {.rows = 30}, 1) < 1.1 * best);
  // Far from zero the digits of float are spent on where the rows are, not on how far they are apart.
  auto const far = support::clouds<T>(400, 4, 9, 0.1, 21, 2000);
  CHECK(kindred::fit(kmeans<>{.clusters = 9}, far.view()).model.inertia() < 1.1 * 400 * 4 * 0.01);
}

TEST_CASE_TEMPLATE("kmeans: a weight of two is a row twice, a weight of zero a row that only follows", T, float,
                   double) {
  auto const t = support::clouds<T>(120, 3, 4, 2, 31);
  support::table<T> twice{180, 3, t.value};
  twice.value.insert(twice.value.end(), t.value.begin(), t.value.begin() + 60 * 3);
  std::vector<T> weight(120, 1);
  for (std::size_t i = 0; i != 60; ++i) weight[i] = 2;
  kmeans<given_centers<T>> const how{.clusters = 4, .tolerance = 0, .initial = {first_rows(t, 4)}};
  auto const once = kindred::fit(how, kindred::weighted_rows{t.view(), weight}).model;
  auto const both = kindred::fit(how, twice.view()).model;
  for (index_t c = 0; c != 4; ++c)
    for (index_t j = 0; j != 3; ++j) CHECK(once.center(c)[j] == doctest::Approx(both.center(c)[j]).epsilon(1e-5));
  CHECK(once.inertia() == doctest::Approx(both.inertia()));

  for (std::size_t i = 0; i != 120; ++i) weight[i] = i < 60 ? 1 : 0;
  auto const half = kindred::fit(how, kindred::weighted_rows{t.view(), weight}).model;
  support::table<T> const front{60, 3, {t.value.begin(), t.value.begin() + 60 * 3}};
  auto const alone = kindred::fit(how, front.view()).model;
  CHECK(half.inertia() == doctest::Approx(alone.inertia()));
  for (index_t i = 0; i != 120; ++i) CHECK(half.labels()[i] == half.assign(t.view().row(i)));
}

TEST_CASE_TEMPLATE("kmeans: dense and sparse rows are the same rows", T, float, double) {
  auto const t = support::counts<T>(200, 24, 3);
  support::sparse_table<T> const s(t);
  kmeans<> const how{.clusters = 6, .rehearse = unrehearsed, .seed = 4};
  auto const dense = kindred::fit(how, t.view()).model;
  auto const sparse = kindred::fit(how, s.view()).model;
  CHECK(labels_of(dense) == labels_of(sparse));
  CHECK(dense.inertia() == doctest::Approx(sparse.inertia()));
  std::vector<index_t> again(200);
  sparse.assign(s.view(), std::span<index_t>(again));
  CHECK(again == labels_of(sparse));
  std::vector<T> far(6);
  sparse.distances(s.view().row(17), std::span<T>(far));
  for (index_t c = 0; c != 6; ++c) CHECK(far[c] == doctest::Approx(dense.distance(t.view().row(17), c)).epsilon(1e-5));
}

TEST_CASE_TEMPLATE("kmeans: an empty cluster takes the farthest row, or stays", T, float, double) {
  // Nobody is closest to the second center. The row farthest from its own is 9.
  support::table<T> const t{4, 1, {0, 1, 2, 9}};
  support::table<T> const start{2, 1, {1, 1000}};
  kmeans<given_centers<T>> how{.clusters = 2, .initial = {start.view()}};
  auto const filled = kindred::fit(how, t.view()).model;
  CHECK(labels_of(filled) == std::vector<index_t>{0, 0, 0, 1});
  how.empty = empty_cluster::keep;
  auto const kept = kindred::fit(how, t.view()).model;
  CHECK(kept.occupied() == 1);
  CHECK(kept.center(1)[0] == 1000);
}

TEST_CASE_TEMPLATE("kmeans: data that nobody wishes for", T, float, double) {
  // Fewer different rows than clusters: empty clusters, and no distance.
  support::table<T> const twins{6, 2, {1, 2, 1, 2, 3, 3, 1, 2, 3, 3, 1, 2}};
  for (auto const rule : {update_rule::lloyd, update_rule::yinyang, update_rule::elkan}) {
    auto const done = kindred::fit(kmeans<>{.clusters = 4, .update = rule}, twins.view());
    CHECK(done.model.occupied() == 2);
    CHECK(done.model.inertia() < 1e-10);
    CHECK(done.report.converged);
    CHECK(done.model.labels()[0] != done.model.labels()[2]);
  }
  support::table<T> const zeros{3, 2, std::vector<T>(6)};
  CHECK(kindred::fit(kmeans<>{.clusters = 3}, zeros.view()).model.occupied() == 1);
  CHECK(kindred::fit(spherical_kmeans<>{.clusters = 2}, zeros.view()).model.occupied() == 1);
  CHECK(kindred::fit(kmeans<>{.clusters = 1}, zeros.view()).model.inertia() == 0);
  support::sparse_table<T> const nothing(zeros);
  CHECK(kindred::fit(kmeans<>{.clusters = 2}, nothing.view()).model.occupied() == 1);

  // A constant column changes nothing.
  support::table<T> const constant{4, 2, {7, 0, 7, 1, 7, 10, 7, 11}};
  auto const beside = kindred::fit(kmeans<>{.clusters = 2}, constant.view()).model;
  CHECK(beside.inertia() == doctest::Approx(1));
  CHECK(beside.center(0)[0] == 7);

  // Columns of very different sizes keep their digits.
  support::table<T> const uneven{4, 2, {T{1e6f}, T{1e-6f}, T{1e6f}, T{3e-6f}, T{2e6f}, T{1e-6f}, T{2e6f}, T{3e-6f}}};
  auto const model = kindred::fit(kmeans<>{.clusters = 2}, uneven.view()).model;
  CHECK(model.center(0)[1] == doctest::Approx(2e-6).epsilon(1e-5));

  using support::error_of;
  using support::says;
  auto bad = twins;
  bad.value[5] = std::numeric_limits<T>::quiet_NaN();
  auto const nan = error_of([&] { static_cast<void>(kindred::fit(kmeans<>{.clusters = 2}, bad.view())); });
  CHECK(nan.kind() == kindred::error_kind::data);
  CHECK(nan.row() == 2);
  CHECK(nan.column() == 1);
  bad.value[5] = std::sqrt(std::numeric_limits<T>::max());
  CHECK(says(error_of([&] { static_cast<void>(kindred::fit(kmeans<>{.clusters = 2}, bad.view())); }), "overflow"));
  CHECK(says(error_of([&] { static_cast<void>(kindred::fit(kmeans<>{.clusters = 7}, twins.view())); }),
             "clusters = 7 for 6 rows"));
  matrix_view<T> const none(kindred::unchecked, nullptr, 0, 2, 2);
  CHECK(error_of([&] { static_cast<void>(kindred::fit(kmeans<>{}, none)); }).kind() == kindred::error_kind::shape);
  std::vector<T> weight{1, 1, -1, 1, 1, 1};
  auto const weigh = [&] {
    static_cast<void>(kindred::fit(kmeans<>{.clusters = 2}, kindred::weighted_rows{twins.view(), weight}));
  };
  CHECK(says(error_of(weigh), "the weight of row 2"));
  weight.assign(6, 0);
  CHECK(says(error_of(weigh), "weights of all rows are zero"));
  weight.pop_back();
  CHECK(says(error_of(weigh), "5 weights for 6 rows"));
}

TEST_CASE("kmeans: settings out of range") {
  auto const t = support::clouds<float>(20, 2, 3, 1, 1);
  auto const refused = [&](auto const& how, char const* what) {
    auto const e = support::error_of([&] { static_cast<void>(kindred::fit(how, t.view())); });
    CHECK(support::says(e, what));
  };
  refused(kmeans<>{.clusters = 0}, "clusters = 0");
  refused(kmeans<>{.epochs = 0}, "epochs = 0");
  refused(kmeans<>{.runs = 0}, "runs = 0");
  refused(kmeans<>{.tolerance = -1}, "tolerance");
  refused(kmeans<>{.rehearse = {.starts = 0}}, "starts = 0");
  refused(kmeans<>{.initial = {.candidates = 17}}, "candidates = 17");
  refused(kmeans<kindred::kmeans_parallel>{.initial = {.oversampling = 0}}, "oversampling");
  refused(kmeans<given_centers<float>>{.clusters = 3}, "given_centers");
}

TEST_CASE("kmeans: the observer stops it, and hears what the report says") {
  auto const t = support::clouds<double>(400, 3, 9, 3, 1);
  std::uint32_t last = 0;
  auto const stop_at_3 = [&](kindred::progress const& p) {
    last = p.epoch;
    return p.epoch == 3 ? kindred::flow::stop : kindred::flow::proceed;
  };
  auto const done = kindred::fit(kmeans<>{.clusters = 9, .tolerance = 0, .runs = 4, .rehearse = unrehearsed}, t.view(),
                                 kindred::sequential{}, stop_at_3);
  CHECK(last == 3);
  CHECK(done.report.epochs == 3);
  CHECK_FALSE(done.report.converged);
}
