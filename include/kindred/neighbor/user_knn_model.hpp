// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/csr.hpp>
#include <kindred/neighbor/item_block.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
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

// Predicts what people like this user would say:
//
//   r(u, j) = base(u, j) + sum over v in S(u, j) of w(u, v) (r(v, j) - base(v, j))  /  (damping + sum over S(u, j) of w(u, v))
//
// S(u, j) are the `neighbors` users nearest to u among those kept who rated j, and w their similarities, all positive. With
// the user's mean as the base and no damping this is the mean-centered prediction of Resnick et al. ("GroupLens", 1994).
// The base alone answers where nobody near has rated the item, and for users and items that are not known.
template <real T, predictor Base>
class user_knn_model {
public:
  using value_type = T;
  static constexpr bool calibrated = true;

  // `near_by` has a row a user, `residual` the ratings less the base, in rows by user.
  user_knn_model(Base base, neighbor_lists<T> near_by, csr<T> residual, std::uint32_t neighbors, T damping)
      : base_(std::move(base)),
        near_(std::move(near_by)),
        residual_(std::move(residual)),
        neighbors_(neighbors),
        damping_(damping),
        rated_(residual_.view().columns()) {
    for (index_t const i : residual_.view().index()) rated_[i] = 1;
  }

  [[nodiscard]] bool knows(user_id u) const noexcept {
    return to_index(u) < residual_.rows() && !residual_.row(to_index(u)).empty();
  }
  [[nodiscard]] bool knows(item_id i) const noexcept { return to_index(i) < rated_.size() && rated_[to_index(i)] != 0; }

  void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept {
    KINDRED_ASSERT(items.size() <= block && items.size() == out.size());
    base_.score(u, items, out);
    std::array<std::uint32_t, block> votes{};
    std::array<T, block> sum{};
    std::array<T, block> weight{};
    item_block const asked(items);
    std::size_t open = items.size();
    for (auto const& v : near_.of(to_index(u))) {
      if (open == 0) break;
      asked.each_shared(residual_.row(v.id), [&](std::size_t k, T left) {
        if (votes[k] == neighbors_) return;
        sum[k] += v.value * left;
        weight[k] += v.value;
        if (++votes[k] == neighbors_) --open;
      });
    }
    for (std::size_t k = 0; k != items.size(); ++k)
      if (votes[k] != 0) out[k] += sum[k] / (weight[k] + damping_);
  }

  // The users whose opinion made the score, and by how much each moved it.
  [[nodiscard]] explanation<T> explain(user_id u, item_id i, std::span<evidence<T>> out) const noexcept {
    T weight = 0;
    each_voter(u, i, [&](neighbor<T> const& v, T) { weight += v.value; });
    std::size_t count = 0;
    each_voter(u, i, [&](neighbor<T> const& v, T left) {
      count = keep_strongest(out, count, evidence<T>{evidence_kind::user, v.id, v.value * left / (weight + damping_)});
    });
    return {score_of(base_, u, i), count};
  }

  [[nodiscard]] Base const& base() const noexcept { return base_; }
  [[nodiscard]] neighbor_lists<T> const& neighbors() const noexcept { return near_; }

  friend bool operator==(user_knn_model const&, user_knn_model const&) = default;

private:
  template <class Visit>
  void each_voter(user_id u, item_id i, Visit const& visit) const noexcept {
    std::uint32_t votes = 0;
    for (auto const& v : near_.of(to_index(u))) {
      auto const row = residual_.row(v.id);
      std::size_t const at = position_of(row.index, to_index(i));
      if (at == row.size()) continue;
      if (votes++ == neighbors_) return;
      visit(v, row.value[at]);
    }
  }

  Base base_;
  neighbor_lists<T> near_;
  csr<T> residual_;
  std::uint32_t neighbors_;
  T damping_;
  std::vector<std::uint8_t> rated_;
};

KINDRED_END
