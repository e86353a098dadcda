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
#include <kindred/neighbor/residuals.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/unchecked.hpp>

#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Divides what every voice says, a column of `lists`, by its length to a power: who is near to everybody counts less.
template <real T>
void hold_back_hubs(csr<T>& lists, double power) {
  if (power == 0) return;
  std::vector<double> scale(lists.columns(), 0.0);
  for (index_t r = 0; r != lists.rows(); ++r) {
    auto const row = lists.row(r);
    for (std::size_t k = 0; k != row.size(); ++k)
      scale[row.index[k]] += static_cast<double>(row.value[k]) * static_cast<double>(row.value[k]);
  }
  for (double& s : scale) s = std::pow(s, -power / 2);
  for (index_t r = 0; r != lists.rows(); ++r) {
    auto const value = lists.values(r);
    for (std::size_t k = 0; k != value.size(); ++k)
      value[k] = static_cast<T>(static_cast<double>(value[k]) * scale[lists.row(r).index[k]]);
  }
}

// Divides all words for an item by how many users have it, to a power.
template <real T>
void hold_back_popular(csr<T>& words, ratings<T> const& data, double power) {
  if (power == 0) return;
  std::vector<double> scale(words.columns(), 1.0);
  for (index_t i = 0; i != data.item_count(); ++i)
    if (std::size_t const users = data.of(item_id{i}).size(); users != 0)
      scale[i] = std::pow(static_cast<double>(users), -power);
  for (index_t r = 0; r != words.rows(); ++r) {
    auto const value = words.values(r);
    for (std::size_t k = 0; k != value.size(); ++k)
      value[k] = static_cast<T>(static_cast<double>(value[k]) * scale[words.row(r).index[k]]);
  }
}

// Sums of what is said have to be finite.
template <real T>
void check_said(char const* name, csr<T> const& said) {
  for (index_t r = 0; r != said.rows(); ++r) {
    auto const row = said.row(r);
    for (std::size_t k = 0; k != row.size(); ++k)
      if (!fits_votes(row.value[k]))
        raise(error(error_kind::numeric).at(r, row.index[k])
              << name << ": row " << r << " says " << row.value[k] << " of " << row.index[k]
              << ", which leaves no room for sums");
  }
}

// The fit of implicit_user_knn and implicit_item_knn, which differ in who speaks. `name` is for messages.
template <entity_id Side, class Knn, real T, executor E>
[[nodiscard]] auto fit_implicit_knn(char const* name, Knn const& how, ratings<T> const& data, E& ex) {
  if (how.neighbors == 0) raise(error(error_kind::setting) << name << ": neighbors = 0; nobody would be left to speak");
  static_assert(
      !requires { requires decltype(how.similarity)::compares_residuals; },
      "implicit k-NN: clicks leave no residuals to compare");
  check_settings(how.similarity);
  check_not_negative("implicit k-NN: hub_power", how.hub_power);
  check_not_negative("implicit k-NN: popularity_power", how.popularity_power);
  auto const lists = near_rows<Side>(how.similarity, data, csr<T>{}, {how.neighbors, how.min_shared}, ex);
  csr_view<T> const users = data.by_user();
  std::vector<T> const one(users.size(), T{1});
  csr<T> had(csr_view<T>(unchecked, users.offset(), users.index(), one, users.columns()));
  std::vector<std::uint8_t> known(data.item_count());
  for (index_t const i : users.index()) known[i] = 1;

  // Transposed twice, lists are rows in ascending order of neighbors.
  csr<T> near_by = transposed(transposed(lists, rows_of<Side>(data).rows()));
  hold_back_hubs(near_by, how.hub_power);
  hold_back_popular(std::same_as<Side, item_id> ? near_by : had, data, how.popularity_power);
  check_said(name, near_by);
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
