// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../../support/ratings.hpp"

#include <kindred/baseline/spread.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/neighbor/weighted_mean.hpp>
#include <kindred/neighbor/weighted_median.hpp>
#include <kindred/neighbor/weighted_sum.hpp>
#include <kindred/score/scorer.hpp>

#include <algorithm>
#include <utility>
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
double vote(kindred::weighted_mean const& how, std::vector<voter<T>> const& voters) {
  double sum = 0;
  double weight = 0;
  for (auto const& v : voters) {
    sum += static_cast<double>(v.who.value) * v.residual;
    weight += static_cast<double>(v.who.value);
  }
  return weight > 0 ? sum / (how.damping + weight) : 0;
}

template <kindred::real T>
double vote(kindred::weighted_sum const& how, std::vector<voter<T>> const& voters) {
  double sum = 0;
  for (auto const& v : voters) sum += static_cast<double>(v.who.value) * v.residual;
  return how.scale * sum;
}

// The least value such that half of all weight says no more, by trying them all.
template <kindred::real T>
double vote(kindred::weighted_median const&, std::vector<voter<T>> const& voters) {
  double all = 0;
  double best = 0;
  bool found = false;
  for (auto const& v : voters) all += static_cast<double>(v.who.value);
  for (auto const& candidate : voters) {
    double below = 0;
    for (auto const& v : voters)
      if (v.residual <= candidate.residual) below += static_cast<double>(v.who.value);
    if (2 * below >= all && (!found || candidate.residual < best)) {
      best = candidate.residual;
      found = true;
    }
  }
  return best;
}

template <class Aggregate, kindred::real T>
double vote_of_nearest(Aggregate const& how, std::vector<voter<T>> voters, std::size_t neighbors) {
  std::sort(voters.begin(), voters.end(),
            [](voter<T> const& a, voter<T> const& b) { return kindred::is_closer(a.who, b.who); });
  if (voters.size() > neighbors) voters.erase(voters.begin() + static_cast<std::ptrdiff_t>(neighbors), voters.end());
  return voters.empty() ? 0 : vote(how, voters);
}

// What a rating leaves of what the base says.
template <class Base>
double deviation(Base const& base, double rating, kindred::index_t u, kindred::index_t i) {
  auto const expected = kindred::score_of(base, kindred::user_id{u}, kindred::item_id{i});
  auto const spread = kindred::spread_of(base, kindred::user_id{u}, kindred::item_id{i});
  return static_cast<double>((static_cast<decltype(expected)>(rating) - expected) / spread);
}

// The ratings that a recipe compares: as they are, or less what the base says of them.
template <kindred::real T, class Knn, class Base>
kindred::ratings<T> compared(kindred::ratings<T> const& data, Knn const&, Base const& base) {
  if constexpr (requires { requires decltype(Knn::similarity)::compares_residuals; }) {
    std::vector<support::seen> list;
    for (kindred::index_t u = 0; u != data.user_count(); ++u) {
      auto const row = data.of(kindred::user_id{u});
      for (std::size_t k = 0; k != row.size(); ++k)
        list.push_back({u, row.index[k], deviation(base, static_cast<double>(row.value[k]), u, row.index[k])});
    }
    return support::ratings_of<T>(list, {data.user_count(), data.item_count()});
  } else {
    return data;
  }
}

template <class Base>
double prediction(Base const& base, kindred::index_t u, kindred::index_t j, double vote) {
  auto const user = kindred::user_id{u};
  auto const item = kindred::item_id{j};
  return static_cast<double>(kindred::score_of(base, user, item)) +
         static_cast<double>(kindred::spread_of(base, user, item)) * vote;
}

// `knn` is a user_knn or item_knn recipe, `base` its trained base.
template <kindred::real T, class Knn, class Base>
double user_vote(kindred::ratings<T> const& data, Knn const& knn, Base const& base, kindred::index_t u,
                 kindred::index_t j) {
  auto const table = support::dense_of(data);
  auto const rows = compared(data, knn, base);
  std::vector<voter<T>> voters;
  for (kindred::index_t v = 0; v != data.user_count(); ++v) {
    if (v == u || !table[v][j]) continue;
    T const w = weight_of(rows.by_user(), knn.similarity, u, v, knn.min_shared);
    if (w > 0) voters.push_back({{v, w}, deviation(base, *table[v][j], v, j)});
  }
  return prediction(base, u, j, vote_of_nearest(knn.aggregate, std::move(voters), knn.neighbors));
}

template <kindred::real T, class Knn, class Base>
double item_vote(kindred::ratings<T> const& data, Knn const& knn, Base const& base, kindred::index_t u,
                 kindred::index_t j) {
  auto const table = support::dense_of(data);
  auto const rows = compared(data, knn, base);
  std::vector<voter<T>> voters;
  for (kindred::index_t i = 0; i != data.item_count(); ++i) {
    if (i == j || !table[u][i]) continue;
    T const w = weight_of(rows.by_item(), knn.similarity, j, i, knn.min_shared);
    if (w > 0) voters.push_back({{i, w}, deviation(base, *table[u][i], u, i)});
  }
  return prediction(base, u, j, vote_of_nearest(knn.aggregate, std::move(voters), knn.neighbors));
}
