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

  // Transposed, the lists are rows of those who have v among their neighbors, by ascending id: of an item, the items it
  // speaks for. Transposed twice, of a user, those who speak to them.
  csr<T> heard = transposed(lists, rows_of<Side>(data).rows());
  using trained = implicit_knn_model<T, Side>;
  if constexpr (std::same_as<Side, item_id>) {
    for (index_t i = 0; i != lists.rows(); ++i)
      if (!lists.of(i).empty()) known[i] = 1;
    return fitted<trained>{trained(std::move(had), std::move(heard), std::move(known)), {.epochs = 1}};
  } else {
    return fitted<trained>{trained(transposed(heard), std::move(had), std::move(known)), {.epochs = 1}};
  }
}

}  // namespace detail

KINDRED_END
