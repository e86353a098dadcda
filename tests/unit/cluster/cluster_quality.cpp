// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/cluster_quality.hpp>

#include "../../support/clouds.hpp"
#include "../../support/error_of.hpp"

#include <kindred/cluster/choose_clusters.hpp>
#include <kindred/cluster/cluster_agreement.hpp>
#include <kindred/cluster/kmeans.hpp>
#include <kindred/cluster/segment_profile.hpp>
#include <kindred/interop/thread_pool.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

using kindred::index_t;

namespace {

using labels = std::vector<index_t>;

// The rows of the linkage test: they look random, and are exact in float.
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
labels const three_of_twelve{0, 1, 1, 2, 2, 1, 1, 0, 1, 1, 2, 2};
labels const four_of_twelve{0, 0, 1, 1, 2, 2, 0, 1, 2, 3, 3, 0};

}  // namespace

TEST_CASE_TEMPLATE("cluster quality: four numbers by hand", T, float, double) {
  // 0, 2 | 10, 14. Silhouettes: a = 2, b = 12: 10/12; a = 2, b = 10: 8/10; a = 4, b = 9: 5/9; a = 4, b = 13: 9/13.
  // Means 1 and 12: radii 1 and 2, 11 apart. Sums of squares within 2 + 8, between 4 x 5.5^2 = 121: 121 x 2 / 10.
  support::table<T> const t{4, 1, {0, 2, 10, 14}};
  labels const two{0, 0, 1, 1};
  CHECK(kindred::silhouette(t.view(), two) == doctest::Approx((10 / 12.0 + 0.8 + 5 / 9.0 + 9 / 13.0) / 4));
  CHECK(kindred::davies_bouldin(t.view(), two) == doctest::Approx(3 / 11.0));
  CHECK(kindred::calinski_harabasz(t.view(), two) == doctest::Approx(24.2));
  // A row alone has silhouette 0; a cluster without rows is none.
  CHECK(kindred::silhouette(t.view(), labels{0, 0, 0, 5}) ==
        doctest::Approx((1 - 6 / 14.0 + 1 - 5 / 12.0 + (4 - 9) / 9.0) / 4));
}

TEST_CASE_TEMPLATE("cluster quality: the figures of scikit-learn 1.2", T, float, double) {
  auto const t = twelve<T>();
  CHECK(std::abs(kindred::silhouette(t.view(), three_of_twelve) - -0.12140026196684744) < 1e-9);
  CHECK(std::abs(kindred::davies_bouldin(t.view(), three_of_twelve) - 2.832286617664901) < 1e-9);
  CHECK(std::abs(kindred::calinski_harabasz(t.view(), three_of_twelve) - 1.0138105621553966) < 1e-9);
}

TEST_CASE("cluster agreement: by hand, the figures of scikit-learn 1.2, and corners") {
  // Pairs: {0, 1} against {0} {1}: of six, first 2, second 1, both 1; chance 1/3, most 3/2.
  CHECK(kindred::adjusted_rand(labels{0, 0, 1, 1}, labels{7, 7, 2, 9}) ==
        doctest::Approx((1 - 1 / 3.0) / (1.5 - 1 / 3.0)));
  CHECK(std::abs(kindred::adjusted_rand(three_of_twelve, four_of_twelve) - -0.17721518987341772) < 1e-9);
  CHECK(std::abs(kindred::label_information(three_of_twelve, four_of_twelve) - 0.09751447783206117) < 1e-9);
  CHECK(kindred::adjusted_rand(labels{1, 1, 0}, labels{4, 4, 9}) == 1);
  CHECK(kindred::label_information(labels{1, 1, 0}, labels{4, 4, 9}) == doctest::Approx(1));
  CHECK(kindred::adjusted_rand(labels{1}, labels{4}) == 1);
  CHECK(kindred::adjusted_rand(labels{}, labels{}) == 1);
  CHECK(kindred::label_information(labels{1, 1}, labels{2, 2}) == 1);
  CHECK(kindred::label_information(labels{1, 1}, labels{2, 3}) == 0);
  CHECK(support::says(support::error_of([] { static_cast<void>(kindred::adjusted_rand(labels{1}, labels{})); }),
                      "1 and of 0 rows"));
}

TEST_CASE_TEMPLATE("silhouette: of a sample, and on threads", T, float, double) {
  auto const t = support::clouds<T>(200, 3, 4, 0.5, 51);
  auto const model = kindred::fit(kindred::kmeans<>{.clusters = 4}, t.view()).model;
  double const all = kindred::silhouette(t.view(), model.labels());
  CHECK(all > 0.5);
  CHECK(kindred::silhouette(t.view(), model.labels(), 60, 3) == doctest::Approx(all).epsilon(0.1));
  kindred::thread_pool pool(3);
  CHECK(kindred::silhouette(t.view(), model.labels(), 0, 0, pool) == all);
}

TEST_CASE_TEMPLATE("cluster quality: nothing to say is an error", T, float, double) {
  support::table<T> t{4, 1, {0, 2, 10, 14}};
  using support::error_of;
  auto const kind = [&](auto const& f) { return error_of(f).kind(); };
  CHECK(kind([&] { static_cast<void>(kindred::silhouette(t.view(), labels{0, 0, 0, 0})); }) ==
        kindred::error_kind::data);
  CHECK(kind([&] { static_cast<void>(kindred::davies_bouldin(t.view(), labels{0, 1, 2, 3})); }) ==
        kindred::error_kind::data);
  CHECK(kind([&] { static_cast<void>(kindred::calinski_harabasz(t.view(), labels{0, 1})); }) ==
        kindred::error_kind::shape);
  t.value[2] = std::numeric_limits<T>::quiet_NaN();
  CHECK(error_of([&] { static_cast<void>(kindred::silhouette(t.view(), labels{0, 0, 1, 1})); }).row() == 2);
  // All rows the same: no distance, no figure that is none.
  support::table<T> const twins{4, 1, {3, 3, 3, 3}};
  CHECK(kindred::silhouette(twins.view(), labels{0, 0, 1, 1}) == 0);
  CHECK(kindred::davies_bouldin(twins.view(), labels{0, 0, 1, 1}) == 0);
  CHECK(kindred::calinski_harabasz(twins.view(), labels{0, 0, 1, 1}) == 1);
}

TEST_CASE_TEMPLATE("describe_segments: two segments by hand", T, float, double) {
  // Column 0: 1, 3 | 8; all: mean 4, squares 9 + 1 + 16, deviation sqrt(26/3). Column 1 is the same for all.
  support::table<T> const t{3, 2, {1, 5, 3, 5, 8, 5}};
  auto const found = kindred::describe_segments(t.view(), labels{0, 0, 1}, 3);
  REQUIRE(found.size() == 3);
  CHECK(found[0].rows == 2);
  CHECK(found[0].share == doctest::Approx(2 / 3.0));
  REQUIRE(found[0].traits.size() == 2);
  CHECK(found[0].traits[0].column == 0);
  CHECK(found[0].traits[0].mean == doctest::Approx(2));
  CHECK(found[0].traits[0].others == doctest::Approx(8));
  CHECK(found[0].traits[0].deviation == doctest::Approx(1));
  CHECK(found[0].traits[0].effect == doctest::Approx(-6 / std::sqrt(26 / 3.0)));
  CHECK(found[0].traits[1].effect == 0);
  CHECK(found[1].traits[0].effect == doctest::Approx(6 / std::sqrt(26 / 3.0)));
  CHECK(found[2].rows == 0);
  CHECK(found[2].traits.empty());
  // Everybody in one segment: nobody else to differ from.
  CHECK(kindred::describe_segments(t.view(), labels{0, 0, 0}, 1)[0].traits[0].effect == 0);
  CHECK(support::says(
      support::error_of([&] { static_cast<void>(kindred::describe_segments(t.view(), labels{0, 0, 4}, 2)); }),
      "a label 4 among 2"));
}

TEST_CASE_TEMPLATE("try_cluster_counts: every figure finds five clouds", T, float, double) {
  auto const t = support::clouds<T>(200, 2, 5, 0.2, 64);
  std::array<index_t, 7> const counts{1, 2, 3, 4, 5, 6, 8};
  auto const tried = kindred::try_cluster_counts(kindred::kmeans<>{.rehearse = {.starts = 1, .swaps = 5}, .seed = 1},
                                                 t.view(), counts, {.silhouette_rows = 60, .gap_references = 2});
  REQUIRE(tried.size() == 7);
  CHECK(tried[0].silhouette == 0);
  for (std::size_t k = 1; k != tried.size(); ++k) CHECK(tried[k].inertia < tried[k - 1].inertia);
  CHECK(kindred::highest_silhouette_of(tried) == 5);
  CHECK(kindred::lowest_bic_of(tried) == 5);
  CHECK(kindred::gap_choice_of(tried) == 5);
  // Below the line from (1, 100) to (5, 6): 0.75 - 34/94 at 2, 0.5 - 4/94 at 3, 0.25 - 2/94 at 4.
  std::array<kindred::cluster_count_figures, 5> bent{};
  for (index_t k = 0; k != 5; ++k) bent[k] = {k + 1, std::array{100.0, 40.0, 10.0, 8.0, 6.0}[k], 0, 0, 0, 0};
  CHECK(kindred::elbow_of(bent) == 3);
  CHECK(kindred::elbow_of(std::span(tried).first(1)) == 1);
  CHECK(support::error_of([] { static_cast<void>(kindred::elbow_of({})); }).kind() == kindred::error_kind::shape);

  // BIC by hand: one cluster of two numbers, 0 and 2: inertia 2, variance 2 / (1 x 1); likelihood
  // -log(4 pi) - 1/2; two parameters.
  support::table<T> const two{2, 1, {0, 2}};
  std::array<index_t, 1> const one{1};
  double const bic = kindred::try_cluster_counts(kindred::kmeans<>{}, two.view(), one)[0].bic;
  CHECK(bic == doctest::Approx(2 * (std::log(4 * 3.14159265358979) + 0.5) + 2 * std::log(2.0)));
}
