// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/candidates.hpp>
#include <kindred/compose/recommender.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/score/batch_scorer.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/score/factored.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/row.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <utility>

KINDRED_BEGIN

// Says of an item, or of a user and an item, whether a list may have it. Must not throw; its answer must not change.
template <class P>
concept item_filter = std::predicate<P const&, item_id> || std::predicate<P const&, user_id, item_id>;

// True of what a user has rated: taste | without(seen_in(ratings)). Looks into the ratings, which must outlive it.
template <real T>
class seen_in {
public:
  explicit seen_in(ratings<T> const& data) noexcept : data_(&data) {}
  [[nodiscard]] bool operator()(user_id u, item_id i) const noexcept { return data_->contains(u, i); }

private:
  ratings<T> const* data_;
};

// Lists in which only items for which a filter is `Wanted` occur.
//
// With a filter of items, of a scorer: a scorer still, which does not know what it leaves out - so top_n leaves it out, and all else
// is as it was. With a filter of users and items, or of a recommender: a recommender. Explains and learns as its part does.
template <list_source S, item_filter P, bool Wanted>
class filtered {
  static constexpr bool by_item = std::predicate<P const&, item_id>;
  static constexpr bool scores = by_item && scorer<S>;

public:
  using value_type = value_t<S>;
  static constexpr bool calibrated = scores && predictor<S>;
  static constexpr double batch_tolerance = detail::batch_tolerance_of<S>();

  filtered(S part, P filter) : part_(std::move(part)), filter_(std::move(filter)) {}

  // With a filter that is storable; one that looks into ratings, or is a lambda, is not.
  static constexpr stored_format format{Wanted ? "only" : "without", 1};
  filtered(blank) : part_(detail::storage::made<S>()), filter_(detail::storage::made<P>()) {}
  static void fields(auto& self, auto& visit) {
    visit("part", self.part_);
    visit("filter", self.filter_);
  }

  [[nodiscard]] bool knows(user_id u) const noexcept
    requires scores
  {
    return part_.knows(u);
  }
  [[nodiscard]] bool knows(item_id i) const noexcept
    requires scores
  {
    return part_.knows(i) && static_cast<bool>(filter_(i)) == Wanted;
  }
  void score(user_id u, std::span<item_id const> items, std::span<value_type> out) const noexcept
    requires scores
  {
    part_.score(u, items, out);
  }
  void score_range(user_id u, item_id first, std::span<value_type> out) const noexcept
    requires(scores && range_scorer<S>)
  {
    part_.score_range(u, first, out);
  }
  void score_batch(std::span<user_id const> users, item_id first, std::span<value_type> out) const
    requires(scores && batch_scorer<S>)
  {
    part_.score_batch(users, first, out);
  }
  [[nodiscard]] bool batches() const noexcept
    requires scores
  {
    return batches_of(part_);
  }
  // The vectors of a factored part; those of what it leaves out are not known.
  [[nodiscard]] matrix_view<value_type> users() const noexcept
    requires(scores && factored<S>)
  {
    return part_.users();
  }
  [[nodiscard]] matrix_view<value_type> items() const noexcept
    requires(scores && factored<S>)
  {
    return part_.items();
  }
  [[nodiscard]] std::span<value_type const> item_biases() const noexcept
    requires(scores && factored<S>)
  {
    return item_biases_of(part_);
  }
  [[nodiscard]] explanation<value_type> explain(user_id u, item_id i,
                                                std::span<evidence<value_type>> out) const noexcept
    requires detail::says_why<S>
  {
    return part_.explain(u, i, out);
  }
  void update(user_id u, item_id i, value_type value)
    requires detail::takes_updates<S>
  {
    part_.update(u, i, value);
  }

  template <candidates C>
  std::size_t recommend(user_id user, C const& which, std::span<scored_item<value_type>> out) const noexcept
    requires(!scores)
  {
    return top_n(part_, user,
                 where(which,
                       [&](item_id i) {
                         if constexpr (by_item) return static_cast<bool>(filter_(i)) == Wanted;
                         else return static_cast<bool>(filter_(user, i)) == Wanted;
                       }),
                 out);
  }

  [[nodiscard]] S const& part() const noexcept { return part_; }

private:
  [[no_unique_address]] S part_;
  [[no_unique_address]] P filter_;
};

// without(model, sold_out): lists without what the filter is true of; only(model, in_stock): lists of nothing else.
template <list_source S, item_filter P>
[[nodiscard]] filtered<S, P, false> without(S model, P filter) {
  return {std::move(model), std::move(filter)};
}
template <list_source S, item_filter P>
[[nodiscard]] filtered<S, P, true> only(S model, P filter) {
  return {std::move(model), std::move(filter)};
}

KINDRED_END
