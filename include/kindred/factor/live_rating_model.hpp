// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/entry_patch.hpp>
#include <kindred/data/patchable_rows.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/explained_score.hpp>
#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/folding_factors.hpp>
#include <kindred/factor/numbers_patch.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/score/explainer.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

// A factor_model that takes in ratings one by one, folds in people it has never seen, and says why.
//
// The mean, and the biases and vectors of items that were trained, stay as they are. A user's bias and vector x = (p, b) are what
// minimizes, with y = (q, 1),
//
//   sum over the ratings r of u  (r - mean - b(i) - <x, y(i)>)^2  +  regularization n^frequency_power |x|^2,
//
// which is half a sweep of als; and so are those of an item that training did not know, of those who rated it. So after an update
// a user scores as one does whom als had with those ratings, had it held the items.
//
// With A the matrix of these equations, score(u, i) = mean + b(i) + sum over the items j of u of
// <y(i), A^-1 y(j)> (r(u, j) - mean - b(j)): what explain gives, an item a reason. Memory: the vectors, twice 8 bytes a rating.
template <real T>
class live_rating_model {
public:
  using value_type = T;
  static constexpr bool calibrated = true;
  static constexpr index_t most_factors = 1023;  // an explanation is worked out on the stack

  // Of at most that many factors. The strength of the ridge of n ratings is regularization n^frequency_power. Throws error{numeric}.
  template <executor E>
  live_rating_model(ratings<T> const& data, factor_model<T> const& trained, double regularization,
                    double frequency_power, E& ex)
      : factors_(trained, regularization, frequency_power), by_user_(data.by_user()), by_item_(data.by_item()) {
    grow(0, trained.items().rows());
    lay_ones();
    for_chunks(ex, by_user_.rows(), 64, [&](std::size_t first, std::size_t last) {
      room of(factors_.columns());
      for (std::size_t u = first; u != last; ++u) {
        user_id const user{static_cast<index_t>(u)};
        if (knows(user)) factors_.solve_user(by_user_.row(to_index(user)), "user", u, factors_.vector_of(user), of);
      }
    });
    if (!factors_.measure()) raise_overflow();
  }

  static constexpr stored_format format{"live_rating_model", 1};
  live_rating_model(blank b) noexcept : factors_(b) {}
  static void fields(auto& self, auto& visit) {
    visit("factors", self.factors_);
    visit("by_user", self.by_user_);
    visit("by_item", self.by_item_);
  }
  void restore() {
    check_stored(factors_.columns() <= most_factors + 1, "live_rating_model: at most 1023 factors");
    index_t const users = by_user_.rows(), items = by_item_.rows();
    check_stored(by_user_.columns() == items && by_item_.columns() == users && factors_.users().rows() == users &&
                     factors_.items().rows() == items,
                 "live_rating_model: the same users and items everywhere");
    lay_ones();
  }

  [[nodiscard]] bool knows(user_id u) const noexcept {
    return to_index(u) < by_user_.rows() && !by_user_.row(to_index(u)).empty();
  }
  [[nodiscard]] bool knows(item_id i) const noexcept { return factors_.knows(i); }
  void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept {
    factors_.score_each(taste(u), out, [&](std::size_t k) { return items[k]; });
  }
  void score_range(user_id u, item_id first, std::span<T> out) const noexcept {
    factors_.score_each(taste(u), out,
                        [&](std::size_t k) { return item_id{to_index(first) + static_cast<index_t>(k)}; });
  }

  // What the user rated, in the training or by updates: see unseen.
  [[nodiscard]] sparse_row<T> of(user_id u) const noexcept { return detail::row_or_none(by_user_, to_index(u)); }
  [[nodiscard]] index_t item_count() const noexcept { return by_item_.rows(); }

  // Why u scores i as it does: the items of u, by what they add to the base, the mean and the item's bias.
  [[nodiscard]] explanation<T> explain(user_id u, item_id i, std::span<evidence<T>> out) const noexcept {
    T score{};
    factors_.score_each(taste(u), std::span<T>(&score, 1), [&](std::size_t) { return i; });
    if (!knows(u) || !knows(i)) return {score, 0};
    sparse_row<T> const row = by_user_.row(to_index(u));
    std::span<T const> const ones = std::span<T const>(one_).first(row.size());
    return detail::explained_score<most_factors + 1>(
        factors_.equations(items(), row.index, ones, ones), factors_.row_of(i), score,
        [&](std::size_t k) { return row.value[k] - mean() - item_biases()[row.index[k]]; }, out);
  }

  // Takes in that u gives this value to i, for the first time or instead of another. Whatever it throws, nothing has changed then.
  // O(ratings of u x factors^2 + factors^3), and for an item that was not trained as much for its ratings.
  void update(user_id u, item_id i, T value) {
    if (to_index(u) == index_limit || to_index(i) == index_limit)
      raise(error(error_kind::data) << "an update has the id " << index_limit << ", which is reserved");
    if (!is_finite(value))
      raise(error(error_kind::data).at(to_index(u), to_index(i))
            << "the rating of user " << to_index(u) << " and item " << to_index(i) << " is not finite");
    grow(to_index(u) + 1, to_index(i) + 1);
    room of(factors_.columns());
    detail::entry_patch by_user(by_user_, to_index(u), to_index(i), value);
    detail::entry_patch by_item(by_item_, to_index(i), to_index(u), value);
    auto const place = factors_.vector_of(i);
    detail::numbers_patch<T> vector(place);
    detail::numbers_patch<T> bias(std::span<T>(&factors_.bias_of(i), 1));
    std::vector<T> user(factors_.stride(), T{0});
    auto now = factors_.reach();
    if (!factors_.was_trained(i)) factors_.solve_item(i, by_item_.row(to_index(i)), of);
    factors_.solve_user(by_user_.row(to_index(u)), "user", to_index(u), user, of);
    now.take_in(place, factors_.bias_of(i));
    now.take_in(user);
    if (!factors_.allows(now)) raise_overflow();
    one_.resize((std::max)(one_.size(), by_user_.row(to_index(u)).size()), T{1});
    by_user.keep();
    by_item.keep();
    vector.keep();
    bias.keep();
    std::copy(user.begin(), user.end(), factors_.vector_of(u).begin());
    factors_.set_known(i);
    factors_.set_reach(now);
  }

  // The vector of somebody with these ratings, who is not kept: for visitors. Score with it by score_with. Indices are items,
  // ascending; those that are not known are passed over. Throws error{numeric} when a value is too large.
  [[nodiscard]] std::vector<T> taste_of(sparse_row<T> seen) const {
    std::vector<index_t> index;
    std::vector<T> value;
    for (std::size_t k = 0; k != seen.size(); ++k) {
      if (!knows(item_id{seen.index[k]})) continue;
      index.push_back(seen.index[k]);
      value.push_back(seen.value[k]);
    }
    room of(factors_.columns());
    std::vector<T> out(factors_.stride(), T{0});
    if (!index.empty()) factors_.solve_user(sparse_row<T>{index, value}, "visitor", 0, out, of);
    auto now = factors_.reach();
    now.take_in(out);
    if (!factors_.allows(now)) raise_overflow();
    return out;
  }
  void score_with(std::span<T const> taste, std::span<item_id const> items, std::span<T> out) const noexcept {
    KINDRED_ASSERT(taste.size() == factors_.stride());
    factors_.score_each(taste.data(), out, [&](std::size_t k) { return items[k]; });
  }

  [[nodiscard]] T mean() const noexcept { return factors_.mean(); }
  // The vector of a user with the bias behind it, that of an item with a one: see factored.
  [[nodiscard]] matrix_view<T> users() const noexcept { return factors_.users(); }
  [[nodiscard]] matrix_view<T> items() const noexcept { return factors_.items(); }
  [[nodiscard]] std::span<T const> item_biases() const noexcept { return factors_.item_biases(); }

private:
  using room = typename detail::folding_factors<T>::room;

  // Room for so many users and items. Who has no ratings is not known, so that this changes nothing that anybody sees.
  void grow(index_t users, index_t items) {
    by_user_.grow(users, items);
    by_item_.grow(items, users);
    factors_.grow(by_user_.rows(), by_item_.rows());
  }
  // As many ones as anybody has ratings: what an explanation weighs them by, without memory of its own.
  void lay_ones() {
    std::size_t most = 0;
    for (index_t u = 0; u != by_user_.rows(); ++u) most = (std::max)(most, by_user_.row(u).size());
    one_.assign(most, T{1});
  }
  [[noreturn]] static void raise_overflow() {
    raise(error(error_kind::numeric)
          << "live_rating_model: ratings of this size overflow; divide them all by one number");
  }
  [[nodiscard]] T const* taste(user_id u) const noexcept { return knows(u) ? factors_.row_of(u) : nullptr; }

  detail::folding_factors<T> factors_;
  patchable_rows<T> by_user_;
  patchable_rows<T> by_item_;
  std::vector<T> one_;
};

KINDRED_END
