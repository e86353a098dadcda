// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/data/csr.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/neighbor/fit_knn.hpp>
#include <kindred/neighbor/implicit_knn_model.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/unchecked.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// The fit of implicit_user_knn and implicit_item_knn, which differ in who speaks. `name` is for messages.
template <entity_id Side, class Knn, real T, executor E>
[[nodiscard]] auto fit_implicit_knn(char const* name, Knn const& how, ratings<T> const& data, E& ex) {
  if (how.neighbors == 0) raise(error(error_kind::setting) << name << ": neighbors = 0; nobody would be left to speak");
  static_assert(
      !requires { requires decltype(how.similarity)::compares_residuals; },
      "implicit k-NN: clicks leave no residuals to compare");
  check_settings(how.similarity);
  auto const lists = near_rows<Side>(how.similarity, data, csr<T>{}, {how.neighbors, how.min_shared}, ex);
  csr_view<T> const users = data.by_user();
  std::vector<T> const one(users.size(), T{1});
  csr<T> had(csr_view<T>(unchecked, users.offset(), users.index(), one, users.columns()));
  std::vector<std::uint8_t> known(data.item_count());
  for (index_t const i : users.index()) known[i] = 1;

  // Transposed twice, lists are rows in ascending order of neighbors.
  csr<T> near_by = transposed(transposed(lists, rows_of<Side>(data).rows()));
  using trained = implicit_knn_model<T, Side>;
  if constexpr (std::same_as<Side, item_id>) {
    for (index_t const j : near_by.view().index()) known[j] = 1;
    return fitted<trained>{trained(std::move(had), std::move(near_by), std::move(known)), {.epochs = 1}};
  } else {
    return fitted<trained>{trained(std::move(near_by), std::move(had), std::move(known)), {.epochs = 1}};
  }
}

}  // namespace detail

KINDRED_END
