// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/clustering.hpp>
#include <kindred/cluster/covariance_shape.hpp>
#include <kindred/cluster/em_sums.hpp>
#include <kindred/cluster/normal_density.hpp>
#include <kindred/cluster/soft_clustering.hpp>
#include <kindred/cluster/weighted_rows.hpp>
#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/view/matrix_view.hpp>

#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// A mixture of normal distributions while it is fitted: look() is the expectation, move() the maximization.
template <real T>
class mixture_state {
public:
  // A cluster for each of k-means, as wide as the rows that it has, and `floor` times the variance of a column wider.
  template <executor E>
  mixture_state(weighted_rows<matrix_view<T>> const& data, covariance_shape shape, double floor,
                clustering<T> const& start, E& ex)
      : shape_(shape),
        rows_(data.rows),
        given_(data.weight),
        share_(start.size()),
        label_(start.labels().begin(), start.labels().end()) {
    std::vector<double> const width = measure(floor);
    std::vector<double> covariance;  // of a cluster that has no rows
    for (std::size_t i = 0; i != width.size(); ++i) {
      if (shape == covariance_shape::full) covariance.resize(covariance.size() + i, 0.0);
      covariance.push_back(width[i]);
    }
    for (index_t c = 0; c != start.size(); ++c)
      density_.emplace_back(shape, std::vector<double>(start.center(c).begin(), start.center(c).end()), covariance);
    static_cast<void>(look_as<false>(ex));
    move();
  }

  // What a fit of the same rows has come to.
  mixture_state(weighted_rows<matrix_view<T>> const& data, covariance_shape shape, double floor,
                soft_clustering<T> const& begun)
      : shape_(shape), rows_(data.rows), given_(data.weight), label_(begun.labels().begin(), begun.labels().end()) {
    static_cast<void>(measure(floor));
    for (index_t c = 0; c != begun.size(); ++c) {
      density_.push_back(begun.density(c));
      share_.push_back(begun.share(c));
    }
  }

  [[nodiscard]] double weight() const noexcept { return weight_; }

  // Says of every row how likely each cluster has made it, and adds up what move() takes; the log likelihood.
  template <executor E>
  [[nodiscard]] double look(E& ex) {
    return look_as<true>(ex);
  }

  // Each cluster becomes the mean and the covariance of its part of the rows; one without rows stays.
  void move() {
    em_sums const& sums = part_[0];
    std::size_t const d = rows_.columns();
    std::size_t const numbers = sums.product.size() / share_.size();
    for (std::size_t c = 0; c != share_.size(); ++c) {
      double const mass = sums.mass[c];
      share_[c] = mass / weight_;
      if (!(mass > 0)) continue;
      double const* const gap = sums.gap.data() + c * d;
      std::vector<double> mean(density_[c].mean().begin(), density_[c].mean().end());
      std::vector<double> covariance(numbers);
      double const* product = sums.product.data() + c * numbers;
      double* out = covariance.data();
      for (std::size_t i = 0; i != d; ++i) {
        for (std::size_t j = shape_ == covariance_shape::full ? 0 : i; j != i; ++j)
          *out++ = *product++ / mass - gap[i] / mass * (gap[j] / mass);
        double const variance = *product++ / mass - gap[i] / mass * (gap[i] / mass);
        *out++ = (variance > 0 ? variance : 0) + least_[i];
        mean[i] += gap[i] / mass;
      }
      density_[c] = normal_density(shape_, std::move(mean), std::move(covariance));
    }
  }

  // The mixture as it was at the last look().
  [[nodiscard]] soft_clustering<T> model(double log_likelihood) const {
    return {density_, share_, label_, log_likelihood, weight_};
  }

private:
  static constexpr std::size_t block = em_sums::block;

  [[nodiscard]] double weight_of(std::size_t i) const noexcept {
    return given_.empty() ? 1 : static_cast<double>(given_[i]);
  }
  [[nodiscard]] double at(std::size_t i, std::size_t j) const noexcept {
    return static_cast<double>(rows_.data()[i * rows_.stride() + j]);
  }

  // The sum of the weights, and what is added to variances; the variance of each column, 1 where it is zero.
  [[nodiscard]] std::vector<double> measure(double floor) {
    std::size_t const d = rows_.columns();
    for (std::size_t i = 0; i != label_.size(); ++i) weight_ += weight_of(i);
    std::vector<double> mean(d);
    for (std::size_t i = 0; i != label_.size(); ++i)
      for (std::size_t j = 0; j != d; ++j) mean[j] += weight_of(i) / weight_ * at(i, j);
    std::vector<double> variance(d);
    for (std::size_t i = 0; i != label_.size(); ++i)
      for (std::size_t j = 0; j != d; ++j)
        variance[j] += weight_of(i) / weight_ * (at(i, j) - mean[j]) * (at(i, j) - mean[j]);
    for (double& v : variance) {
      v = v > 1e-300 ? v : 1;
      least_.push_back(floor * v);
    }
    return variance;
  }

  // By the densities, or, when they say nothing yet, by the labels.
  template <bool Soft, executor E>
  [[nodiscard]] double look_as(E& ex) {
    std::size_t const n = rows_.rows();
    std::size_t const d = rows_.columns();
    std::size_t const blocks = chunk_count(n, block);
    std::size_t parts = n / em_sums::worth_a_part;
    parts = parts < 1 ? 1 : parts > em_sums::most_parts ? em_sums::most_parts : parts;
    log_share_.resize(share_.size());
    for (std::size_t c = 0; c != share_.size(); ++c)
      log_share_[c] = share_[c] > 0 ? std::log(share_[c]) : 4 * normal_density::least;
    part_.resize(parts);
    ex.bulk(parts, [&](std::size_t p) {
      part_[p].clear(shape_, share_.size(), d);
      buffer<double> x(block * d);
      buffer<double> room(block * (d + 1));
      buffer<double> responsible(block * share_.size());
      for (std::size_t b = blocks * p / parts; b != blocks * (p + 1) / parts; ++b) {
        chunk const of = chunk_at(n, block, b);
        double weight[block] = {};
        load(of, x.data(), weight);
        if constexpr (Soft) measure_block(x.data(), room.data(), responsible.data());
        for (std::size_t i = of.first; i != of.last; ++i) {
          double* const own = responsible.data() + (i - of.first);
          if constexpr (Soft) part_[p].log_likelihood += weight[i - of.first] * settle(own, label_[i]);
          else
            for (std::size_t c = 0; c != share_.size(); ++c) own[c * block] = c == label_[i] ? 1 : 0;
        }
        for (std::size_t c = 0; c != share_.size(); ++c)
          part_[p].add_block(c, density_[c].mean(), x.data(), responsible.data() + c * block, weight, room.data());
      }
    });
    for (std::size_t p = 1; p < parts; ++p) part_[0].add(part_[p]);
    return part_[0].log_likelihood;
  }

  // A block by columns, so that one instruction does for several rows. Rows that are missing repeat the first, without weight.
  void load(chunk of, double* x, double* weight) const noexcept {
    for (std::size_t l = 0; l != block; ++l) {
      std::size_t const i = of.first + l < of.last ? of.first + l : of.first;
      for (std::size_t j = 0; j != rows_.columns(); ++j) x[j * block + l] = at(i, j);
      if (of.first + l < of.last) weight[l] = weight_of(i);
    }
  }

  void measure_block(double const* x, double* room, double* score) const noexcept {
    for (std::size_t c = 0; c != share_.size(); ++c) {
      auto const mean = density_[c].mean();
      for (std::size_t j = 0; j != mean.size(); ++j)
        for (std::size_t l = 0; l != block; ++l) room[j * block + l] = x[j * block + l] - mean[j];
      for (std::size_t l = 0; l != block; l += normal_density::lanes)
        density_[c].log_densities(room + l, block, score + c * block + l);
    }
  }

  // Log densities of a row become responsibilities; the logarithm of their sum, and the likeliest cluster.
  double settle(double* score, index_t& likeliest) const noexcept {
    likeliest = 0;
    for (std::size_t c = 0; c != share_.size(); ++c) {
      score[c * block] += log_share_[c];
      if (score[c * block] > score[likeliest * block]) likeliest = static_cast<index_t>(c);
    }
    double const highest = score[likeliest * block];
    double sum = 0;
    for (std::size_t c = 0; c != share_.size(); ++c) sum += score[c * block] = std::exp(score[c * block] - highest);
    for (std::size_t c = 0; c != share_.size(); ++c) score[c * block] /= sum;
    return highest + std::log(sum);
  }

  covariance_shape shape_;
  matrix_view<T> rows_;
  std::span<T const> given_;
  double weight_ = 0;
  std::vector<double> least_;  // by column: what is added to a variance
  std::vector<normal_density> density_;
  std::vector<double> share_;
  std::vector<double> log_share_;
  std::vector<index_t> label_;
  std::vector<em_sums> part_;
};

}  // namespace detail

KINDRED_END
