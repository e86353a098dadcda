// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/mean_tree.hpp>
#include <kindred/data/patchable_rows.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/neighbor/knn_model.hpp>
#include <kindred/neighbor/live_lists.hpp>
#include <kindred/neighbor/patchable_lists.hpp>
#include <kindred/neighbor/residuals.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/similarity/co_rated.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// A knn_model that takes in new ratings, users and items: what live_knn fits. `Knn` is the user_knn or item_knn recipe whose
// settings it keeps to, Base its trained base.
//
// It keeps the ratings, in rows by user and by item, besides what a knn_model has. An update costs about what finding the
// neighbors of one user or item costs, and again for everyone whose list of neighbors lost one; see update.
template <real T, class Knn, predictor Base>
class live_knn_model {
  using side = typename Knn::side;
  using similarity = decltype(Knn::similarity);
  using aggregate = decltype(Knn::aggregate);
  static constexpr bool by_user = std::same_as<side, user_id>;
  static constexpr bool on_residuals = requires { requires similarity::compares_residuals; };
  static constexpr bool keeps_columns = on_residuals && !by_user;  // of the residuals; the model does when by user
  static constexpr bool base_of_users = requires(Base& base, std::span<T const> all) { base.renew(user_id{}, all); };
  static constexpr bool base_of_items = requires(Base& base, std::span<T const> all) { base.renew(item_id{}, all); };

public:
  using value_type = T;
  static constexpr bool calibrated = true;

  live_knn_model(Knn how, ratings<T> const& data, knn_model<T, side, Base, aggregate> const& start)
      : how_(std::move(how)),
        model_(start.base_, patchable_lists<T>(start.near_, how_.candidates), patchable_rows<T>(start.residual_.view()),
               start.neighbors_, start.aggregate_),
        by_user_(data.by_user()),
        by_item_(data.by_item()),
        residual_by_item_(keeps_columns ? patchable_rows<T>(transposed(start.residual_).view()) : patchable_rows<T>()),
        sums_(detail::user_sums(data)),
        lists_(compared_rows()) {}

  [[nodiscard]] bool knows(user_id u) const noexcept { return model_.knows(u); }
  [[nodiscard]] bool knows(item_id i) const noexcept { return model_.knows(i); }
  void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept {
    model_.score(u, items, out);
  }
  void score_range(user_id u, item_id first, std::span<T> out) const noexcept { model_.score_range(u, first, out); }
  [[nodiscard]] explanation<T> explain(user_id u, item_id i, std::span<evidence<T>> out) const noexcept {
    return model_.explain(u, i, out);
  }

  [[nodiscard]] Base const& base() const noexcept { return model_.base(); }
  [[nodiscard]] patchable_lists<T> const& neighbors() const noexcept { return model_.neighbors(); }
  [[nodiscard]] index_t user_count() const noexcept { return by_user_.rows(); }
  [[nodiscard]] index_t item_count() const noexcept { return by_item_.rows(); }

  // What the user rated, in the training or by updates: see unseen.
  [[nodiscard]] sparse_row<T> of(user_id u) const noexcept { return detail::row_or_none(by_user_, to_index(u)); }

  // Takes in that u gives i this value. Afterwards the model is, bit by bit, what the recipe would fit to all ratings:
  // means and spreads of the base, deviations, neighbors. A base that is not of one user or item at a time (bias_als) is
  // held as it was fitted, and the model then that of a refit with held{base()}; fit anew when many ratings have come.
  //
  // Cost: the sum of the lengths of the columns of the changed row, once, and for every list that lost a neighbor; with a
  // base of means, changed deviations of one user or item on top. Throws error{data}, and changes nothing, when the value is
  // not finite or leaves no room for sums, or an id is the reserved one. Ends halfway, and keeps what it was told, when there
  // is no memory, or with error{numeric} when a similarity is not finite: the model can be asked and updated still, but fit it anew.
  void update(user_id u, item_id i, T value) {
    check(u, i, value);
    index_t const user = to_index(u), item = to_index(i);
    bool const wider = grow(user, item);
    if (by_user_.set(user, item, value)) ++model_.raters_[item];
    by_item_.set(item, user, value);
    renew_base(u, i);

    if constexpr (base_of_users) {
      for (index_t const other : by_user_.row(user).index) deviate(user, other);
    } else if constexpr (base_of_items) {
      for (index_t const other : by_item_.row(item).index) deviate(other, item);
    } else {
      deviate(user, item);
    }

    std::vector<index_t> changed{by_user ? user : item};
    if constexpr (on_residuals && by_user && base_of_items) {
      auto const all = by_item_.row(item).index;
      changed.assign(all.begin(), all.end());
    } else if constexpr (on_residuals && !by_user && base_of_users) {
      auto const all = by_user_.row(user).index;
      changed.assign(all.begin(), all.end());
    }
    if constexpr (reads_columns<similarity>) {
      if (wider) {
        changed.clear();
        for (index_t r = 0; r != model_.near_.rows(); ++r) changed.push_back(r);
      }
    }
    static_cast<void>(wider);
    renew_lists(changed);
  }

private:
  static void check(user_id u, item_id i, T value) {
    if (to_index(u) == index_limit || to_index(i) == index_limit)
      raise(error(error_kind::data) << "an update has the id " << index_limit << ", which is reserved");
    if (!fits_votes(value))
      raise(error(error_kind::data).at(to_index(u), to_index(i))
            << "user " << to_index(u) << " gives item " << to_index(i) << " the value " << value
            << "; it has to be a finite number, and not so large that sums overflow");
  }

  // Room for new users and items; whether the compared rows have more columns now.
  bool grow(index_t user, index_t item) {
    index_t const users = (std::max)(by_user_.rows(), user + 1), items = (std::max)(by_user_.columns(), item + 1);
    bool const more_users = users != by_user_.rows(), more_items = items != by_user_.columns();
    if (!more_users && !more_items) return false;
    by_item_.grow(items, users);
    model_.residual_.grow(users, items);
    if constexpr (keeps_columns) residual_by_item_.grow(items, users);
    model_.raters_.resize(items);
    model_.near_.grow(by_user ? users : items);
    if constexpr (by_user) model_.across_.grow(items, users);
    else model_.across_.grow(items, items);
    sums_.grow(users);
    by_user_.grow(users, items);  // which says how many there are: last, when there is memory for them everywhere
    return by_user ? more_items : more_users;
  }

  void renew_base(user_id u, item_id i) {
    Base& base = model_.base_;
    if constexpr (base_of_users) base.renew(u, by_user_.row(to_index(u)).value);
    if constexpr (base_of_items) base.renew(i, by_item_.row(to_index(i)).value);
    if constexpr (requires { base.renew_overall(T{}); }) {
      detail::mean_sums sums;
      sums.add(by_user_.row(to_index(u)).value, std::span<T const>());
      sums_.set(to_index(u), sums);
      base.renew_overall(sums_.all().mean(T{0}));
    }
  }

  void deviate(index_t user, index_t item) {
    auto const row = by_user_.row(user);
    T const rating = row.value[position_of(row.index, item)];
    T const expected = score_of(model_.base_, user_id{user}, item_id{item});
    T const left = deviation(model_.base_, user_id{user}, item_id{item}, rating, expected);
    model_.residual_.set(user, item, left);
    if constexpr (by_user) model_.across_.set(item, user, left);
    else if constexpr (keeps_columns) residual_by_item_.set(item, user, left);
  }

  // The matrix whose rows are compared, and the same by columns.
  [[nodiscard]] patchable_rows<T> const& compared_rows() const noexcept {
    if constexpr (on_residuals) return by_user ? model_.residual_ : residual_by_item_;
    else return by_user ? by_user_ : by_item_;
  }
  [[nodiscard]] patchable_rows<T> const& compared_columns() const noexcept {
    if constexpr (on_residuals) return by_user ? model_.across_ : model_.residual_;
    else return by_user ? by_item_ : by_user_;
  }

  void renew_lists(std::vector<index_t> const& changed) {
    // Only by item are lists walked the other way round as well.
    lists_.renew(
        how_.similarity, {compared_rows(), compared_columns()}, how_.min_shared, changed, model_.near_,
        [&](index_t r, index_t other, T value) {
          if constexpr (!by_user) model_.across_.set(other, r, value);
        },
        [&](index_t r, index_t other) {
          if constexpr (!by_user) model_.across_.erase(other, r);
        });
  }

  Knn how_;
  knn_model<T, side, Base, aggregate, patchable_rows<T>, patchable_lists<T>> model_;
  patchable_rows<T> by_user_;
  patchable_rows<T> by_item_;
  patchable_rows<T> residual_by_item_;
  detail::mean_tree sums_;
  detail::live_lists<T, similarity> lists_;
};

KINDRED_END
