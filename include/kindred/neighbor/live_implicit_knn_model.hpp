// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/patchable_rows.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/neighbor/implicit_knn_model.hpp>
#include <kindred/neighbor/live_lists.hpp>
#include <kindred/neighbor/patchable_lists.hpp>
#include <kindred/neighbor/residuals.hpp>
#include <kindred/score/explainer.hpp>
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

// An implicit_knn_model that takes in new clicks, users and items: what live_knn fits of an implicit recipe. `Knn` is the
// implicit_user_knn or implicit_item_knn whose settings it keeps to.
//
// It keeps the clicks, in rows by user and by item, and the neighbors, besides what an implicit_knn_model has.
template <real T, class Knn>
class live_implicit_knn_model {
  using side = typename Knn::side;
  using similarity = decltype(Knn::similarity);
  static constexpr bool by_user = std::same_as<side, user_id>;

public:
  using value_type = T;

  live_implicit_knn_model(Knn how, ratings<T> const& data, implicit_knn_model<T, side> const& start)
      : how_(std::move(how)),
        model_(patchable_rows<T>(start.voices().view()), patchable_rows<T>(start.words().view()), start.known_),
        by_user_(data.by_user()),
        by_item_(data.by_item()),
        near_(how_.neighbors),
        lists_(rows()) {
    near_.grow(rows().rows());
    patchable_rows<T> const& near_by = near_rows();
    for (index_t r = 0; r != near_by.rows(); ++r) {
      auto const row = near_by.row(r);
      std::vector<neighbor<T>> list;
      for (std::size_t k = 0; k != row.size(); ++k) list.push_back({row.index[k], row.value[k]});
      near_.replace(r, std::move(list));
    }
  }

  [[nodiscard]] bool knows(user_id u) const noexcept { return model_.knows(u); }
  [[nodiscard]] bool knows(item_id i) const noexcept { return model_.knows(i); }
  void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept {
    model_.score(u, items, out);
  }
  void score_range(user_id u, item_id first, std::span<T> out) const noexcept { model_.score_range(u, first, out); }
  [[nodiscard]] explanation<T> explain(user_id u, item_id i, std::span<evidence<T>> out) const noexcept {
    return model_.explain(u, i, out);
  }

  [[nodiscard]] patchable_lists<T> const& neighbors() const noexcept { return near_; }
  [[nodiscard]] index_t user_count() const noexcept { return by_user_.rows(); }
  [[nodiscard]] index_t item_count() const noexcept { return by_item_.rows(); }

  // What the user has, in the training or by updates: see unseen.
  [[nodiscard]] sparse_row<T> of(user_id u) const noexcept { return detail::row_or_none(by_user_, to_index(u)); }

  // Takes in that u has i, with this value, which similarities may heed. Afterwards the model scores and explains, bit by
  // bit, as what the recipe would fit to everything seen.
  //
  // Cost: the sum of the lengths of the columns of the changed row, once, and for every list that lost a neighbor. Throws
  // error{data}, and changes nothing, when the value is not finite or leaves no room for sums, or an id is the reserved one. Ends
  // halfway, and keeps what it was told, when there is no memory, or with error{numeric} when a similarity is not finite: the model
  // can be asked and updated still, but fit it anew.
  void update(user_id u, item_id i, T value) {
    index_t const user = to_index(u), item = to_index(i);
    if (user == index_limit || item == index_limit)
      raise(error(error_kind::data) << "an update has the id " << index_limit << ", which is reserved");
    if (!fits_votes(value))
      raise(error(error_kind::data).at(user, item)
            << "user " << user << " has item " << item << " with the value " << value
            << "; it has to be a finite number, and not so large that sums overflow");
    bool const wider = grow(user, item);
    by_user_.set(user, item, value);
    by_item_.set(item, user, value);
    (by_user ? model_.words_ : model_.voices_).set(user, item, T{1});
    model_.known_[item] = 1;

    std::vector<index_t> changed{by_user ? user : item};
    if (reads_columns<similarity> && wider) {
      changed.clear();
      for (index_t r = 0; r != near_.rows(); ++r) changed.push_back(r);
    }
    patchable_rows<T>& near_by = by_user ? model_.voices_ : model_.words_;
    lists_.renew(
        how_.similarity, {rows(), by_user ? by_item_ : by_user_}, how_.min_shared, changed, near_,
        [&](index_t r, index_t other, T nearness) { near_by.set(r, other, nearness); },
        [&](index_t r, index_t other) { near_by.erase(r, other); });
  }

private:
  // The matrix whose rows are compared, and the lists of neighbors as rows.
  [[nodiscard]] patchable_rows<T> const& rows() const noexcept { return by_user ? by_user_ : by_item_; }
  [[nodiscard]] patchable_rows<T> const& near_rows() const noexcept { return by_user ? model_.voices_ : model_.words_; }

  // Room for new users and items; whether the compared rows have more columns now.
  bool grow(index_t user, index_t item) {
    index_t const users = (std::max)(by_user_.rows(), user + 1), items = (std::max)(by_user_.columns(), item + 1);
    bool const more_users = users != by_user_.rows(), more_items = items != by_user_.columns();
    if (!more_users && !more_items) return false;
    by_item_.grow(items, users);
    model_.voices_.grow(users, by_user ? users : items);
    model_.words_.grow(by_user ? users : items, items);
    model_.known_.resize(items);
    near_.grow(by_user ? users : items);
    by_user_.grow(users, items);  // which says how many there are: last, when there is memory for them everywhere
    return by_user ? more_items : more_users;
  }

  Knn how_;
  implicit_knn_model<T, side, patchable_rows<T>> model_;
  patchable_rows<T> by_user_;
  patchable_rows<T> by_item_;
  patchable_lists<T> near_;
  detail::live_lists<T, similarity> lists_;
};

KINDRED_END
