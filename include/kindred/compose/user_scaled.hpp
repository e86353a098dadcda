// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/top_n_each.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/score/batch_scorer.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/score/updatable.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// A scorer whose scores are multiplied by a number of each user's: 1 for users beyond those.
//
// For blends of what is scaled differently from user to user. A neighborhood's scores grow with how much a user has
// clicked, a factorization's do not; one weight for all users would then be many. The order of a user's items stays as it is.
// scale_users fits the numbers. No predictor, whatever is scaled. Learns when its part does; the numbers stay as they are.
template <scorer S>
class user_scaled {
public:
  using value_type = value_t<S>;
  static constexpr double batch_tolerance = detail::batch_tolerance_of<S>();

  // Throws error{numeric} with the user whose number is not positive and finite.
  user_scaled(S part, std::vector<value_type> factor) : part_(std::move(part)), factor_(std::move(factor)) {
    for (std::size_t u = 0; u != factor_.size(); ++u)
      if (!is_finite(factor_[u]) || !(factor_[u] > 0))
        raise(error(error_kind::numeric).at(u) << "user_scaled: the factor of user " << u << " is " << factor_[u]
                                               << "; it has to be positive and finite");
  }

  static constexpr stored_format format{"user_scaled", 1};
  user_scaled(blank) : part_(detail::storage::made<S>()) {}
  static void fields(auto& self, auto& visit) {
    visit("part", self.part_);
    visit("factors", self.factor_);
  }
  void restore() const {
    check_stored_numbers(factor_, "user_scaled");
    for (value_type const x : factor_) check_stored(x > 0, "user_scaled: factors are more than zero");
  }

  [[nodiscard]] value_type factor(user_id u) const noexcept {
    return to_index(u) < factor_.size() ? factor_[to_index(u)] : value_type{1};
  }

  [[nodiscard]] bool knows(user_id u) const noexcept { return part_.knows(u); }
  [[nodiscard]] bool knows(item_id i) const noexcept { return part_.knows(i); }
  void score(user_id u, std::span<item_id const> items, std::span<value_type> out) const noexcept {
    part_.score(u, items, out);
    scale(u, out);
  }
  void score_range(user_id u, item_id first, std::span<value_type> out) const noexcept
    requires range_scorer<S>
  {
    part_.score_range(u, first, out);
    scale(u, out);
  }
  void score_batch(std::span<user_id const> users, item_id first, std::span<value_type> out) const
    requires batch_scorer<S>
  {
    part_.score_batch(users, first, out);
    std::size_t const items = users.empty() ? 0 : out.size() / users.size();
    for (std::size_t k = 0; k != users.size(); ++k) scale(users[k], out.subspan(k * items, items));
  }
  [[nodiscard]] bool batches() const noexcept { return batches_of(part_); }
  [[nodiscard]] explanation<value_type> explain(user_id u, item_id i,
                                                std::span<evidence<value_type>> out) const noexcept
    requires explainer<S>
  {
    auto said = part_.explain(u, i, out);
    said.base *= factor(u);
    for (std::size_t k = 0; k != said.count; ++k) out[k].share *= factor(u);
    return said;
  }

  void update(user_id u, item_id i, value_type value)
    requires updatable<S>
  {
    part_.update(u, i, value);
  }

  [[nodiscard]] S const& part() const noexcept { return part_; }

private:
  void scale(user_id u, std::span<value_type> scores) const noexcept {
    value_type const by = factor(u);
    for (value_type& x : scores) x *= by;
  }

  [[no_unique_address]] S part_;
  std::vector<value_type> factor_;
};

// Scales each user by the mean score of the best `depth` items that the user has not seen: it becomes 1. Users of whom that
// mean is not positive are left as they are. Costs a list of `depth` items a user; parallel over users.
template <scorer S, executor E>
[[nodiscard]] user_scaled<S> scale_users(S model, ratings<value_t<S>> const& seen, std::size_t depth, E& ex) {
  using T = value_t<S>;
  auto const lists = recommend_all(model, seen, depth, ex);
  std::vector<T> factor(lists.size(), T{1});
  for (std::size_t u = 0; u != lists.size(); ++u) {
    double sum = 0;
    for (auto const& one : lists[u]) sum += static_cast<double>(one.value);
    T const by = static_cast<T>(static_cast<double>(lists[u].size()) / sum);
    if (sum > 0 && is_finite(by) && by > 0) factor[u] = by;
  }
  return {std::move(model), std::move(factor)};
}

// A recipe whose model is scaled user by user, for parts of click_stacking:
//
//   kindred::fit(kindred::scaled_by_user{kindred::implicit_als<>{}}, clicks, pool)
template <class How>
struct scaled_by_user {
  How how = {};
  std::uint32_t depth = 50;

  template <real T, executor E, observer O>
    requires recipe<How, ratings<T>>
  [[nodiscard]] auto fit(ratings<T> const& data, E& ex, O& watch) const {
    if (depth == 0) raise(error(error_kind::setting) << "scaled_by_user: depth = 0; it has to be one or more");
    auto done = how.fit(data, ex, watch);
    auto model = scale_users(std::move(done.model), data, depth, ex);
    return fitted<decltype(model)>{std::move(model), done.report};
  }
};

template <class How>
scaled_by_user(How) -> scaled_by_user<How>;

KINDRED_END
