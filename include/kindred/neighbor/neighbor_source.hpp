// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/neighbor/all_pairs.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/run/executor.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Where a k-NN recipe has its neighbors from, when it is not a similarity of rows of ratings: descriptions of products,
// vectors of a factorization, a friendship graph, any metric and any search.
//
// s.nearest<Row>(data, limits, executor) makes the lists of all users (Row = user_id) or all items (item_id): at most
// limits.keep neighbors each, closest first, ties by ascending id, nobody near to themselves, and values above zero that
// are larger for what is nearer. They are checked before they are used.
template <class S, class T, class Row>
concept neighbor_source = std::copyable<S> && real<T> && entity_id<Row> &&
                          requires(S const& s, ratings<T> const& data, neighbor_limits limits, sequential& ex) {
                            { s.template nearest<Row>(data, limits, ex) } -> std::same_as<neighbor_lists<T>>;
                          };

// Neighbors that were found already, by whatever means.
template <real T>
struct given_neighbors {
  neighbor_lists<T> lists;

  template <entity_id Row, executor E>
  [[nodiscard]] neighbor_lists<T> nearest(ratings<T> const&, neighbor_limits limits, E&) const {
    std::vector<offset_t> offset(std::size_t{lists.rows()} + 1, 0);
    std::vector<neighbor<T>> entry;
    for (index_t r = 0; r != lists.rows(); ++r) {
      auto const all = lists.of(r);
      auto const kept = all.first((std::min)(all.size(), std::size_t{limits.keep}));
      entry.insert(entry.end(), kept.begin(), kept.end());
      offset[r + 1] = entry.size();
    }
    return {std::move(offset), std::move(entry)};
  }
};

// Throws error{data}, naming the row, when lists from a source are not what neighbor_source promises for `rows` rows.
template <real T>
void check_neighbors(neighbor_lists<T> const& lists, index_t rows) {
  if (lists.rows() != rows)
    raise(error(error_kind::shape) << "a source of neighbors has lists for " << lists.rows() << " rows, the data have "
                                   << rows);
  for (index_t r = 0; r != rows; ++r) {
    auto const list = lists.of(r);
    for (std::size_t k = 0; k != list.size(); ++k) {
      auto const fail = [&](char const* what) {
        raise(error(error_kind::data).at(r, k) << "neighbor " << k << " of row " << r << ", " << list[k].id << " with "
                                               << list[k].value << ", " << what);
      };
      if (list[k].id >= rows) fail("is no row of the data");
      if (list[k].id == r) fail("is the row itself");
      if (!is_finite(list[k].value) || !(list[k].value > 0)) fail("is not near by a finite number above zero");
      if (k != 0 && !is_closer(list[k - 1], list[k])) fail("is out of order: closest first, ties by ascending id");
    }
  }
}

KINDRED_END
