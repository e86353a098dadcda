// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/clustering.hpp>
#include <kindred/cluster/squared_gap.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/view/matrix_view.hpp>

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

// Segments that follow their rows: every batch of new rows moves the centers that they are closest to.
//
//   kindred::cluster_stream<float> live(segments, 100'000);   // old rows count half after 100 000 new ones
//   live.update(todays_rows);
//   auto const now = live.model();
//
// A center is the weighted mean of the rows that it was given: center += (row - center) / n, with n the rows so far (MacQueen,
// 1967; in batches: Sculley, "Web-scale k-means clustering", 2010). Rows of a batch are assigned first, to the centers as they
// are before it, and then added in their order: the same bits on any number of threads. Euclidean distances.
template <real T>
class cluster_stream {
public:
  using value_type = T;

  // Begins with the centers of a clustering, each as heavy as the rows it has. After `half_life` new rows everything older
  // counts half; 0 forgets nothing. Error{setting} for a clustering by another distance, or without clusters.
  explicit cluster_stream(clustering<T> const& start, double half_life = 0)
      : dims_(start.dims()), half_life_(half_life), mass_(start.counts().begin(), start.counts().end()) {
    check_not_negative("cluster_stream: half_life", half_life);
    if (start.size() == 0 || start.measured() != closeness::euclidean)
      raise(error(error_kind::setting) << "cluster_stream: begins with Euclidean clusters, at least one");
    for (index_t c = 0; c != start.size(); ++c)
      for (T const x : start.center(c)) center_.push_back(static_cast<double>(x));
  }

  static constexpr stored_format format{"cluster_stream", 1};
  cluster_stream(blank) noexcept {}
  static void fields(auto& self, auto& visit) {
    visit("half_life", self.half_life_);
    visit.columns("centers", self.dims_);
    visit("centers", self.center_, self.dims_);
    visit("masses", self.mass_);
  }
  void restore() const {
    check_not_negative("cluster_stream: half_life", half_life_);
    check_stored(!mass_.empty() && center_.size() == mass_.size() * dims_, "cluster_stream: a mass for every center");
    check_stored_numbers(center_, "cluster_stream");
    check_stored_numbers(mass_, "cluster_stream");
    for (double const m : mass_) check_stored(m >= 0, "cluster_stream: masses are not negative");
  }

  [[nodiscard]] index_t size() const noexcept { return static_cast<index_t>(mass_.size()); }
  [[nodiscard]] index_t dims() const noexcept { return dims_; }
  // How many rows center c stands for, less what was forgotten.
  [[nodiscard]] double mass(index_t c) const noexcept { return mass_[c]; }

  // Throws error{shape} when the columns do not fit, error{data} for a number that is not finite; the centers are then as before.
  template <executor E = sequential>
  void update(matrix_view<T> rows, E&& ex = {}) {
    if (rows.columns() != dims_)
      raise(error(error_kind::shape) << "rows of " << rows.columns() << " columns for centers of " << dims_);
    std::vector<index_t> label(rows.rows());
    for_chunks(ex, rows.rows(), 256, [&](std::size_t first, std::size_t last) {
      std::vector<double> x(dims_);
      for (std::size_t i = first; i != last; ++i) {
        auto const row = rows.row(static_cast<index_t>(i));
        for (std::size_t j = 0; j != dims_; ++j) {
          if (!is_finite(row[j]))
            raise(error(error_kind::data).at(i, j) << "number " << j << " of row " << i << " is not finite");
          x[j] = static_cast<double>(row[j]);
        }
        double lowest = detail::squared_gap(x.data(), center_.data(), dims_);
        for (index_t c = 1; c < size(); ++c)
          if (double const gap = detail::squared_gap(x.data(), center_.data() + std::size_t{c} * dims_, dims_);
              gap < lowest) {
            lowest = gap;
            label[i] = c;
          }
      }
    });
    if (half_life_ > 0)
      for (double& m : mass_) m *= std::exp2(-static_cast<double>(rows.rows()) / half_life_);
    for (index_t i = 0; i != rows.rows(); ++i) {
      index_t const c = label[i];
      double const share = 1 / ++mass_[c];
      for (std::size_t j = 0; j != dims_; ++j) {
        double& x = center_[std::size_t{c} * dims_ + j];
        x += share * (static_cast<double>(rows.row(i)[j]) - x);
      }
    }
  }

  // The centers as they are now. It has no labels: rows were not kept.
  [[nodiscard]] clustering<T> model() const {
    std::vector<T> centers(center_.size());
    for (std::size_t k = 0; k != centers.size(); ++k) centers[k] = static_cast<T>(center_[k]);
    return {closeness::euclidean, dims_, std::move(centers), {}, 0};
  }

private:
  index_t dims_ = 0;
  double half_life_ = 0;
  std::vector<double> center_;
  std::vector<double> mass_;
};

KINDRED_END
