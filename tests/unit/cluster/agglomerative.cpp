// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/agglomerative.hpp>

#include "../../support/clouds.hpp"
#include "../../support/error_of.hpp"

#include <kindred/interop/thread_pool.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

using kindred::agglomerative;
using kindred::average_linkage;
using kindred::cluster_merge;
using kindred::complete_linkage;
using kindred::dendrogram;
using kindred::index_t;
using kindred::single_linkage;
using kindred::ward_linkage;

static_assert(kindred::recipe<agglomerative<>, kindred::matrix_view<float>>);

namespace {

// Twelve rows of three numbers that look random and have no equal distances; exact in float.
template <class T>
support::table<T> twelve() {
  support::table<T> out{12, 3, {}};
  for (std::uint32_t i = 0; i != 12; ++i)
    for (std::uint32_t j = 0; j != 3; ++j) {
      std::uint32_t const x = (i * 40503u + j * 9973u + 17u) % 65521u;
      out.value.push_back(static_cast<T>((x * x % 65521u * 31u + x) % 65521u) / T{65536});
    }
  return out;
}

template <class T, class Linkage>
void check_merges(support::table<T> const& t, Linkage linkage, std::vector<cluster_merge> const& expected) {
  auto const tree = kindred::fit(agglomerative<Linkage>{.linkage = linkage}, t.view()).model;
  REQUIRE(tree.merges().size() == expected.size());
  for (std::size_t k = 0; k != expected.size(); ++k) {
    CHECK(tree.merges()[k].first == expected[k].first);
    CHECK(tree.merges()[k].second == expected[k].second);
    CHECK(tree.merges()[k].size == expected[k].size);
    CHECK(std::abs(tree.merges()[k].height - expected[k].height) < 1e-9);
  }
}

// The definition: of all pairs of clusters, merge the closest.
template <class T, class Between>
std::vector<double> twin_heights(support::table<T> const& t, Between const& between) {
  std::vector<std::vector<index_t>> cluster;
  for (index_t i = 0; i != t.rows; ++i) cluster.push_back({i});
  std::vector<double> heights;
  while (cluster.size() > 1) {
    std::pair<std::size_t, std::size_t> best{0, 1};
    long double least = std::numeric_limits<long double>::max();
    for (std::size_t a = 0; a != cluster.size(); ++a)
      for (std::size_t b = a + 1; b != cluster.size(); ++b)
        if (long double const d = between(cluster[a], cluster[b]); d < least) {
          least = d;
          best = {a, b};
        }
    heights.push_back(static_cast<double>(least));
    cluster[best.first].insert(cluster[best.first].end(), cluster[best.second].begin(), cluster[best.second].end());
    cluster.erase(cluster.begin() + static_cast<std::ptrdiff_t>(best.second));
  }
  std::sort(heights.begin(), heights.end());
  return heights;
}

template <class T>
long double distance(support::table<T> const& t, index_t a, index_t b) {
  long double sum = 0;
  for (index_t j = 0; j != t.columns; ++j) {
    long double const gap =
        static_cast<long double>(t.value[a * t.columns + j]) - static_cast<long double>(t.value[b * t.columns + j]);
    sum += gap * gap;
  }
  return std::sqrt(sum);
}

struct city_block {
  static constexpr kindred::comparison_traits traits{
      .direction = kindred::sense::smaller_is_closer, .symmetric = true, .triangle = true, .lowest = 0};
  template <kindred::real T>
  T operator()(kindred::dense_row<T> a, kindred::dense_row<T> b) const noexcept {
    T sum = 0;
    for (std::size_t k = 0; k != a.size(); ++k) sum += std::abs(a[k] - b[k]);
    return sum;
  }
};

// One of our own: halfway between the closest and the farthest pair.
struct middle_linkage {
  double join(double to_first, double to_second, double, double) const noexcept {
    return to_first < to_second ? (to_first + 3 * to_second) / 4 : (3 * to_first + to_second) / 4;
  }
};
static_assert(kindred::linkage<middle_linkage> && !kindred::linkage<ward_linkage>);

}  // namespace

TEST_CASE_TEMPLATE("agglomerative: three numbers by hand", T, float, double) {
  // 0, 1, 4. First 0 and 1, at 1. Then {0, 1} and 4: closest 3, farthest 4, mean 3.5; Ward sqrt(2 x 2 x 1 / 3) x 3.5.
  support::table<T> const t{3, 1, {0, 1, 4}};
  check_merges(t, single_linkage{}, {{0, 1, 1, 2}, {2, 3, 3, 3}});
  check_merges(t, complete_linkage{}, {{0, 1, 1, 2}, {2, 3, 4, 3}});
  check_merges(t, average_linkage{}, {{0, 1, 1, 2}, {2, 3, 3.5, 3}});
  check_merges(t, ward_linkage{}, {{0, 1, 1, 2}, {2, 3, std::sqrt(4 / 3.0) * 3.5, 3}});
}

TEST_CASE_TEMPLATE("agglomerative: the linkage matrices of scipy 1.10", T, float, double) {
  auto const t = twelve<T>();
  check_merges(t, ward_linkage{},
               {{9, 11, 0.1144104502492874, 2},
                {0, 2, 0.12272830057258122, 2},
                {4, 10, 0.17039498286203694, 2},
                {5, 7, 0.20543569432181116, 2},
                {1, 3, 0.2993904620342061, 2},
                {8, 14, 0.40773792448976065, 3},
                {6, 15, 0.4737920806299152, 3},
                {12, 13, 0.6908743560660748, 4},
                {16, 17, 1.1703048577059658, 5},
                {19, 20, 1.429853244883137, 9},
                {18, 21, 1.599615550930098, 12}});
  check_merges(t, average_linkage{},
               {{9, 11, 0.1144104502492874, 2},
                {0, 2, 0.12272830057258122, 2},
                {4, 10, 0.17039498286203694, 2},
                {5, 7, 0.20543569432181116, 2},
                {1, 3, 0.2993904620342061, 2},
                {8, 14, 0.35960868943376734, 3},
                {6, 15, 0.4228608217723452, 3},
                {12, 17, 0.483596260159694, 5},
                {13, 19, 0.7471556229889011, 7},
                {16, 20, 0.8641092362197533, 9},
                {18, 21, 0.9101433179761239, 12}});
  check_merges(t, complete_linkage{},
               {{9, 11, 0.1144104502492874, 2},
                {0, 2, 0.12272830057258122, 2},
                {4, 10, 0.17039498286203694, 2},
                {5, 7, 0.20543569432181116, 2},
                {1, 3, 0.2993904620342061, 2},
                {8, 14, 0.4108713886436223, 3},
                {6, 15, 0.4328048293199153, 3},
                {12, 13, 0.5350956345168503, 4},
                {17, 18, 0.9396663642355488, 6},
                {19, 20, 1.0616181816267816, 10},
                {16, 21, 1.245645813361483, 12}});
  check_merges(t, single_linkage{},
               {{9, 11, 0.1144104502492874, 2},
                {0, 2, 0.12272830057258122, 2},
                {4, 10, 0.17039498286203694, 2},
                {5, 7, 0.20543569432181116, 2},
                {1, 3, 0.2993904620342061, 2},
                {8, 14, 0.3083459902239123, 3},
                {6, 15, 0.41291681422477505, 3},
                {12, 17, 0.41427030780567625, 5},
                {13, 19, 0.46330630122525535, 7},
                {16, 20, 0.513235966263085, 9},
                {18, 21, 0.7198393973 - 2e-12, 12}});

  auto const tree = kindred::fit(agglomerative<>{}, t.view()).model;
  CHECK(tree.cut_into(4) == std::vector<index_t>{0, 1, 0, 1, 2, 3, 3, 3, 2, 0, 2, 0});
  CHECK(tree.cut_at(1.2) == tree.cut_into(3));
  CHECK(tree.cut_at(1e9) == std::vector<index_t>(12, 0));
  CHECK(tree.cut_at(0) == tree.cut_into(12));
}

TEST_CASE_TEMPLATE("agglomerative: the definition, read literally", T, float, double) {
  auto const t = support::clouds<T>(24, 3, 5, 2, 41);
  auto const check = [&](auto linkage, auto const& between) {
    auto const tree = kindred::fit(agglomerative<decltype(linkage)>{}, t.view()).model;
    auto const expected = twin_heights(t, between);
    for (std::size_t k = 0; k != expected.size(); ++k)
      CHECK(tree.merges()[k].height == doctest::Approx(expected[k]).epsilon(1e-9));
  };
  using cluster = std::vector<index_t>;
  auto const over_pairs = [&](cluster const& a, cluster const& b, auto const& fold) {
    long double out = fold.start;
    for (index_t const i : a)
      for (index_t const j : b) out = fold(out, distance(t, i, j));
    return out;
  };
  struct least {
    long double start = 1e30L;
    long double operator()(long double x, long double y) const { return std::min(x, y); }
  };
  struct most {
    long double start = 0;
    long double operator()(long double x, long double y) const { return std::max(x, y); }
  };
  struct sum {
    long double start = 0;
    long double operator()(long double x, long double y) const { return x + y; }
  };
  check(single_linkage{}, [&](cluster const& a, cluster const& b) { return over_pairs(a, b, least{}); });
  check(complete_linkage{}, [&](cluster const& a, cluster const& b) { return over_pairs(a, b, most{}); });
  check(average_linkage{}, [&](cluster const& a, cluster const& b) {
    return over_pairs(a, b, sum{}) / static_cast<long double>(a.size() * b.size());
  });
  check(ward_linkage{}, [&](cluster const& a, cluster const& b) {
    long double gap = 0;
    for (index_t j = 0; j != t.columns; ++j) {
      auto const mean = [&](cluster const& c) {
        long double all = 0;
        for (index_t const i : c) all += static_cast<long double>(t.value[i * t.columns + j]);
        return all / static_cast<long double>(c.size());
      };
      gap += (mean(a) - mean(b)) * (mean(a) - mean(b));
    }
    auto const m = static_cast<long double>(a.size());
    auto const n = static_cast<long double>(b.size());
    return std::sqrt(2 * m * n / (m + n) * gap);
  });
}

TEST_CASE_TEMPLATE("agglomerative: any distance, any linkage, any number of threads", T, float, double) {
  // 0, 1, 4 again, with the linkage of our own: (3 + 3 x 4) / 4.
  support::table<T> const small{3, 1, {0, 1, 4}};
  check_merges(small, middle_linkage{}, {{0, 1, 1, 2}, {2, 3, 3.75, 3}});
  // (0, 0), (3, 4), (0, 6): 7 and 5 and 6 apart by blocks; (3, 4) and (0, 6) first, at 5.
  support::table<T> const t{3, 2, {0, 0, 3, 4, 0, 6}};
  auto const tree = kindred::fit(agglomerative<complete_linkage, city_block>{}, t.view()).model;
  CHECK(tree.merges()[0] == cluster_merge{1, 2, 5, 2});
  CHECK(tree.merges()[1] == cluster_merge{0, 3, 7, 3});

  auto const many = support::clouds<T>(90, 4, 5, 2, 43);
  kindred::thread_pool pool(3);
  CHECK(kindred::fit(agglomerative<average_linkage>{}, many.view(), pool).model ==
        kindred::fit(agglomerative<average_linkage>{}, many.view()).model);
}

TEST_CASE_TEMPLATE("agglomerative: equal rows, one row, none, and numbers that are none", T, float, double) {
  support::table<T> const twins{5, 2, {1, 2, 1, 2, 1, 2, 1, 2, 1, 2}};
  auto const check = [&](auto linkage) {
    auto const tree = kindred::fit(agglomerative<decltype(linkage)>{}, twins.view()).model;
    CHECK(tree.merges().size() == 4);
    CHECK(tree.merges()[3].height == 0);
    CHECK(tree.merges()[3].size == 5);
    support::table<T> const one{1, 2, {1, 2}};
    CHECK(kindred::fit(agglomerative<decltype(linkage)>{}, one.view()).model.cut_into(1) == std::vector<index_t>{0});
  };
  check(ward_linkage{});
  check(single_linkage{});
  check(complete_linkage{});
  check(average_linkage{});
  kindred::matrix_view<T> const none;
  CHECK(support::error_of([&] { static_cast<void>(kindred::fit(agglomerative<>{}, none)); }).kind() ==
        kindred::error_kind::shape);
  auto bad = twins;
  bad.value[3] = std::numeric_limits<T>::infinity();
  CHECK(support::error_of([&] { static_cast<void>(kindred::fit(agglomerative<>{}, bad.view())); }).row() == 1);
}
