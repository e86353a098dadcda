// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../../support/ratings.hpp"

#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/score/scorer.hpp>

#include <algorithm>
#include <vector>

// The prediction of k-NN, read off the formula: weigh everybody, sort, let the first `neighbors` who have a rating vote.
// Similarities are those of the library, as numbers of its type, so that ties fall alike.
template <kindred::real T>
struct voter {
  kindred::neighbor<T> who;
  double residual;
};

template <kindred::real T, class S>
T weight_of(kindred::csr_view<T> rows, S const& how, kindred::index_t a, kindred::index_t b, std::size_t min_shared) {
  auto const x = rows.row(a).index;
  auto const y = rows.row(b).index;
  auto const shared = std::count_if(x.begin(), x.end(),
                                    [&](kindred::index_t c) { return std::find(y.begin(), y.end(), c) != y.end(); });
  return static_cast<std::size_t>(shared) < min_shared ? T{0} : how(rows.row(a), rows.row(b));
}

template <kindred::real T>
double mean_vote(std::vector<voter<T>> voters, std::size_t neighbors, double damping) {
  std::sort(voters.begin(), voters.end(),
            [](voter<T> const& a, voter<T> const& b) { return kindred::is_closer(a.who, b.who); });
  double sum = 0;
  double weight = 0;
  for (std::size_t k = 0; k != (std::min)(neighbors, voters.size()); ++k) {
    sum += static_cast<double>(voters[k].who.value) * voters[k].residual;
    weight += static_cast<double>(voters[k].who.value);
  }
  return weight > 0 ? sum / (damping + weight) : 0;
}

// `knn` is a user_knn or item_knn recipe, `base` its trained base.
template <kindred::real T, class Knn, class Base>
double user_vote(kindred::ratings<T> const& data, Knn const& knn, Base const& base, kindred::index_t u,
                 kindred::index_t j) {
  auto const table = support::dense_of(data);
  std::vector<voter<T>> voters;
  for (kindred::index_t v = 0; v != data.user_count(); ++v) {
    if (v == u || !table[v][j]) continue;
    T const w = weight_of(data.by_user(), knn.similarity, u, v, knn.min_shared);
    double const expected = static_cast<double>(kindred::score_of(base, kindred::user_id{v}, kindred::item_id{j}));
    if (w > 0) voters.push_back({{v, w}, *table[v][j] - expected});
  }
  double const start = static_cast<double>(kindred::score_of(base, kindred::user_id{u}, kindred::item_id{j}));
  return start + mean_vote(voters, knn.neighbors, knn.damping);
}

template <kindred::real T, class Knn, class Base>
double item_vote(kindred::ratings<T> const& data, Knn const& knn, Base const& base, kindred::index_t u,
                 kindred::index_t j) {
  auto const table = support::dense_of(data);
  std::vector<voter<T>> voters;
  for (kindred::index_t i = 0; i != data.item_count(); ++i) {
    if (i == j || !table[u][i]) continue;
    T const w = weight_of(data.by_item(), knn.similarity, j, i, knn.min_shared);
    double const expected = static_cast<double>(kindred::score_of(base, kindred::user_id{u}, kindred::item_id{i}));
    if (w > 0) voters.push_back({{i, w}, *table[u][i] - expected});
  }
  double const start = static_cast<double>(kindred::score_of(base, kindred::user_id{u}, kindred::item_id{j}));
  return start + mean_vote(voters, knn.neighbors, knn.damping);
}
