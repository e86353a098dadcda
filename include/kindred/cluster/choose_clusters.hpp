// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/cluster_quality.hpp>
#include <kindred/cluster/clustering.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/random.hpp>
#include <kindred/view/matrix_view.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numbers>
#include <span>
#include <vector>

KINDRED_BEGIN

// What speaks for one number of clusters.
struct cluster_count_figures {
  index_t clusters;
  double inertia;     // falls with every cluster; see elbow_of
  double silhouette;  // more is better; 0 for one cluster
  double bic;  // less is better; the model's own where it has one, as mixtures do, 0 where there is none (medoids)
  double gap;  // more is better; 0 when no references were asked for
  double gap_error;  // of the gap, one standard error
};

// How many rows the silhouette looks at, and how many tables of noise the gap statistic clusters.
struct cluster_count_settings {
  index_t silhouette_rows = 1000;
  index_t gap_references = 0;
  std::uint64_t seed = 0;
};

namespace detail {

// Bayesian information criterion of a k-means clustering, as a mixture of balls of one width: -2 log likelihood, and the number
// of parameters times the log of the rows. Pelleg and Moore, "X-means" (2000).
template <real T>
[[nodiscard]] double bic_of(clustering<T> const& model) {
  auto const n = static_cast<double>(model.labels().size());
  double const d = model.dims();
  double const k = model.occupied();
  if (!(n > k)) return (std::numeric_limits<double>::max)();
  // A width of zero would be infinitely likely.
  double const variance = model.inertia() / (d * (n - k)) + (std::numeric_limits<double>::min)();
  double likelihood = -n * d / 2 * std::log(2 * std::numbers::pi * variance) - d * (n - k) / 2;
  for (index_t const rows : model.counts())
    if (rows != 0) likelihood += rows * std::log(rows / n);
  return -2 * likelihood + (k - 1 + k * d + 1) * std::log(n);
}

template <class Model>
[[nodiscard]] double bic_of(Model const& model) {
  if constexpr (requires { model.bic(); }) return model.bic();
  else return 0;
}

// The model's own inertia; of clusters that overlap, as if every row were in the likeliest of them.
template <class Model, real T>
[[nodiscard]] double inertia_of(Model const& model, matrix_view<T> rows) {
  if constexpr (requires { model.inertia(); }) {
    return model.inertia();
  } else {
    double sum = 0;
    for (index_t i = 0; i != rows.rows(); ++i) {
      auto const center = model.center(model.labels()[i]);
      for (std::size_t j = 0; j != center.size(); ++j) {
        double const apart = static_cast<double>(rows.row(i)[j]) - static_cast<double>(center[j]);
        sum += apart * apart;
      }
    }
    return sum;
  }
}

// Rows without any clusters: even noise in the box that the rows fill.
template <real T>
[[nodiscard]] std::vector<T> noise_like(matrix_view<T> rows, std::uint64_t seed) {
  std::size_t const d = rows.columns();
  std::vector<T> low(rows.row(0).begin(), rows.row(0).end());
  std::vector<T> high = low;
  for (index_t i = 1; i < rows.rows(); ++i)
    for (std::size_t j = 0; j != d; ++j) {
      T const x = rows.row(i)[j];
      if (x < low[j]) low[j] = x;
      if (x > high[j]) high[j] = x;
    }
  std::vector<T> out(rows.rows() * d);
  for (index_t i = 0; i != rows.rows(); ++i) {
    random_stream random(seed, i);
    for (std::size_t j = 0; j != d; ++j)
      out[i * d + j] = static_cast<T>(static_cast<double>(low[j]) +
                                      unit(random) * (static_cast<double>(high[j]) - static_cast<double>(low[j])));
  }
  return out;
}

}  // namespace detail

// Fits the recipe with each of these numbers of clusters, and says what speaks for each. `how` is kmeans, kmedoids,
// gaussian_mixture or anything else with a member `clusters`. Costs a fit a number, and as many again for each gap reference.
//
// The gap is how much smaller the logarithm of the inertia is than for even noise in the same box: Tibshirani, Walther and
// Hastie, "Estimating the number of clusters in a data set via the gap statistic" (2001).
template <class Recipe, real T, executor E = sequential>
  requires recipe<Recipe, matrix_view<T>>
[[nodiscard]] std::vector<cluster_count_figures> try_cluster_counts(Recipe how, matrix_view<T> rows,
                                                                    std::span<index_t const> counts,
                                                                    cluster_count_settings const& settings = {},
                                                                    E&& ex = {}) {
  silent watch;
  std::vector<cluster_count_figures> out;
  for (index_t const clusters : counts) {
    how.clusters = clusters;
    auto const model = how.fit(rows, ex, watch).model;
    cluster_count_figures figures{clusters, detail::inertia_of(model, rows), 0, detail::bic_of(model), 0, 0};
    if (model.occupied() > 1 && model.occupied() < rows.rows())
      figures.silhouette = silhouette(rows, model.labels(), settings.silhouette_rows, settings.seed, ex);
    out.push_back(figures);
  }
  std::vector<double> squares(counts.size());
  for (index_t b = 0; b != settings.gap_references; ++b) {
    auto const noise = detail::noise_like(rows, mix(settings.seed, b));
    matrix_view<T> const view(unchecked, noise.data(), rows.rows(), rows.columns(), rows.columns());
    for (std::size_t k = 0; k != counts.size(); ++k) {
      how.clusters = counts[k];
      double const smallest = (std::numeric_limits<double>::min)();
      double const gap = std::log(detail::inertia_of(how.fit(view, ex, watch).model, view) + smallest) -
                         std::log(out[k].inertia + smallest);
      double const before = out[k].gap;  // running mean and squares (Welford)
      out[k].gap += (gap - before) / (b + 1);
      squares[k] += (gap - before) * (gap - out[k].gap);
    }
  }
  for (std::size_t k = 0; k != counts.size() && settings.gap_references != 0; ++k) {
    double const references = settings.gap_references;
    out[k].gap_error = std::sqrt(squares[k] / references * (1 + 1 / references));
  }
  return out;
}

// Where the curve of the inertia bends most: the number farthest below the straight line from the first to the last, both axes
// as wide as the curve (Satopaa et al., "Finding a kneedle in a haystack", 2011). The numbers have to ascend; the first of
// fewer than three.
[[nodiscard]] inline index_t elbow_of(std::span<cluster_count_figures const> tried) {
  if (tried.empty()) raise(error(error_kind::shape) << "no number of clusters was tried");
  auto const& first = tried.front();
  auto const& last = tried.back();
  double const width = static_cast<double>(last.clusters) - first.clusters;
  double const height = first.inertia - last.inertia;
  index_t best = first.clusters;
  double deepest = 0;
  for (auto const& t : tried) {
    if (!(width > 0) || !(height > 0)) break;
    double const depth =
        (1 - (t.clusters - static_cast<double>(first.clusters)) / width) - (t.inertia - last.inertia) / height;
    if (depth > deepest) {
      deepest = depth;
      best = t.clusters;
    }
  }
  return best;
}

// The number with the highest silhouette, with the lowest BIC; the first of equally good ones.
[[nodiscard]] inline index_t highest_silhouette_of(std::span<cluster_count_figures const> tried) {
  if (tried.empty()) raise(error(error_kind::shape) << "no number of clusters was tried");
  std::size_t best = 0;
  for (std::size_t k = 1; k < tried.size(); ++k)
    if (tried[k].silhouette > tried[best].silhouette) best = k;
  return tried[best].clusters;
}
[[nodiscard]] inline index_t lowest_bic_of(std::span<cluster_count_figures const> tried) {
  if (tried.empty()) raise(error(error_kind::shape) << "no number of clusters was tried");
  std::size_t best = 0;
  for (std::size_t k = 1; k < tried.size(); ++k)
    if (tried[k].bic < tried[best].bic) best = k;
  return tried[best].clusters;
}
// The first number whose gap is not below that of the next by more than its error: Tibshirani's rule. The last when none is.
[[nodiscard]] inline index_t gap_choice_of(std::span<cluster_count_figures const> tried) {
  if (tried.empty()) raise(error(error_kind::shape) << "no number of clusters was tried");
  for (std::size_t k = 0; k + 1 < tried.size(); ++k)
    if (tried[k].gap >= tried[k + 1].gap - tried[k + 1].gap_error) return tried[k].clusters;
  return tried.back().clusters;
}

KINDRED_END
