// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/csr.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/neighbor/aggregator.hpp>
#include <kindred/neighbor/all_pairs.hpp>
#include <kindred/neighbor/knn_model.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/neighbor/neighbor_source.hpp>
#include <kindred/neighbor/residuals.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/similarity/prepared.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>
#include <utility>
#include <vector>

KINDRED_BEGIN

// What a k-NN recipe may find its neighbors by: a similarity of sparse rows, or a source of lists.
template <class S, class T, class Row>
concept neighborly = similarity<S, sparse_row<T>> || neighbor_source<S, T, Row>;

namespace detail {

// The neighbors of all users or all items. `left` are the residuals of the data, for what compares those.
template <entity_id Side, class S, real T, executor E>
[[nodiscard]] neighbor_lists<T> near_rows(S const& how, ratings<T> const& data, csr<T> const& left,
                                          neighbor_limits limits, E& ex) {
  if constexpr (neighbor_source<S, T, Side>) {
    auto lists = how.template nearest<Side>(data, limits, ex);
    check_neighbors(lists, rows_of<Side>(data).rows());
    return lists;
  } else {
    auto const search = [&](ratings<T> const& compared) {
      auto const& seen = prepared<Side>(how, compared);
      return all_pairs(rows_of<Side>(seen), columns_of<Side>(seen), how, limits, ex);
    };
    if constexpr (requires { requires S::compares_residuals; }) {
      auto const value = left.view().value();
      return search(data.with_values(std::vector<T>(value.begin(), value.end())));
    } else {
      return search(data);
    }
  }
}

// The fit of user_knn and item_knn, which differ in whose neighbors are found. `name` is for messages.
template <entity_id Side, class Knn, real T, executor E>
[[nodiscard]] auto fit_knn(char const* name, Knn const& how, ratings<T> const& data, E& ex) {
  if (how.neighbors == 0) raise(error(error_kind::setting) << name << ": neighbors = 0; at least one has to vote");
  if (how.candidates == 0)
    raise(error(error_kind::setting) << name << ": candidates = 0; nobody and nothing would be left to vote");
  check_settings(how.similarity, how.aggregate);
  using aggregate = decltype(how.aggregate);
  if constexpr (!additive_aggregator<aggregate, T>)
    if (how.neighbors > block)
      raise(error(error_kind::setting) << name << ": neighbors = " << how.neighbors << "; " << block
                                       << " votes are what can be seen at once");
  auto model = kindred::fit(how.base, data, ex).model;
  using base = decltype(model);
  static_assert(predictor<base>, "k-NN: the base does not predict ratings");
  auto left = residuals(data, model, ex);
  auto lists = near_rows<Side>(how.similarity, data, left, {how.candidates, how.min_shared}, ex);
  using trained = knn_model<T, Side, base, aggregate>;
  return fitted<trained>{trained(std::move(model), std::move(lists), std::move(left), how.neighbors, how.aggregate),
                         {.epochs = 1}};
}

}  // namespace detail

KINDRED_END
