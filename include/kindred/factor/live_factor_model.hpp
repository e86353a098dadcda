// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/settings.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/entry_patch.hpp>
#include <kindred/data/patchable_rows.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/explained_score.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/numbers_patch.hpp>
#include <kindred/factor/solve_rows.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/linalg/cholesky.hpp>
#include <kindred/linalg/gram.hpp>
#include <kindred/linalg/row_system.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/row.hpp>
#include <kindred/view/unchecked.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// A model of implicit_als that takes in events one by one, folds in people it has never seen, and says why.
//
// The vectors of items that were trained stay as they are, and with them what is unobserved: the Gram matrices of the
// training. A user's vector is the solution of the equations of their events - those of the recipe, solved exactly - and so is
// that of an item that training did not know, from the vectors of those who have it. So after an update a user scores as
// one does whom the training had with those events, had it held the items.
//
// With A the matrix of those equations, score(u, i) = sum over the events j of u of q_i' A^-1 q_j (a + e_j): what explain
// gives, an item a reason. (Hu, Koren and Volinsky, 2008, section 5.) Memory: the vectors, twice 8 bytes an event.
template <real T, class How>
class live_factor_model {
public:
  using value_type = T;
  static constexpr index_t most_factors = 1024;  // an explanation is worked out on the stack

  template <executor E>
  live_factor_model(How const& how, ratings<T> const& data, preference_model<T> const& trained, E& ex)
      : how_(how),
        columns_(trained.factors()),
        stride_(padded_size<T>(trained.factors())),
        user_(std::size_t{data.user_count()} * stride_, T{0}),
        item_(trained.items().data(), trained.items().data() + std::size_t{data.item_count()} * stride_),
        items_known_(data.item_count(), 0),
        by_user_(data.by_user()),
        by_item_(data.by_item()),
        items_trained_(detail::rows_in_use(data.by_item())),
        users_trained_(detail::rows_in_use(data.by_user())),
        from_items_(gram(ex, trained.items(), static_cast<T>(how.unobserved_weight))) {
    for (index_t u = 0; u != by_user_.rows(); ++u)
      for (T& x : by_user_.values(u)) x = how_.confidence(x);
    for (index_t i = 0; i != by_item_.rows(); ++i) {
      for (T& x : by_item_.values(i)) x = how_.confidence(x);
      items_known_[i] = by_item_.row(i).size() != 0 ? trained_item : unknown_item;
    }
    for_chunks(ex, by_user_.rows(), 64, [&](std::size_t first, std::size_t last) {
      room of(columns_);
      for (std::size_t u = first; u != last; ++u)
        if (auto const row = by_user_.row(static_cast<index_t>(u)); !row.empty())
          solve(user_equations(row), "user", u, {user_.data() + u * stride_, stride_}, of);
    });
    from_users_ = gram(ex, users(), static_cast<T>(how.unobserved_weight));
  }

  // Of the recipe, what is asked after the training is kept: its regularization and its confidence, which has to be storable.
  static constexpr stored_format format{"live_factor_model", 1};
  live_factor_model(blank) noexcept {}
  static void fields(auto& self, auto& visit)
    requires storable<decltype(How::confidence)>
  {
    visit("confidence", self.how_.confidence);
    visit("regularization", self.how_.regularization);
    visit("frequency_power", self.how_.frequency_power);
    visit("unobserved_weight", self.how_.unobserved_weight);
    visit.columns("items", self.columns_);
    std::size_t const stride = padded_size<T>(self.columns_);
    visit("users", self.user_, self.columns_, stride);
    visit("items", self.item_, self.columns_, stride);
    visit("known_items", self.items_known_);
    visit("events_by_user", self.by_user_);
    visit("events_by_item", self.by_item_);
    visit("items_trained", self.items_trained_);
    visit("users_trained", self.users_trained_);
    visit("gram_of_items", self.from_items_);
    visit("gram_of_users", self.from_users_);
  }
  void restore() {
    how_.factors = columns_;
    check_stored(columns_ <= most_factors, "live_factor_model: at most 1024 factors");
    stride_ = padded_size<T>(columns_);
    check_not_negative("live_factor_model: regularization", how_.regularization);
    check_not_negative("live_factor_model: frequency_power", how_.frequency_power);
    check_not_negative("live_factor_model: unobserved_weight", how_.unobserved_weight);
    check_stored(by_user_.columns() == by_item_.rows() && by_item_.columns() == by_user_.rows() &&
                     items_known_.size() == by_item_.rows(),
                 "live_factor_model: the same users and items everywhere");
    check_stored(user_.size() == by_user_.rows() * stride_ && item_.size() == by_item_.rows() * stride_,
                 "live_factor_model: a vector for everybody and everything");
    check_stored(from_items_.size() == stride_ * stride_ && from_users_.size() == stride_ * stride_,
                 "live_factor_model: two Gram matrices of the factors");
    for (std::uint8_t const state : items_known_)
      check_stored(state <= folded_item, "live_factor_model: a state that items can be in");
    // No score is larger. A vector that is not finite makes it infinite.
    double const reach = static_cast<double>(stride_) * largest_magnitude(std::span<T const>(user_)) *
                         largest_magnitude(std::span<T const>(item_));
    check_stored(is_finite(static_cast<T>(reach)), "live_factor_model: scores are finite");
    for (index_t u = 0; u != by_user_.rows(); ++u)
      for (T const w : by_user_.row(u).value) check_stored(w >= 0, "live_factor_model: weights are not negative");
    for (index_t i = 0; i != by_item_.rows(); ++i)
      for (T const w : by_item_.row(i).value) check_stored(w >= 0, "live_factor_model: weights are not negative");
    check_stored_numbers(from_items_, "live_factor_model");
    check_stored_numbers(from_users_, "live_factor_model");
  }

  [[nodiscard]] bool knows(user_id u) const noexcept {
    return to_index(u) < by_user_.rows() && !by_user_.row(to_index(u)).empty();
  }
  [[nodiscard]] bool knows(item_id i) const noexcept {
    return to_index(i) < items_known_.size() && items_known_[to_index(i)] != unknown_item;
  }

  void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept {
    score_each(taste(u), out, [&](std::size_t k) { return items[k]; });
  }
  void score_range(user_id u, item_id first, std::span<T> out) const noexcept {
    score_each(taste(u), out, [&](std::size_t k) { return item_id{to_index(first) + static_cast<index_t>(k)}; });
  }

  // What the user did, in the training or by updates, and what more each counts than none: see unseen.
  [[nodiscard]] sparse_row<T> of(user_id u) const noexcept { return detail::row_or_none(by_user_, to_index(u)); }
  [[nodiscard]] index_t item_count() const noexcept { return by_item_.rows(); }

  // Why u scores i as it does: the items of u, by what they add.
  [[nodiscard]] explanation<T> explain(user_id u, item_id i, std::span<evidence<T>> out) const noexcept {
    if (!knows(u) || !knows(i)) return {T{0}, 0};
    sparse_row<T> const row = by_user_.row(to_index(u));
    T const* const q = item_.data() + to_index(i) * stride_;
    return detail::explained_score<most_factors>(
        user_equations(row), q, kernel::dot(taste(u), q, stride_),
        [&](std::size_t k) { return static_cast<T>(how_.unobserved_weight) + row.value[k]; }, out);
  }

  // Takes in that u did something of this value to i. Whatever it throws, nothing has changed then.
  // O(events of u x factors^2 + factors^3).
  void update(user_id u, item_id i, T value) {
    if (to_index(u) == index_limit || to_index(i) == index_limit)
      raise(error(error_kind::data) << "an update has the id " << index_limit << ", which is reserved");
    T const weight = how_.confidence(value);
    if (!is_finite(value) || !is_finite(weight))
      raise(error(error_kind::data).at(to_index(u), to_index(i))
            << "the event of user " << to_index(u) << " and item " << to_index(i)
            << " has a value that is not finite, or too "
            << "large");
    grow(to_index(u), to_index(i));
    room of(columns_);
    detail::entry_patch by_user(by_user_, to_index(u), to_index(i), weight);
    detail::entry_patch by_item(by_item_, to_index(i), to_index(u), weight);
    std::span<T> const place(item_.data() + to_index(i) * stride_, stride_);
    detail::numbers_patch<T> item(place);
    std::vector<T> user(stride_, T{0});
    if (items_known_[to_index(i)] != trained_item)
      solve(item_equations(by_item_.row(to_index(i))), "item", to_index(i), place, of);
    solve(user_equations(by_user_.row(to_index(u))), "user", to_index(u), user, of);
    by_user.keep();
    by_item.keep();
    item.keep();
    std::copy(user.begin(), user.end(), user_.begin() + static_cast<std::ptrdiff_t>(to_index(u) * stride_));
    if (items_known_[to_index(i)] == unknown_item) items_known_[to_index(i)] = folded_item;
  }

  // The vector of somebody with these events, who is not kept: for visitors. Score with it by score_with. Indices are items,
  // ascending; those that are not known are passed over. Throws error{numeric} when a value is too large.
  [[nodiscard]] std::vector<T> taste_of(sparse_row<T> events) const {
    std::vector<index_t> index;
    std::vector<T> weight;
    index.reserve(events.size());
    weight.reserve(events.size());
    for (std::size_t k = 0; k != events.size(); ++k) {
      if (!knows(item_id{events.index[k]})) continue;
      index.push_back(events.index[k]);
      weight.push_back(how_.confidence(events.value[k]));
    }
    room of(columns_);
    std::vector<T> out(stride_, T{0});
    if (!index.empty()) solve(user_equations(sparse_row<T>{index, weight}), "visitor", 0, out, of);
    return out;
  }
  void score_with(std::span<T const> taste, std::span<item_id const> items, std::span<T> out) const noexcept {
    KINDRED_ASSERT(taste.size() == stride_);
    score_each(taste.data(), out, [&](std::size_t k) { return items[k]; });
  }

  [[nodiscard]] index_t factors() const noexcept { return columns_; }
  [[nodiscard]] matrix_view<T> users() const noexcept {
    return {unchecked, user_.data(), by_user_.rows(), columns_, stride_};
  }
  [[nodiscard]] matrix_view<T> items() const noexcept {
    return {unchecked, item_.data(), static_cast<index_t>(items_known_.size()), columns_, stride_};
  }

private:
  enum item_state : std::uint8_t { unknown_item, trained_item, folded_item };

  struct room {
    explicit room(std::size_t columns) : equations(cholesky{}.room<T>(columns)) {}
    cholesky::workspace<T> equations;
    std::vector<T> pull;
  };

  [[nodiscard]] row_system<T> user_equations(sparse_row<T> row) const noexcept {
    return {items(),   row.index,          row.value,
            row.value, from_items_.span(), static_cast<T>(how_.ridge(row.size(), items_trained_))};
  }
  [[nodiscard]] row_system<T> item_equations(sparse_row<T> row) const noexcept {
    return {users(),   row.index,          row.value,
            row.value, from_users_.span(), static_cast<T>(how_.ridge(row.size(), users_trained_))};
  }

  void solve(row_system<T> system, char const* whose, std::size_t id, std::span<T> x, room& of) const {
    of.pull.assign(system.weight.begin(), system.weight.end());
    for (T& p : of.pull) p += static_cast<T>(how_.unobserved_weight);
    system.pull = of.pull;
    if (!is_finite(cholesky{}.solve(system, x, of.equations)))
      raise(error(error_kind::numeric).at(id)
            << "the equations of " << whose << ' ' << id << " are not positive definite, or overflow");
  }

  // Room for both ids. What has no events is not known, so that this changes nothing that anybody sees.
  void grow(index_t u, index_t i) {
    index_t const users = (std::max)(by_user_.rows(), u + 1), items = (std::max)(by_item_.rows(), i + 1);
    user_.resize((std::max)(user_.size(), users * stride_), T{0});
    item_.resize((std::max)(item_.size(), items * stride_), T{0});
    items_known_.resize((std::max)(items_known_.size(), std::size_t{items}), unknown_item);
    by_user_.grow(users, items);  // behind the vectors: as many of them as rows are shown
    by_item_.grow(items, users);
  }

  [[nodiscard]] T const* taste(user_id u) const noexcept {
    return knows(u) ? user_.data() + to_index(u) * stride_ : nullptr;
  }
  template <class ItemAt>
  void score_each(T const* taste, std::span<T> out, ItemAt const& item_at) const noexcept {
    for (std::size_t k = 0; k != out.size(); ++k) {
      item_id const i = item_at(k);
      out[k] = taste != nullptr && knows(i) ? kernel::dot(taste, item_.data() + to_index(i) * stride_, stride_) : T{0};
    }
  }

  How how_ = {};
  index_t columns_ = 0;
  std::size_t stride_ = 0;
  std::vector<T> user_;
  std::vector<T> item_;
  std::vector<std::uint8_t> items_known_;
  patchable_rows<T> by_user_;  // what more an event counts than none
  patchable_rows<T> by_item_;
  index_t items_trained_ = 0;
  index_t users_trained_ = 0;
  buffer<T> from_items_;  // Gram matrices of the training, weighted
  buffer<T> from_users_;
};

KINDRED_END
