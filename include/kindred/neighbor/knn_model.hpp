// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/baseline/spread.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/csr.hpp>
#include <kindred/neighbor/aggregator.hpp>
#include <kindred/neighbor/item_block.hpp>
#include <kindred/neighbor/item_range.hpp>
#include <kindred/neighbor/knn_voters.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/neighbor/vote_lookup.hpp>
#include <kindred/neighbor/vote_ranks.hpp>
#include <kindred/neighbor/vote_sums.hpp>
#include <kindred/neighbor/weighted_mean.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/score/strongest.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

template <real T, class Knn, predictor Base>
class live_knn_model;

// Predicts what a user would say of an item from what is known of its neighbors:
//
//   r(u, j) = base(u, j) + spread(u, j) aggregate over s in S(u, j) of (w(s), d(s))
//
// Side = user_id: S(u, j) are the `neighbors` users nearest to u, among those kept, who rated j; w are their similarities to
// u, and d what they said of j less what the base says of it. With the mean of the user as the base this is Resnick et al.
// ("GroupLens", 1994). Side = item_id: S(u, j) are the `neighbors` items nearest to j, among those kept, that u rated; w
// are their similarities to j, and d what u said of them less what the base says (Sarwar et al., 2001). Where the base has
// a spread, deviations are divided by theirs, and the vote is multiplied by that of (u, j): z-scores.
//
// The base alone answers where there is no vote, and for users and items that are not known.
//
// Rows and Lists are where the numbers are kept: csr and neighbor_lists, or what can be patched (live_knn_model).
template <real T, entity_id Side, predictor Base, aggregator<T> Aggregate = weighted_mean, class Rows = csr<T>,
          class Lists = neighbor_lists<T>>
class knn_model {
  static constexpr bool by_user = std::same_as<Side, user_id>;

public:
  using value_type = T;
  static constexpr bool calibrated = true;

  // `near_by` has a row a user or item, by Side; `residual` the deviations from the base, in rows by user.
  knn_model(Base base, Lists near_by, Rows residual, std::uint32_t neighbors, Aggregate aggregate)
      : base_(std::move(base)),
        near_(std::move(near_by)),
        residual_(std::move(residual)),
        neighbors_(neighbors),
        aggregate_(std::move(aggregate)),
        raters_(residual_.columns()) {
    if constexpr (by_user) across_ = transposed(residual_);
    else across_ = transposed(near_, near_.rows());
    for (index_t u = 0; u != residual_.rows(); ++u)
      for (index_t const i : residual_.row(u).index) ++raters_[i];
  }

  // `raters` says how many columns may be made room for.
  static constexpr stored_format format{by_user ? "user_knn_model" : "item_knn_model", 1};
  knn_model(blank b) : base_(b), near_(b) {}
  static void fields(auto& self, auto& visit) {
    visit("base", self.base_);
    visit("near", self.near_);
    visit("residual", self.residual_);
    visit("neighbors", self.neighbors_);
    visit("aggregate", self.aggregate_);
    visit("raters", self.raters_);
  }
  void restore() {
    check_stored(raters_.size() == residual_.columns(), "knn_model: as many counts of raters as columns");
    check_stored(near_.rows() == (by_user ? residual_.rows() : residual_.columns()),
                 "knn_model: a list of neighbors for every row");
    check_stored(neighbors_ != 0 && (additive_aggregator<Aggregate, T> || neighbors_ <= block),
                 "knn_model: as many neighbors as can vote");
    auto const said = std::move(raters_);
    *this = knn_model(std::move(base_), std::move(near_), std::move(residual_), neighbors_, std::move(aggregate_));
    check_stored(said == raters_, "knn_model: as many raters as there are in all rows");
  }

  // Known are those with a rating, and those with a neighbor: similarities need not come from ratings.
  [[nodiscard]] bool knows(user_id u) const noexcept { return !voters().row_of(u).empty() || has_neighbors(u); }
  [[nodiscard]] bool knows(item_id i) const noexcept {
    return (to_index(i) < raters_.size() && raters_[to_index(i)] != 0) || has_neighbors(i);
  }

  void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept {
    KINDRED_ASSERT(items.size() <= block && items.size() == out.size());
    base_.score(u, items, out);
    if constexpr (additive_aggregator<Aggregate, T>) {
      using sums = typename Aggregate::template sums<T>;
      if (are_few(u, items))
        return detail::look_votes_up<sums>(voters(), u, items, [&](std::size_t k, sums const& all) {
          out[k] += spread_of(base_, u, items[k]) * aggregate_.finish(all);
        });
    }
    add_votes<block>(u, item_block(items), out);
  }

  void score_range(user_id u, item_id first, std::span<T> out) const noexcept {
    KINDRED_ASSERT(out.size() <= range_block);
    score_range_of(base_, u, first, out);
    for (std::size_t from = 0; from != out.size();) {
      std::size_t const count = (std::min)(piece, out.size() - from);
      item_id const begin{to_index(first) + static_cast<index_t>(from)};
      add_votes<piece>(u, item_range(begin, count), out.subspan(from, count));
      from += count;
    }
  }

  // Whose votes made the score, and by how much each moved it.
  [[nodiscard]] explanation<T> explain(user_id u, item_id j, std::span<evidence<T>> out) const noexcept {
    constexpr auto kind = by_user ? evidence_kind::user : evidence_kind::item;
    T const scale = spread_of(base_, u, j);
    std::size_t count = 0;
    if constexpr (additive_aggregator<Aggregate, T>) {
      typename Aggregate::template sums<T> all{};
      voters().each_voter(u, j, [&](neighbor<T> const& s, T left) { all.add(s.value, left); });
      voters().each_voter(u, j, [&](neighbor<T> const& s, T left) {
        T const share = scale * aggregate_.share(all, s.value, left);
        count = keep_strongest(out, count, evidence<T>{kind, s.id, share});
      });
    } else {
      ballot const votes(*this, u, j);
      std::array<T, block> share;
      if (votes.count != 0) aggregate_.shares(votes.weights(), votes.values(), std::span<T>(share).first(votes.count));
      for (std::size_t k = 0; k != votes.count; ++k)
        count = keep_strongest(out, count, evidence<T>{kind, votes.id[k], scale * share[k]});
    }
    return {score_of(base_, u, j), count};
  }

  [[nodiscard]] Base const& base() const noexcept { return base_; }
  [[nodiscard]] Lists const& neighbors() const noexcept { return near_; }

  friend bool operator==(knn_model const&, knn_model const&) = default;

private:
  template <real, class, predictor>
  friend class live_knn_model;  // which patches the rows and lists

  // Sums of so many items are kept at once: what fits a first cache, or two.
  static constexpr std::size_t piece = [] {
    if constexpr (additive_aggregator<Aggregate, T>)
      return (std::min)(range_block, 65536 / sizeof(typename Aggregate::template sums<T>));
    else return range_block;
  }();

  // All votes on one item, for aggregators that have to see them at once.
  struct ballot {
    ballot(knn_model const& model, user_id u, item_id j) noexcept {
      model.voters().each_voter(u, j, [&](neighbor<T> const& s, T left) {
        id[count] = s.id;
        weight[count] = s.value;
        value[count++] = left;
      });
    }
    [[nodiscard]] std::span<T const> weights() const noexcept { return std::span(weight).first(count); }
    [[nodiscard]] std::span<T const> values() const noexcept { return std::span(value).first(count); }

    std::size_t count = 0;
    std::array<index_t, block> id;
    std::array<T, block> weight;
    std::array<T, block> value;
  };

  template <entity_id Id>
  [[nodiscard]] bool has_neighbors(Id which) const noexcept {
    if constexpr (std::same_as<Id, Side>) return !near_.of(to_index(which)).empty();
    else return false;
  }

  [[nodiscard]] auto voters() const noexcept {
    return detail::knn_voters<T, Side, Rows, Lists>{near_, residual_, across_, neighbors_};
  }

  // Adds to out[k] what the neighbors say of asked[k], of at most Most items.
  template <std::size_t Most, class Asked>
  void add_votes(user_id u, Asked const& asked, std::span<T> out) const noexcept {
    if constexpr (additive_aggregator<Aggregate, T>) {
      using sums = typename Aggregate::template sums<T>;
      if (voters().rows(u) == 0) return;
      std::array<sums, Most> all;
      std::fill_n(all.begin(), asked.size(), sums{});
      detail::sum_votes(voters(), u, asked, all);
      for (std::size_t k = 0; k != asked.size(); ++k)
        out[k] += spread_of(base_, u, asked[k]) * aggregate_.finish(all[k]);
    } else {
      for (std::size_t k = 0; k != asked.size(); ++k) {
        ballot const votes(*this, u, asked[k]);
        if (votes.count != 0) out[k] += spread_of(base_, u, asked[k]) * aggregate_(votes.weights(), votes.values());
      }
    }
  }

  // Whether it is quicker to go from every asked item to those who vote on it than along the rows of all voters.
  [[nodiscard]] bool are_few(user_id u, std::span<item_id const> items) const noexcept {
    std::size_t const rows = voters().rows(u);
    if (rows >= detail::vote_ranks<T>::most) return false;
    if constexpr (by_user) {
      std::size_t asked = 0;
      for (item_id const i : items) asked += to_index(i) < raters_.size() ? raters_[to_index(i)] : 0;
      return asked < 32 * rows;
    } else {
      return items.size() < rows;
    }
  }

  Base base_;
  Lists near_;
  Rows residual_;
  Rows across_;  // see knn_voters
  std::uint32_t neighbors_ = 0;
  [[no_unique_address]] Aggregate aggregate_ = {};
  std::vector<index_t> raters_;  // of every item, how many
};

// The two k-NN models, by whom they ask.
template <real T, predictor Base, aggregator<T> Aggregate = weighted_mean>
using user_knn_model = knn_model<T, user_id, Base, Aggregate>;
template <real T, predictor Base, aggregator<T> Aggregate = weighted_mean>
using item_knn_model = knn_model<T, item_id, Base, Aggregate>;

KINDRED_END
