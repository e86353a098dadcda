// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/csr.hpp>
#include <kindred/data/features.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/data/transposed.hpp>
#include <kindred/neighbor/all_pairs.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/similarity/cosine.hpp>
#include <kindred/view/comparison.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/row.hpp>
#include <kindred/view/unchecked.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <vector>

KINDRED_BEGIN

namespace detail {

// The nearest of the first `rows` entities, of which those that the features do not reach have none.
template <real T, entity_id Id, class Similarity, executor E>
[[nodiscard]] neighbor_lists<T> near_by_features(features<T, Id> const& about, Similarity const& how,
                                                 neighbor_limits limits, index_t rows, E& ex) {
  check_settings(how);
  auto const all = about.rows();
  std::vector<offset_t> offset(std::size_t{rows} + 1);
  for (index_t r = 0; r != rows; ++r) offset[r + 1] = r < all.rows() ? all.offset()[r + 1] : offset[r];
  auto const size = static_cast<std::size_t>(offset.back());
  csr_view<T> const part(unchecked, offset, all.index().first(size), all.value().first(size), all.columns());
  csr<T> const by_column = transposed(part);
  return all_pairs(part, by_column.view(), how, limits, ex);
}

}  // namespace detail

// The items, or the users, most alike by what is known of them, whether or not anybody has rated them: "more like this".
//
//   auto alike = kindred::neighbors_by_features(about);
//   alike.of(to_index(alien));                              // neighbor<float>{id, cosine}, closest first
//
// At most limits.keep for each entity, with a similarity above zero, ties by ascending id; an entity of which nothing is
// known has none. What all_pairs costs: a tag that most items have makes most pairs meet. The same on any number of threads.
template <real T, entity_id Id, similarity<sparse_row<T>> Similarity = cosine, executor E = sequential>
[[nodiscard]] neighbor_lists<T> neighbors_by_features(features<T, Id> const& about, Similarity const& how = {},
                                                      neighbor_limits limits = {}, E&& ex = {}) {
  return detail::near_by_features(about, how, limits, about.size(), ex);
}

// The same as a neighbor_source, for k-NN that goes by what things are instead of who rated them:
//
//   kindred::item_knn<kindred::by_features<float>>{.similarity = {about}}
//
// Predicts ratings of items that nobody has rated. Of user_features, for user_knn: by_features<float, user_id>. Two entities are
// compared when they share `min_shared` columns; what the recipe says of ratings to share does not apply.
template <real T, entity_id Id = item_id, similarity<sparse_row<T>> Similarity = cosine>
struct by_features {
  features<T, Id> about;
  std::uint32_t min_shared = 1;
  Similarity similarity = {};

  template <entity_id Row, executor E>
    requires std::same_as<Row, Id>
  [[nodiscard]] neighbor_lists<T> nearest(ratings<T> const& data, neighbor_limits limits, E& ex) const {
    index_t const rows = std::same_as<Id, user_id> ? data.user_count() : data.item_count();
    return detail::near_by_features(about, similarity, {limits.keep, min_shared}, rows, ex);
  }
};

KINDRED_END
