// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/closest_so_far.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/random.hpp>
#include <kindred/view/matrix_view.hpp>

#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// Where k-means begins. choose(rows, count, seed, ex) gives the numbers of `count` rows, the first centers: a function of the
// seed and of the rows, of no thread. `rows` has size(), dims(), weight(row), squared_length(row), copy_row(row, out).
//
// Fewer than `count` numbers are an answer as well, when there are not that many different rows.
template <class I, class Rows>
concept initial_centers =
    std::copyable<I> && requires(I const& i, Rows const& rows, index_t count, std::uint64_t seed, sequential& ex) {
      { i.choose(rows, count, seed, ex) } -> std::same_as<std::vector<index_t>>;
    };

// Rows drawn without a look at them, each once (Forgy, 1965).
struct random_rows {
  template <class Rows, executor E>
  [[nodiscard]] std::vector<index_t> choose(Rows const& rows, index_t count, std::uint64_t seed, E&) const {
    std::vector<index_t> all;
    for (index_t i = 0; i != rows.size(); ++i)
      if (rows.weight(i) > 0) all.push_back(i);
    random_stream random(seed, 0);
    for (std::size_t k = 0; k != all.size() && k != count; ++k)
      std::swap(all[k], all[k + below(random, static_cast<std::uint32_t>(all.size() - k))]);
    if (all.size() > count) all.resize(count);
    return all;
  }
};

namespace detail {

// The first center of k-means++: a row drawn by its weight.
template <class Rows, random_source R>
[[nodiscard]] index_t draw_by_weight(Rows const& rows, R& random) {
  double left = unit(random) * rows.totals().weight;
  index_t last = 0;
  for (index_t i = 0; i != rows.size(); ++i) {
    if (!(rows.weight(i) > 0)) continue;
    last = i;
    if (left < rows.weight(i)) break;
    left -= rows.weight(i);
  }
  return last;
}

}  // namespace detail

// k-means++ that looks before it leaps: each center is the best of a few candidates, drawn in proportion to the squared
// distance from the centers so far. Arthur and Vassilvitskii, "k-means++: the advantages of careful seeding" (2007), section
// 5. candidates 0 takes 2 + log(clusters) of them; 1 is plain k-means++; 16 are the most. One pass over the rows a center.
struct greedy_kmeans_plus_plus {
  index_t candidates = 0;

  template <class Rows, executor E>
  [[nodiscard]] std::vector<index_t> choose(Rows const& rows, index_t count, std::uint64_t seed, E& ex) const {
    random_stream random(seed, 0);
    detail::closest_so_far<Rows> reach(rows);
    std::size_t const tries =
        candidates != 0 ? candidates : 2 + static_cast<std::size_t>(std::log(static_cast<double>(count)));
    std::vector<index_t> chosen{detail::draw_by_weight(rows, random)};
    std::vector<index_t> drawn;
    reach.choose(chosen[0], ex);
    while (chosen.size() != count && reach.measure(ex) > 0) {
      drawn.clear();
      for (std::size_t k = 0; k != tries && k != reach.most_candidates; ++k)
        if (index_t const row = reach.draw(random); row != index_limit) drawn.push_back(row);
      if (drawn.empty()) break;
      std::size_t best = 0;
      if (drawn.size() > 1) {
        auto const left = reach.with(drawn, ex);
        for (std::size_t k = 1; k != drawn.size(); ++k)
          if (left[k] < left[best]) best = k;
        reach.choose_of(best);
      } else {
        reach.choose(drawn[0], ex);
      }
      chosen.push_back(drawn[best]);
    }
    return chosen;
  }
  void check() const {
    if (candidates > 16)
      raise(error(error_kind::setting) << "greedy_kmeans_plus_plus: candidates = " << candidates
                                       << "; at most 16 are compared");
  }
};

// Each center is drawn in proportion to the squared distance from the centers so far (Arthur and Vassilvitskii, 2007):
// expected to be within 8 (2 + log(clusters)) of the best. One pass over the rows a center.
struct kmeans_plus_plus {
  template <class Rows, executor E>
  [[nodiscard]] std::vector<index_t> choose(Rows const& rows, index_t count, std::uint64_t seed, E& ex) const {
    return greedy_kmeans_plus_plus{1}.choose(rows, count, seed, ex);
  }
};

// k-means||: draws many rows a round, and lets k-means++ choose among what a few rounds have drawn, each weighing as many
// rows as are closest to it. Bahmani, Moseley, Vattani, Kumar and Vassilvitskii, "Scalable k-means++" (2012). As many passes
// over the rows as rows are drawn; of use where rows, not passes, are what is expensive.
struct kmeans_parallel {
  std::uint32_t rounds = 5;
  double oversampling = 2;  // expected rows drawn in a round, for each cluster

  template <class Rows, executor E>
  [[nodiscard]] std::vector<index_t> choose(Rows const& rows, index_t count, std::uint64_t seed, E& ex) const {
    using T = typename Rows::value_type;
    random_stream random(seed, 0);
    detail::closest_so_far<Rows> reach(rows);
    std::vector<index_t> drawn{detail::draw_by_weight(rows, random)};
    reach.choose(drawn[0], ex);
    for (std::uint32_t round = 0; round != rounds; ++round) {
      double const sum = reach.measure(ex);
      if (!(sum > 0)) break;
      std::size_t const before = drawn.size();
      for (index_t i = 0; i != rows.size(); ++i) {
        double const chance = oversampling * count * rows.weight(i) * static_cast<double>(reach.squared(i)) / sum;
        if (to_unit(mix(mix(seed, round), i)) < chance) drawn.push_back(i);
      }
      for (std::size_t k = before; k != drawn.size(); ++k) reach.choose(drawn[k], ex);
    }
    if (drawn.size() <= count) return greedy_kmeans_plus_plus{}.choose(rows, count, seed, ex);

    detail::center_set<T> centers(static_cast<index_t>(drawn.size()), rows.dims());
    for (index_t c = 0; c != centers.size(); ++c) {
      rows.copy_row(drawn[c], centers.row(c));
      centers.settle(c, 0);
    }
    centers.settle_all();
    detail::assigner<Rows> closest(rows, centers.size(), update_rule::lloyd);
    closest.assign(centers, ex);
    std::vector<T> weight;
    for (index_t c = 0; c != centers.size(); ++c) weight.push_back(static_cast<T>(closest.mass(c)));
    Rows const few = rows.select(drawn, weight, ex);
    std::vector<index_t> chosen = greedy_kmeans_plus_plus{}.choose(few, count, mix(seed, 1), ex);
    for (index_t& c : chosen) c = drawn[c];
    return chosen;
  }
  void check() const {
    if (!is_finite(oversampling) || oversampling <= 0 || oversampling > 100)
      raise(error(error_kind::setting) << "kmeans_parallel: oversampling = " << oversampling
                                       << "; it has to be more than 0 and at most 100");
    if (rounds == 0 || rounds > 100)
      raise(error(error_kind::setting) << "kmeans_parallel: rounds = " << rounds << "; there are 1 to 100");
  }
};

// Centers that you have: last month's, say, so that segments keep their numbers. A row for each cluster.
template <real T>
struct given_centers {
  matrix_view<T> centers = {};
};

KINDRED_END
