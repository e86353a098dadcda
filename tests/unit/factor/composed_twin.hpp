// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../../support/ratings.hpp"

#include <kindred/baseline/bias_als.hpp>
#include <kindred/data/mean_of.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/random.hpp>
#include <kindred/solve/shared_parts.hpp>
#include <kindred/solve/user_batches.hpp>

#include <cstddef>
#include <map>
#include <span>
#include <utility>
#include <vector>

namespace support {

// What composed_users trains, number by number in long double, for squared loss and l2, scaled by frequency or not.
struct composed_twin {
  using row = std::vector<long double>;
  using rows = std::vector<row>;

  long double mean = 0;
  row user_bias, item_bias;
  rows p, q, z;
  kindred::detail::shared_parts<double> parts;
  long double loss = 0, weight = 0;  // of the last epoch

  template <class Recipe>
  composed_twin(kindred::ratings<double> const& data, kindred::detail::shared_parts<double> const& of,
                Recipe const& how, bool own)
      : mean(kindred::mean_of(data)),
        user_bias(data.user_count()),
        item_bias(data.item_count()),
        p(start(how, data.user_count(), 5, own)),
        q(start(how, data.item_count(), 6, true)),
        z(of.rows, row(how.factors)),
        parts(of) {
    kindred::user_batches<double> const batches(data, how.seed);
    for (std::uint32_t epoch = 0; epoch != how.epochs; ++epoch) {
      loss = weight = 0;
      for (std::size_t b = 0; b != batches.count(); ++b) learn(data, batches, b, how, how.rate(epoch), own);
    }
  }

  [[nodiscard]] row whole(kindred::index_t u) const {
    row x = p[u];
    parts.each(u, [&](kindred::index_t which, double share) {
      for (std::size_t f = 0; f != x.size(); ++f) x[f] += share * z[which][f];
    });
    return x;
  }
  [[nodiscard]] long double predict(kindred::index_t u, kindred::index_t i) const {
    long double sum = mean + user_bias[u] + item_bias[i];
    row const x = whole(u);
    for (std::size_t f = 0; f != x.size(); ++f) sum += x[f] * q[i][f];
    return sum;
  }

private:
  template <class Recipe>
  static rows start(Recipe const& how, kindred::index_t count, std::uint64_t stream, bool drawn) {
    rows all(count, row(how.factors));
    for (kindred::index_t k = 0; k != count && drawn; ++k) {
      std::vector<double> numbers(how.factors);
      how.start(std::span<double>(numbers), kindred::mix(how.seed, stream), k);
      all[k].assign(numbers.begin(), numbers.end());
    }
    return all;
  }

  template <class Recipe>
  void learn(kindred::ratings<double> const& data, kindred::user_batches<double> const& batches, std::size_t b,
             Recipe const& how, long double rate, bool own) {
    auto const of_user = [&](kindred::index_t u) { return data.of(user_id{u}).size(); };
    auto const of_item = [&](kindred::index_t i) { return data.of(item_id{i}).size(); };
    auto const kept = [&](auto const& by, std::size_t count) -> long double {
      if constexpr (requires { by.scale(count); }) return 1 / (1 + rate * by.strength * by.scale(count));
      else return 1 / (1 + rate * by.strength);
    };
    long double const keep = 1 / (1 + rate * how.vector.strength);  // what is shared pays the strength as it is
    std::size_t const factors = how.factors;
    rows x, g;
    std::map<std::pair<std::size_t, std::size_t>, long double> pull;
    auto const users = batches.users(b);
    for (std::size_t k = 0; k != users.size(); ++k) {
      kindred::index_t const u = users[k];
      x.push_back(whole(u));
      g.push_back(row(factors));
      auto const rated = batches.rated_by(u);
      std::vector<kindred::index_t> room(rated.size());
      for (kindred::index_t const r : batches.order(b, k, room)) {
        auto const e = rated[r];
        long double predicted = mean + user_bias[u] + item_bias[e.item];
        for (std::size_t f = 0; f != factors; ++f) predicted += x[k][f] * q[e.item][f];
        long double const wrong = predicted - e.value;
        long double const step = rate * e.weight * wrong;
        loss += e.weight * wrong * wrong / 2;
        weight += e.weight;
        pull[{k, r}] = step;
        user_bias[u] = (user_bias[u] - step) * kept(how.bias, of_user(u));
        for (std::size_t f = 0; f != factors; ++f) {
          g[k][f] += step * q[e.item][f];
          if (!own) continue;
          x[k][f] -= p[u][f];
          p[u][f] = (p[u][f] - step * q[e.item][f]) * kept(how.vector, of_user(u));
          x[k][f] += p[u][f];
        }
      }
    }
    for (std::size_t k = 0; k != users.size(); ++k) {
      auto const rated = batches.rated_by(users[k]);
      for (std::size_t r = 0; r != rated.size(); ++r) {
        kindred::index_t const i = rated[r].item;
        long double const step = pull[{k, r}];
        item_bias[i] = (item_bias[i] - step) * kept(how.bias, of_item(i));
        for (std::size_t f = 0; f != factors; ++f) q[i][f] = (q[i][f] - step * x[k][f]) * kept(how.vector, of_item(i));
      }
      parts.each(users[k], [&](kindred::index_t which, double share) {
        for (std::size_t f = 0; f != factors; ++f) z[which][f] = (z[which][f] - share * g[k][f]) * keep;
      });
    }
  }
};

// The parts of asymmetric_svd: y(j), and x(j) in proportion to the residual.
inline kindred::detail::shared_parts<double> parts_of_residuals(kindred::ratings<double> const& data) {
  auto const baseline = kindred::fit(kindred::bias_als{}, data).model;
  kindred::detail::shared_parts<double> parts;
  parts.rows = 2 * data.item_count();
  for (kindred::index_t u = 0; u != data.user_count(); ++u) {
    auto const row = data.of(user_id{u});
    double const share = kindred::detail::share_in<double>(row.size());
    for (std::size_t k = 0; k != row.size(); ++k) {
      parts.add(row.index[k], share);
      parts.add(data.item_count() + row.index[k],
                share * (row.value[k] - kindred::score_of(baseline, user_id{u}, item_id{row.index[k]})));
    }
    parts.end_user();
  }
  return parts;
}

}  // namespace support
