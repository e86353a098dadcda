// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/cluster/column_totals.hpp>
#include <kindred/cluster/dendrogram.hpp>
#include <kindred/cluster/euclidean_gap.hpp>
#include <kindred/cluster/linkage.hpp>
#include <kindred/cluster/neighbor_chain.hpp>
#include <kindred/cluster/spanning_tree.hpp>
#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/matrix_view.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>

KINDRED_BEGIN

// Hierarchical clustering: every row begins alone, and the two closest clusters are merged until one is left. The model is
// the dendrogram; cut it into as many clusters as you like, or at a height.
//
//   agglomerative<>{}                                    Ward
//   agglomerative<kindred::average_linkage>{}            average, complete, single: of Euclidean distances ...
//   agglomerative<kindred::complete_linkage, manhattan>  ... or of any distance of two dense rows
//
// Exact: the tree is the one that comparing all pairs of clusters after every merge would find, wherever no two distances are
// equal, and one of those it could find where some are. Heights are those of scipy. O(rows^2 columns) time. Memory: O(rows)
// for Ward (a chain of nearest neighbors among means; Murtagh, 1983) and for single linkage (a spanning tree; Prim, 1957);
// 8 rows^2 bytes for average and complete linkage. The observer hears nothing: there are no epochs. Numbers that are not
// finite, or whose squares overflow, are errors.
template <class Linkage = ward_linkage, class Distance = euclidean_gap>
struct agglomerative {
  static_assert(std::same_as<Linkage, ward_linkage> || linkage<Linkage>, "agglomerative: not a linkage");
  static_assert(!std::same_as<Linkage, ward_linkage> || std::same_as<Distance, euclidean_gap>,
                "agglomerative: Ward's linkage is of Euclidean distances");

  Linkage linkage = {};
  Distance distance = {};

  template <real T, executor E, observer O>
    requires kindred::distance<Distance, dense_row<T>>
  [[nodiscard]] fitted<dendrogram> fit(matrix_view<T> rows, E& ex, O&) const {
    if (rows.rows() == 0) raise(error(error_kind::shape) << "there are no rows to cluster");
    buffer<T> squared_length(rows.rows());
    static_cast<void>(detail::totals_of<T>(rows, {}, squared_length.span(), ex));
    fitted<dendrogram> out{merge(rows, ex), {}};
    auto const merges = out.model.merges();
    out.report = {1, merges.empty() ? 0 : merges.back().height, true};
    return out;
  }

private:
  template <real T, executor E>
  [[nodiscard]] dendrogram merge(matrix_view<T> rows, E& ex) const {
    if constexpr (std::same_as<Linkage, ward_linkage>) {
      return dendrogram::from(rows.rows(), detail::mean_chain<T>(rows).run());
    } else if constexpr (std::same_as<Linkage, single_linkage>) {
      return dendrogram::from(rows.rows(), detail::spanning_tree(rows.rows(), [&](index_t a, index_t b) {
                                return static_cast<double>(distance(rows.row(a), rows.row(b)));
                              }));
    } else {
      std::size_t const n = rows.rows();
      buffer<double> all(n * n);
      for_chunks(ex, n, 64, [&](std::size_t first, std::size_t last) {
        for (std::size_t b = 0; b != last;
             ++b)  // both places of a pair lie in lines of the cache that stay for a while
          for (std::size_t a = first > b ? first : b + 1; a < last; ++a)
            all[a * n + b] = all[b * n + a] =
                static_cast<double>(distance(rows.row(static_cast<index_t>(b)), rows.row(static_cast<index_t>(a))));
      });
      return dendrogram::from(rows.rows(), detail::matrix_chain(all.data(), n, linkage));
    }
  }
};

KINDRED_END
