// SPDX-License-Identifier: BSL-1.0
#include <kindred/cluster/choose_clusters.hpp>

#include "../../support/clouds.hpp"
#include "../../support/error_of.hpp"

#include <kindred/cluster/gaussian_mixture.hpp>
#include <kindred/cluster/kmeans.hpp>
#include <kindred/cluster/kmedoids.hpp>

#include <doctest/doctest.h>

#include <array>
#include <vector>

using kindred::index_t;

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

// Mixtures bring a criterion of their own, and an inertia is made for them; medoids have no likelihood at all.
TEST_CASE("try_cluster_counts: mixtures and medoids") {
  auto const t = support::clouds<double>(120, 2, 3, 0.2, 65);
  std::array<index_t, 4> const counts{1, 2, 3, 4};
  auto const mixtures = kindred::try_cluster_counts(kindred::gaussian_mixture{.seed = 1}, t.view(), counts,
                                                    {.silhouette_rows = 60, .gap_references = 2});
  CHECK(kindred::lowest_bic_of(mixtures) == 3);
  CHECK(kindred::highest_silhouette_of(mixtures) == 3);
  CHECK(kindred::gap_choice_of(mixtures) == 3);
  // One normal distribution has the mean of all rows: the inertia of one cluster of k-means.
  std::array<index_t, 1> const one{1};
  auto const whole = kindred::try_cluster_counts(kindred::kmeans<>{}, t.view(), one)[0];
  CHECK(mixtures[0].inertia == doctest::Approx(whole.inertia));
  CHECK(mixtures[2].bic == kindred::fit(kindred::gaussian_mixture{.clusters = 3, .seed = 1}, t.view()).model.bic());

  auto const medoids =
      kindred::try_cluster_counts(kindred::kmedoids<>{.seed = 1}, t.view(), counts, {.silhouette_rows = 60});
  CHECK(kindred::highest_silhouette_of(medoids) == 3);
  CHECK(medoids[2].bic == 0);
}
