// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/kept_rows.hpp>
#include <kindred/core/config.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>

#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Rows in segments, each around one of the rows: its medoid, a real customer who stands for it. `Rows` is the kind of view that
// was clustered, matrix_view<T> or csr_view<T>.
//
// What a clustering answers, this answers as well. A row belongs to its closest medoid, and to the lowest of equally close ones.
// assign() costs as many distances as there are clusters. Medoids are kept as copies.
template <class Rows, class Distance>
class medoid_clustering {
public:
  using value_type = value_t<Rows>;
  using row_type = typename detail::kept_rows<Rows>::row_type;

  medoid_clustering() = default;
  medoid_clustering(Rows rows, std::vector<index_t> medoids, std::vector<index_t> labels, double inertia,
                    Distance distance)
      : kept_(rows, medoids),
        medoid_(std::move(medoids)),
        label_(std::move(labels)),
        count_(medoid_.size()),
        inertia_(inertia),
        distance_(std::move(distance)) {
    for (index_t const c : label_) {
      if (c >= count_.size())
        raise(error(error_kind::shape) << "there is a label " << c << " among " << count_.size() << " clusters");
      ++count_[c];
    }
  }

  static constexpr stored_format format{"medoid_clustering", 1};
  // A distance without settings is not kept: the type says which it is.
  static void fields(auto& self, auto& visit) {
    static_assert(storable<Distance> || std::is_empty_v<Distance>, "a distance with settings has to be storable");
    if constexpr (storable<Distance>) visit("distance", self.distance_);
    visit("rows", self.kept_);
    visit("medoids", self.medoid_);
    visit("labels", self.label_);
    visit("inertia", self.inertia_);
  }
  void restore() {
    kept_.restore(medoid_.size());
    count_.assign(medoid_.size(), 0);
    for (index_t const c : label_) {
      check_stored(c < count_.size(), "medoid_clustering: labels are clusters");
      ++count_[c];
    }
  }

  [[nodiscard]] index_t size() const noexcept { return static_cast<index_t>(medoid_.size()); }
  [[nodiscard]] index_t dims() const noexcept { return kept_.columns(); }
  // Which row of the training is the medoid of each cluster.
  [[nodiscard]] std::span<index_t const> medoids() const noexcept { return medoid_; }
  [[nodiscard]] row_type center(index_t c) const noexcept { return kept_.row(c); }

  // Of the rows of the training: the cluster of each, and how many each cluster has.
  [[nodiscard]] std::span<index_t const> labels() const noexcept { return label_; }
  [[nodiscard]] std::span<index_t const> counts() const noexcept { return count_; }
  [[nodiscard]] index_t occupied() const noexcept {
    index_t some = 0;
    for (index_t const n : count_) some += n != 0 ? 1u : 0u;
    return some;
  }
  // What the training made small: weight times distance from the own medoid, added up over its rows.
  [[nodiscard]] double inertia() const noexcept { return inertia_; }

  [[nodiscard]] value_type distance(row_type row, index_t c) const noexcept {
    return static_cast<value_type>(distance_(row, center(c)));
  }
  [[nodiscard]] index_t assign(row_type row) const noexcept {
    index_t best = 0;
    value_type lowest = size() == 0 ? value_type{0} : distance(row, 0);
    for (index_t c = 1; c < size(); ++c)
      if (value_type const own = distance(row, c); own < lowest) {
        lowest = own;
        best = c;
      }
    return best;
  }
  // The cluster of each row of a table, on the executor. Throws error{shape} when the columns or the places do not fit.
  template <executor E = sequential>
  void assign(Rows rows, std::span<index_t> out, E&& ex = {}) const {
    if (rows.columns() != dims())
      raise(error(error_kind::shape) << "rows of " << rows.columns() << " columns for medoids of " << dims());
    if (out.size() != rows.rows())
      raise(error(error_kind::shape) << "room for " << out.size() << " labels of " << rows.rows() << " rows");
    if (size() == 0) raise(error(error_kind::shape) << "there are no clusters to assign rows to");
    for_chunks(ex, rows.rows(), 256, [&](std::size_t first, std::size_t last) {
      for (std::size_t i = first; i != last; ++i) out[i] = assign(rows.row(static_cast<index_t>(i)));
    });
  }

  // The same medoids and labels; distances are not compared.
  friend bool operator==(medoid_clustering const& a, medoid_clustering const& b) noexcept {
    return a.kept_ == b.kept_ && a.medoid_ == b.medoid_ && a.label_ == b.label_ && a.inertia_ == b.inertia_;
  }

private:
  detail::kept_rows<Rows> kept_;
  std::vector<index_t> medoid_;
  std::vector<index_t> label_;
  std::vector<index_t> count_;
  double inertia_ = 0;
  Distance distance_ = {};
};

KINDRED_END
