// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/data/examples.hpp>

#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace support {

// The objective of generalized_linear, in long double, row by row, and minimized by gradient descent along coordinates: the
// slow twin of every solver. Parameters are the weights, then the intercept.
template <class T, class Loss>
struct slow_linear {
  kindred::examples<kindred::csr_view<T>> data;
  Loss loss;
  double l2 = 1;
  double l1 = 0;
  bool intercept = true;

  std::size_t size() const { return data.columns() + (intercept ? 1u : 0u); }

  long double margin(kindred::index_t r, std::vector<long double> const& w) const {
    long double sum = intercept ? w[data.columns()] : 0;
    auto const row = data.row(r);
    for (std::size_t k = 0; k != row.size(); ++k) sum += static_cast<long double>(row.value[k]) * w[row.index[k]];
    return sum + static_cast<long double>(data.offset(r));
  }

  long double value(std::vector<long double> const& w) const {
    long double sum = 0;
    for (kindred::index_t r = 0; r != data.size(); ++r)
      sum +=
          static_cast<long double>(data.weight(r)) *
          static_cast<long double>(loss.value(static_cast<double>(margin(r, w)), static_cast<double>(data.label(r))));
    for (kindred::index_t j = 0; j != data.columns(); ++j)
      sum += static_cast<long double>(l2) / 2 * w[j] * w[j] + static_cast<long double>(l1) * std::fabs(w[j]);
    return sum;
  }

  // Coordinate descent: each weight in turn goes to the zero of its (sub)gradient by damped Newton steps.
  long double minimum(int sweeps) const {
    std::vector<long double> w(size(), 0);
    std::vector<long double> m(data.size());
    for (kindred::index_t r = 0; r != data.size(); ++r) m[r] = margin(r, w);
    std::vector<std::vector<std::pair<kindred::index_t, long double>>> column(size());
    for (kindred::index_t r = 0; r != data.size(); ++r) {
      auto const row = data.row(r);
      for (std::size_t k = 0; k != row.size(); ++k)
        column[row.index[k]].push_back({r, static_cast<long double>(row.value[k])});
      if (intercept) column[data.columns()].push_back({r, 1});
    }
    long double moved = 1;
    for (int sweep = 0; sweep != sweeps && moved > 1e-11L; ++sweep) {
      moved = 0;
      for (std::size_t j = 0; j != size(); ++j) {
        bool const priced = j != data.columns();
        long double g = priced ? static_cast<long double>(l2) * w[j] : 0;
        long double h = priced ? static_cast<long double>(l2) : 0;
        for (auto const& [r, x] : column[j]) {
          double const p = static_cast<double>(m[r]);
          double const y = static_cast<double>(data.label(r));
          auto const c = static_cast<long double>(data.weight(r));
          g += c * x * static_cast<long double>(loss.slope(p, y));
          h += c * x * x * static_cast<long double>(loss.curvature(p, y));
        }
        if (h <= 0) continue;
        long double const price = priced ? static_cast<long double>(l1) : 0;
        long double const wish = w[j] - g / h;
        long double const cut = price / h;
        long double const next = wish > cut ? wish - cut : wish < -cut ? wish + cut : 0;
        long double const change = next - w[j];
        w[j] = next;
        if (std::fabs(change) > moved) moved = std::fabs(change);
        if (change != 0)
          for (auto const& [r, x] : column[j]) m[r] += change * x;
      }
    }
    return value(w);
  }
};

}  // namespace support
