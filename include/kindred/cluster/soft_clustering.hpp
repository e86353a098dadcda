// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/normal_density.hpp>
#include <kindred/core/config.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/row.hpp>

#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Rows in segments that overlap: each cluster is a normal distribution with a share of all rows, and a row belongs to each with
// a probability.
//
//   auto const segments = kindred::fit(kindred::gaussian_mixture{.clusters = 4, .seed = 7}, rows).model;
//   segments.assign(newcomer);                        // the likeliest segment
//   segments.responsibilities(newcomer, probability); // and how likely each is
//
// What a clustering answers, this answers as well: labels() and counts() of the training, assign(). Of equally likely clusters
// the lowest is taken. New rows must have dims() columns and finite numbers. A question costs O(clusters x columns), with full
// covariances O(clusters x columns^2), and no allocation.
template <real T>
class soft_clustering {
public:
  using value_type = T;

  soft_clustering() = default;
  // A density and a share for each cluster, the shares adding up to one; a label below their number for each row.
  soft_clustering(std::vector<normal_density> density, std::vector<double> share, std::vector<index_t> labels,
                  double log_likelihood, double weight)
      : density_(std::move(density)),
        label_(std::move(labels)),
        count_(share.size()),
        share_(std::move(share)),
        log_likelihood_(log_likelihood),
        weight_(weight) {
    if (density_.size() != share_.size())
      raise(error(error_kind::shape) << density_.size() << " densities with " << share_.size() << " shares");
    for (double const s : share_) log_share_.push_back(s > 0 ? std::log(s) : never);
    for (index_t const c : label_) {
      if (c >= count_.size())
        raise(error(error_kind::shape) << "there is a label " << c << " among " << count_.size() << " clusters");
      ++count_[c];
    }
  }

  static constexpr stored_format format{"soft_clustering", 1};
  static void fields(auto& self, auto& visit) {
    visit("densities", self.density_);
    visit("labels", self.label_);
    visit("shares", self.share_);
    visit("log_likelihood", self.log_likelihood_);
    visit("weight", self.weight_);
  }
  void restore() {
    for (auto const& one : density_) check_stored(one.dims() == dims(), "soft_clustering: as many columns everywhere");
    check_stored_numbers(share_, "soft_clustering");
    *this = soft_clustering(std::move(density_), std::move(share_), std::move(label_), log_likelihood_, weight_);
  }

  [[nodiscard]] index_t size() const noexcept { return static_cast<index_t>(density_.size()); }
  [[nodiscard]] index_t dims() const noexcept {
    return density_.empty() ? 0 : static_cast<index_t>(density_[0].dims());
  }
  [[nodiscard]] normal_density const& density(index_t c) const noexcept { return density_[c]; }
  [[nodiscard]] std::span<double const> center(index_t c) const noexcept { return density_[c].mean(); }
  // Of all rows, how much is this cluster's: the shares add up to one.
  [[nodiscard]] double share(index_t c) const noexcept { return share_[c]; }

  // Of the rows of the training: the likeliest cluster of each, and how many each cluster has.
  [[nodiscard]] std::span<index_t const> labels() const noexcept { return label_; }
  [[nodiscard]] std::span<index_t const> counts() const noexcept { return count_; }
  [[nodiscard]] index_t occupied() const noexcept {
    index_t some = 0;
    for (index_t const n : count_) some += n != 0 ? 1u : 0u;
    return some;
  }

  // How likely the rows of the training are: the sum of weight x log(density of the row).
  [[nodiscard]] double log_likelihood() const noexcept { return log_likelihood_; }
  // How many numbers the training chose: means, covariances and, but for one, shares.
  [[nodiscard]] double parameters() const noexcept {
    double const d = dims();
    bool const full = !density_.empty() && density_[0].shape() == covariance_shape::full;
    return size() * (d + (full ? d * (d + 1) / 2 : d) + 1) - 1;
  }
  // The likelihood, less what the parameters cost; less is better. Schwarz, "Estimating the dimension of a model" (1978).
  [[nodiscard]] double bic() const noexcept { return -2 * log_likelihood_ + parameters() * std::log(weight_); }
  // The same by Akaike (1974): milder on parameters.
  [[nodiscard]] double aic() const noexcept { return -2 * log_likelihood_ + 2 * parameters(); }

  // The probability of each cluster, in order, adding up to one; out.size() == size().
  void responsibilities(dense_row<T> row, std::span<double> out) const noexcept {
    KINDRED_ASSERT(out.size() == size());
    double highest = never;
    for (index_t c = 0; c != size(); ++c) {
      out[c] = weighed(row, c);
      highest = larger(highest, out[c]);
    }
    double sum = 0;
    for (double& x : out) sum += x = std::exp(x - highest);
    for (double& x : out) x /= sum;
  }
  // The logarithm of the density of the whole mixture at the row: low for rows like none of the training.
  [[nodiscard]] double log_density(dense_row<T> row) const noexcept {
    double highest = never;
    for (index_t c = 0; c != size(); ++c) highest = larger(highest, weighed(row, c));
    double sum = 0;
    for (index_t c = 0; c != size(); ++c) sum += std::exp(weighed(row, c) - highest);
    return highest + std::log(sum);
  }
  [[nodiscard]] index_t assign(dense_row<T> row) const noexcept {
    index_t best = 0;
    double highest = never;
    for (index_t c = 0; c != size(); ++c)
      if (double const own = weighed(row, c); own > highest) {
        highest = own;
        best = c;
      }
    return best;
  }
  // The cluster of each row of a table, on the executor. Throws error{shape} when the columns or the places do not fit.
  template <executor E = sequential>
  void assign(matrix_view<T> rows, std::span<index_t> out, E&& ex = {}) const {
    if (rows.columns() != dims())
      raise(error(error_kind::shape) << "rows of " << rows.columns() << " columns for clusters of " << dims());
    if (out.size() != rows.rows())
      raise(error(error_kind::shape) << "room for " << out.size() << " labels of " << rows.rows() << " rows");
    if (size() == 0) raise(error(error_kind::shape) << "there are no clusters to assign rows to");
    for_chunks(ex, rows.rows(), 256, [&](std::size_t first, std::size_t last) {
      for (std::size_t i = first; i != last; ++i) out[i] = assign(rows.row(static_cast<index_t>(i)));
    });
  }

  friend bool operator==(soft_clustering const&, soft_clustering const&) = default;

private:
  static constexpr double never = 4 * normal_density::least;

  [[nodiscard]] static double larger(double a, double b) noexcept { return a < b ? b : a; }
  [[nodiscard]] double weighed(dense_row<T> row, index_t c) const noexcept {
    return log_share_[c] + density_[c].log_density(row);
  }

  std::vector<normal_density> density_;
  std::vector<index_t> label_;
  std::vector<index_t> count_;
  std::vector<double> share_;
  std::vector<double> log_share_;
  double log_likelihood_ = 0;
  double weight_ = 1;
};

KINDRED_END
