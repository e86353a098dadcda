// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/dendrogram.hpp>
#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/view/matrix_view.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// A chain of clusters, each the nearest neighbor of the one before, ends in two that are nearest to each other. They can be
// merged at once when merging brings nobody closer; then the chain goes on from what is left of it. Every search costs one
// look at all clusters, and there are at most three for every row.
//
// nearest(c, before) is {cluster, distance}, and of equally near ones `before`, else the lowest; merge(a, b) makes b of both.
template <class Nearest, class Merge>
[[nodiscard]] std::vector<cluster_merge> follow_chain(index_t rows, Nearest const& nearest, Merge const& merge) {
  std::vector<cluster_merge> merges;
  std::vector<std::pair<index_t, double>> chain;
  std::vector<char> gone(rows, 0);
  index_t start = 0;
  while (merges.size() + 1 < rows) {
    if (chain.empty()) {
      while (gone[start] != 0) ++start;
      chain.emplace_back(start, 0.0);
    }
    index_t const top = chain.back().first;
    index_t const before = chain.size() > 1 ? chain[chain.size() - 2].first : index_limit;
    auto const [next, gap] = nearest(top, before);
    if (next != before) {
      chain.emplace_back(next, gap);
      continue;
    }
    index_t const kept = top < before ? top : before;
    index_t const lost = top < before ? before : top;
    merges.push_back({kept, lost, gap, 2});
    merge(lost, kept);
    gone[lost] = 1;
    chain.pop_back();
    chain.pop_back();
  }
  return merges;
}

// A chain over a matrix of all distances, n x n and symmetric, which is overwritten. By what `linkage` says of merged clusters.
template <class Linkage>
[[nodiscard]] std::vector<cluster_merge> matrix_chain(double* all, std::size_t n, Linkage const& linkage) {
  std::vector<index_t> alive(n);
  std::vector<double> size(n, 1);
  for (std::size_t k = 0; k != n; ++k) {
    alive[k] = static_cast<index_t>(k);
    all[k * n + k] = (std::numeric_limits<double>::max)();
  }
  auto const nearest = [&](index_t c, index_t before) {
    double const* const row = all + c * n;
    index_t best = before != index_limit ? before : alive[alive[0] == c ? 1 : 0];
    double least = row[best];
    for (index_t const k : alive)
      if (row[k] < least) {
        least = row[k];
        best = k;
      }
    return std::pair(best, least);
  };
  auto const merge = [&](index_t lost, index_t kept) {
    std::size_t place = 0;
    for (std::size_t k = 0; k != alive.size(); ++k) {
      index_t const c = alive[k];
      if (c == lost) continue;
      alive[place++] = c;
      if (c == kept) continue;
      double const joint = linkage.join(all[kept * n + c], all[lost * n + c], size[kept], size[lost]);
      all[kept * n + c] = all[c * n + kept] = joint;
    }
    alive.resize(place);
    size[kept] += size[lost];
  };
  return follow_chain(static_cast<index_t>(n), nearest, merge);
}

// Ward's chain: clusters are their means and sizes, and two are sqrt(2 a b / (a + b)) times the distance of their means apart.
//
// Means stand in panels of `width` clusters, coordinate by coordinate, so that a search goes through registers; the last
// cluster takes the place of one that is gone, so that searches grow shorter.
template <real T>
class mean_chain {
public:
  static constexpr std::size_t width = 32;

  explicit mean_chain(matrix_view<T> rows)
      : rows_(rows.rows()),
        dims_(rows.columns()),
        alive_(rows.rows()),
        mean_(chunks() * width * dims_, 0.0),
        size_(chunks() * width, 1.0),
        who_(rows.rows()),
        place_(rows.rows()) {
    for (index_t i = 0; i != rows_; ++i) {
      who_[i] = place_[i] = i;
      for (std::size_t j = 0; j != dims_; ++j) *at(i, j) = static_cast<double>(rows.row(i)[j]);
    }
  }

  [[nodiscard]] std::vector<cluster_merge> run() {
    auto merges = follow_chain(
        rows_, [this](index_t c, index_t before) { return nearest(c, before); },
        [this](index_t lost, index_t kept) { merge(lost, kept); });
    for (cluster_merge& m : merges) m.height = std::sqrt(m.height);
    return merges;
  }

private:
  [[nodiscard]] std::size_t chunks() const noexcept { return (std::size_t{rows_} + width - 1) / width; }
  [[nodiscard]] double* at(std::size_t place, std::size_t j) noexcept {
    return mean_.data() + (place / width * dims_ + j) * width + place % width;
  }

  [[nodiscard]] std::pair<index_t, double> nearest(index_t c, index_t before) noexcept {
    std::size_t const own = place_[c];
    std::vector<double>& x = row_;
    x.resize(dims_);
    for (std::size_t j = 0; j != dims_; ++j) x[j] = *at(own, j);
    double const size = size_[own];
    std::pair<index_t, double> best{before, (std::numeric_limits<double>::max)()};
    if (before != index_limit) best.second = gap(place_[before], size);
    for (std::size_t first = 0; first < alive_; first += width) {
      std::array<double, width> sum{};
      double const* mean = mean_.data() + first * dims_;
      for (std::size_t j = 0; j != dims_; ++j, mean += width) {
        double const xj = x[j];
        for (std::size_t l = 0; l != width; ++l) {
          double const d = mean[l] - xj;
          sum[l] += d * d;
        }
      }
      double const* const sizes = size_.data() + first;
      for (std::size_t l = 0; l != width; ++l) sum[l] *= 2 * size * sizes[l] / (size + sizes[l]);
      std::size_t const count = alive_ - first < width ? alive_ - first : width;
      for (std::size_t l = 0; l != count; ++l) {
        if (sum[l] > best.second || first + l == own) continue;
        index_t const id = who_[first + l];
        if (sum[l] < best.second || (best.first != before && id < best.first)) best = {id, sum[l]};
      }
    }
    return best;
  }

  // As nearest() computes it, for one.
  [[nodiscard]] double gap(std::size_t place, double size) noexcept {
    double sum = 0;
    for (std::size_t j = 0; j != dims_; ++j) {
      double const d = *at(place, j) - row_[j];
      sum += d * d;
    }
    return sum * (2 * size * size_[place] / (size + size_[place]));
  }

  void merge(index_t lost, index_t kept) noexcept {
    std::size_t const from = place_[lost];
    std::size_t const to = place_[kept];
    double const both = size_[from] + size_[to];
    for (std::size_t j = 0; j != dims_; ++j) *at(to, j) = (size_[from] * *at(from, j) + size_[to] * *at(to, j)) / both;
    size_[to] = both;
    std::size_t const last = --alive_;
    if (last == from) return;
    for (std::size_t j = 0; j != dims_; ++j) *at(from, j) = *at(last, j);
    size_[from] = size_[last];
    who_[from] = who_[last];
    place_[who_[from]] = static_cast<index_t>(from);
  }

  index_t rows_;
  std::size_t dims_;
  std::size_t alive_;
  buffer<double> mean_;
  buffer<double> size_;
  std::vector<index_t> who_;    // by place
  std::vector<index_t> place_;  // by cluster
  std::vector<double> row_;
};

}  // namespace detail

KINDRED_END
