// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/csr.hpp>
#include <kindred/neighbor/item_block.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/neighbor/row_lookup.hpp>
#include <kindred/neighbor/strongest.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/view/row.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Predicts what a user would say of an item from what they said of items like it:
//
//   r(u, j) = base(u, j) + sum over i in S(u, j) of w(i, j) (r(u, i) - base(u, i))  /  (damping + sum over S(u, j) of w(i, j))
//
// S(u, j) are the `neighbors` items nearest to j among those kept that u rated, and w their similarities, all positive. The
// base alone answers where the user has rated nothing like the item, and for users and items that are not known.
template <real T, predictor Base>
class item_knn_model {
public:
  using value_type = T;
  static constexpr bool calibrated = true;

  // `near_by` has a row an item, `residual` the ratings less the base, in rows by user.
  item_knn_model(Base base, neighbor_lists<T> near_by, csr<T> residual, std::uint32_t neighbors, T damping)
      : base_(std::move(base)),
        near_(std::move(near_by)),
        near_to_(transposed(near_, near_.rows())),
        residual_(std::move(residual)),
        neighbors_(neighbors),
        damping_(damping),
        rated_(residual_.view().columns()) {
    for (index_t const i : residual_.view().index()) rated_[i] = 1;
  }

  [[nodiscard]] bool knows(user_id u) const noexcept { return !row_of(u).empty(); }
  [[nodiscard]] bool knows(item_id i) const noexcept { return to_index(i) < rated_.size() && rated_[to_index(i)] != 0; }

  void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept {
    KINDRED_ASSERT(items.size() <= block && items.size() == out.size());
    base_.score(u, items, out);
    auto const row = row_of(u);
    if (row.empty()) return;
    // All votes are counted first, from what the user rated to the items that it is near to: few meet, and a walk along the
    // neighbors of every asked item would mostly pass over what the user never rated.
    item_block const asked(items);
    std::array<std::uint32_t, block> votes{};
    std::array<T, block> sum{};
    std::array<T, block> weight{};
    for (std::size_t r = 0; r != row.size(); ++r) {
      asked.each_shared(near_to_.row(row.index[r]), [&](std::size_t k, T value) {
        ++votes[k];
        sum[k] += value * row.value[r];
        weight[k] += value;
      });
    }
    row_lookup const said(row.index, items.size() * 16);
    for (std::size_t k = 0; k != items.size(); ++k) {
      if (votes[k] == 0) continue;
      if (votes[k] > neighbors_) {  // then the nearest of them decide
        sum[k] = 0;
        weight[k] = 0;
        each_voter(said, row, items[k], [&](neighbor<T> const& i, T left) {
          sum[k] += i.value * left;
          weight[k] += i.value;
        });
      }
      out[k] += sum[k] / (weight[k] + damping_);
    }
  }

  // The user's own ratings that made the score, and by how much each moved it.
  [[nodiscard]] explanation<T> explain(user_id u, item_id j, std::span<evidence<T>> out) const noexcept {
    auto const row = row_of(u);
    row_lookup const said(row.index, 0);
    T weight = 0;
    each_voter(said, row, j, [&](neighbor<T> const& i, T) { weight += i.value; });
    std::size_t count = 0;
    each_voter(said, row, j, [&](neighbor<T> const& i, T left) {
      count = keep_strongest(out, count, evidence<T>{evidence_kind::item, i.id, i.value * left / (weight + damping_)});
    });
    return {score_of(base_, u, j), count};
  }

  [[nodiscard]] Base const& base() const noexcept { return base_; }
  [[nodiscard]] neighbor_lists<T> const& neighbors() const noexcept { return near_; }

  friend bool operator==(item_knn_model const&, item_knn_model const&) = default;

private:
  [[nodiscard]] sparse_row<T> row_of(user_id u) const noexcept {
    return to_index(u) < residual_.rows() ? residual_.row(to_index(u)) : sparse_row<T>{};
  }

  template <class Visit>
  void each_voter(row_lookup const& said, sparse_row<T> row, item_id j, Visit const& visit) const noexcept {
    std::uint32_t votes = 0;
    for (auto const& i : near_.of(to_index(j))) {
      std::size_t const at = said.find(i.id);
      if (at == row.size()) continue;
      visit(i, row.value[at]);
      if (++votes == neighbors_) return;
    }
  }

  Base base_;
  neighbor_lists<T> near_;
  csr<T> near_to_;  // row i: the items that have i among their neighbors
  csr<T> residual_;
  std::uint32_t neighbors_;
  T damping_;
  std::vector<std::uint8_t> rated_;
};

KINDRED_END
