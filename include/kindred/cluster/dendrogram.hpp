// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/storable.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Two clusters become one. Rows are the clusters 0 ... rows - 1, and merge k makes the cluster rows + k.
struct cluster_merge {
  index_t first;   // the smaller number of the two
  index_t second;  // the larger
  double height;   // how far apart they were, by the linkage
  index_t size;    // rows of the new cluster

  static void fields(auto& self, auto& visit) {
    visit("first", self.first);
    visit("second", self.second);
    visit("height", self.height);
    visit("size", self.size);
  }
  friend bool operator==(cluster_merge const&, cluster_merge const&) = default;
};

namespace detail {

// Which set every element belongs to, sets being united one pair after another.
class disjoint_sets {
public:
  explicit disjoint_sets(std::size_t count) : parent_(count) {
    for (std::size_t k = 0; k != count; ++k) parent_[k] = static_cast<index_t>(k);
  }
  [[nodiscard]] index_t find(index_t k) noexcept {
    while (parent_[k] != k) k = parent_[k] = parent_[parent_[k]];
    return k;
  }
  void unite_under(index_t root, index_t new_root) noexcept { parent_[root] = new_root; }

private:
  std::vector<index_t> parent_;
};

}  // namespace detail

// How rows come together, from each alone to all in one: rows - 1 merges, lowest first. What scipy calls a linkage matrix.
//
//   auto const tree = kindred::fit(kindred::agglomerative<>{}, rows).model;
//   auto const segment = tree.cut_into(5);   // the segment of every row, five in all
class dendrogram {
public:
  dendrogram() = default;

  // Merges of rows, by any member of each of the two clusters, in any order: sorted and numbered here. There are rows - 1, and
  // none is between rows that are together already.
  static dendrogram from(index_t rows, std::vector<cluster_merge> merges) {
    if (rows == 0 || merges.size() + 1 != rows)
      raise(error(error_kind::shape) << merges.size() << " merges of " << rows
                                     << " rows; there is one fewer than rows");
    std::stable_sort(merges.begin(), merges.end(),
                     [](cluster_merge const& a, cluster_merge const& b) { return a.height < b.height; });
    detail::disjoint_sets sets(2 * std::size_t{rows} - 1);
    std::vector<index_t> size(2 * std::size_t{rows} - 1, 1);
    for (std::size_t k = 0; k != merges.size(); ++k) {
      cluster_merge& m = merges[k];
      if (m.first >= rows || m.second >= rows)
        raise(error(error_kind::shape).at(k)
              << "merge " << k << " names row " << (m.first < m.second ? m.second : m.first) << " of " << rows);
      index_t const a = sets.find(m.first);
      index_t const b = sets.find(m.second);
      if (a == b) raise(error(error_kind::data).at(k) << "merge " << k << " joins a cluster with itself");
      auto const joint = static_cast<index_t>(rows + k);
      size[joint] = size[a] + size[b];
      m = {(std::min)(a, b), (std::max)(a, b), m.height, size[joint]};
      sets.unite_under(a, joint);
      sets.unite_under(b, joint);
    }
    dendrogram out;
    out.rows_ = rows;
    out.merge_ = std::move(merges);
    return out;
  }

  static constexpr stored_format format{"dendrogram", 1};
  static void fields(auto& self, auto& visit) {
    visit("rows", self.rows_);
    visit("merges", self.merge_);
  }
  void restore();

  [[nodiscard]] index_t rows() const noexcept { return rows_; }
  [[nodiscard]] std::span<cluster_merge const> merges() const noexcept { return merge_; }

  // The cluster of every row when there are `clusters` of them, 1 to rows(). Clusters are numbered by their first row.
  [[nodiscard]] std::vector<index_t> cut_into(index_t clusters) const {
    if (clusters == 0 || clusters > rows_)
      raise(error(error_kind::setting) << "a dendrogram of " << rows_ << " rows has no " << clusters << " clusters");
    return labels_after(rows_ - clusters);
  }
  // The cluster of every row when those no further apart than `height` are merged.
  [[nodiscard]] std::vector<index_t> cut_at(double height) const {
    std::size_t count = 0;
    while (count != merge_.size() && merge_[count].height <= height) ++count;
    return labels_after(count);
  }

  friend bool operator==(dendrogram const&, dendrogram const&) = default;

private:
  [[nodiscard]] std::vector<index_t> labels_after(std::size_t merges) const {
    detail::disjoint_sets sets(rows_ + merges);
    for (std::size_t k = 0; k != merges; ++k) {
      sets.unite_under(merge_[k].first, static_cast<index_t>(rows_ + k));
      sets.unite_under(merge_[k].second, static_cast<index_t>(rows_ + k));
    }
    std::vector<index_t> number(rows_ + merges, index_limit);
    std::vector<index_t> label(rows_);
    index_t next = 0;
    for (index_t i = 0; i != rows_; ++i) {
      index_t& own = number[sets.find(i)];
      if (own == index_limit) own = next++;
      label[i] = own;
    }
    return label;
  }

  index_t rows_ = 0;
  std::vector<cluster_merge> merge_;
};

inline void dendrogram::restore() {
  check_stored(merge_.size() < index_limit / 2 && (rows_ == merge_.size() + 1 || (rows_ == 0 && merge_.empty())),
               "dendrogram: one merge fewer than rows");
  std::vector<index_t> size(rows_ + merge_.size(), 1);
  std::vector<std::uint8_t> merged(rows_ + merge_.size(), 0);
  for (std::size_t k = 0; k != merge_.size(); ++k) {
    cluster_merge const& m = merge_[k];
    check_stored(m.first < m.second && m.second < rows_ + k && merged[m.first] == 0 && merged[m.second] == 0 &&
                     m.size == size[m.first] + size[m.second],
                 "dendrogram: every cluster is merged once");
    check_stored(is_finite(m.height) && (k == 0 || merge_[k - 1].height <= m.height), "dendrogram: heights ascend");
    merged[m.first] = merged[m.second] = 1;
    size[rows_ + k] = m.size;
  }
}

KINDRED_END
