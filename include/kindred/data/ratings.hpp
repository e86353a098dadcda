// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/scratch.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/observations.hpp>
#include <kindred/data/on_duplicate.hpp>
#include <kindred/data/rating_table.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/row.hpp>
#include <kindred/view/unchecked.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

struct rows_in_passes;

}  // namespace detail

// Who rated what, and how: the data set that recipes learn from. Immutable, validated once, stored in both orientations.
//
// Rows are users, columns items. 16 bytes a rating for float (8 in each orientation), 8 more with times, 8 more with
// weights. An id without a rating is an empty row, not an error. After construction every value is finite, every (user,
// item) occurs once, and every row ascends; nothing downstream checks again. The result does not depend on the order of
// the observations (but see on_duplicate for two of one user and item).
template <real T>
class ratings {
public:
  using value_type = T;

  ratings() = default;
  ratings(ratings const&) = default;
  ratings(ratings&&) noexcept = default;
  ~ratings() = default;
  // All or nothing: a copy for which there is no memory leaves what was there.
  ratings& operator=(ratings const& other) {
    *this = ratings(other);
    return *this;
  }
  ratings& operator=(ratings&&) noexcept = default;

  // Builds from observations. Throws error: shape when columns differ in length or ids exceed what `size` says; data when
  // a value is not finite, a weight is not a positive number, or a duplicate is met under on_duplicate::error.
  // O(ratings + users + items) time.
  [[nodiscard]] static ratings from(rating_table<T> const& table, on_duplicate policy = on_duplicate::error,
                                    population size = {}) {
    return ratings(table, policy, size);
  }
  [[nodiscard]] static ratings from(std::span<rating<T> const> triples, on_duplicate policy = on_duplicate::error,
                                    population size = {}) {
    rating_table<T> table;
    table.user.reserve(triples.size());
    table.item.reserve(triples.size());
    table.value.reserve(triples.size());
    for (rating<T> const& r : triples) table.add(r.user, r.item, r.value);
    return from(table, policy, size);
  }

  // None yet, of which what is read or made lies in `place`: see io/map_ratings.hpp and ratings_from_rows.
  explicit ratings(scratch const& place) : place_(&place) {}
  explicit ratings(scratch const&& place) = delete;  // it has to outlive them
  // Where these lie, and where what is made of them should; nullptr for memory.
  [[nodiscard]] scratch const* place() const noexcept { return place_; }

  // Kept are the rows by user; those by item follow.
  static constexpr stored_format format{"ratings", 1};
  static void fields(auto& self, auto& visit) {
    visit("user_offset", self.user_offset_);
    visit("item_offset", self.item_offset_);
    visit("item", self.item_);
    visit("value", self.value_);
    visit("time", self.time_);
    visit("weight", self.weight_);
  }
  void restore();

  [[nodiscard]] index_t user_count() const noexcept { return users_; }
  [[nodiscard]] index_t item_count() const noexcept { return items_; }
  [[nodiscard]] std::size_t size() const noexcept { return item_.size(); }
  [[nodiscard]] bool empty() const noexcept { return item_.empty(); }
  [[nodiscard]] bool timed() const noexcept { return !time_.empty(); }
  [[nodiscard]] bool weighted() const noexcept { return !weight_.empty(); }

  // The ratings in rows by user (columns are items), and in rows by item (columns are users).
  [[nodiscard]] csr_view<T> by_user() const noexcept {
    return {unchecked, user_offset_.span(), item_.span(), value_.span(), items_};
  }
  [[nodiscard]] csr_view<T> by_item() const noexcept {
    return {unchecked, item_offset_.span(), user_.span(), value_by_item_.span(), users_};
  }

  // What one user rated, or who rated one item; empty for an id that the data do not reach.
  [[nodiscard]] sparse_row<T> of(user_id u) const noexcept {
    return to_index(u) < users_ ? by_user().row(to_index(u)) : sparse_row<T>{};
  }
  [[nodiscard]] sparse_row<T> of(item_id i) const noexcept {
    return to_index(i) < items_ ? by_item().row(to_index(i)) : sparse_row<T>{};
  }

  // Times and weights of a user's ratings, in the order of of(user); empty when the data have none.
  [[nodiscard]] std::span<std::int64_t const> times(user_id u) const noexcept { return row_of(u, time_); }
  [[nodiscard]] std::span<T const> weights(user_id u) const noexcept { return row_of(u, weight_); }
  // Weights in the order of of(item).
  [[nodiscard]] std::span<T const> weights(item_id i) const noexcept {
    if (weight_.empty() || to_index(i) >= items_) return {};
    auto const first = static_cast<std::size_t>(item_offset_[to_index(i)]);
    return weight_by_item_.span().subspan(first, of(i).size());
  }

  [[nodiscard]] bool contains(user_id u, item_id i) const noexcept {
    auto const index = of(u).index;
    return position_of(index, to_index(i)) != index.size();
  }

  // The ratings k, numbered along by_user(), for which keep[k] is not zero; the same population. O(size).
  [[nodiscard]] ratings selected(std::span<std::uint8_t const> keep) const {
    if (keep.size() != size())
      raise(error(error_kind::shape) << "a selection of " << keep.size() << " marks for " << size() << " ratings");
    std::size_t kept = 0;
    for (std::uint8_t const mark : keep) kept += mark != 0 ? 1 : 0;
    ratings part;
    part.place_ = place_;
    part.resize({users_, items_}, {}, kept, timed(), weighted());
    std::size_t at = 0;
    for (index_t u = 0; u != users_; ++u) {
      for (auto k = static_cast<std::size_t>(user_offset_[u]); k != user_offset_[u + 1]; ++k) {
        if (keep[k] == 0) continue;
        part.item_[at] = item_[k];
        part.value_[at] = value_[k];
        if (timed()) part.time_[at] = time_[k];
        if (weighted()) part.weight_[at] = weight_[k];
        ++at;
      }
      part.user_offset_[u + 1] = at;
    }
    part.transpose();
    return part;
  }

  // The same ratings with other values, numbered along by_user(); times and weights stay. Throws error: shape when there are
  // more or fewer than size(), numeric when one is not finite. O(size).
  [[nodiscard]] ratings with_values(std::vector<T> const& value) const {
    if (value.size() != size())
      raise(error(error_kind::shape) << value.size() << " values for " << size() << " ratings");
    for (index_t u = 0; u != users_; ++u)
      for (auto k = static_cast<std::size_t>(user_offset_[u]); k != user_offset_[u + 1]; ++k)
        if (!is_finite(value[k]))
          raise(error(error_kind::numeric).at(u, item_[k])
                << "the value given to user " << u << " and item " << item_[k] << " is not a finite number");
    ratings other = *this;
    buffer<offset_t> next = item_offset_;
    for (std::size_t k = 0; k != item_.size(); ++k) {
      other.value_[k] = value[k];
      other.value_by_item_[static_cast<std::size_t>(next[item_[k]]++)] = value[k];
    }
    return other;
  }

  // Wherever they lie.
  friend bool operator==(ratings const& a, ratings const& b) noexcept {
    return a.user_offset_ == b.user_offset_ && a.item_offset_ == b.item_offset_ && a.item_ == b.item_ &&
           a.value_ == b.value_ && a.time_ == b.time_ && a.weight_ == b.weight_;
  }

private:
  friend struct detail::rows_in_passes;

  ratings(rating_table<T> const& seen, on_duplicate policy, population size) {
    resize(size, detail::validate(seen), seen.size(), seen.timed(), seen.weighted());
    end_rows(append(0, seen, policy, [](offset_t k) { return k; }));
  }

  // Room for as many ratings, to be filled by user and then transposed, of the population said or else of that reached.
  void resize(population said, population reached, std::size_t size, bool timed, bool weighted) {
    users_ = said.users != 0 ? said.users : reached.users;
    items_ = said.items != 0 ? said.items : reached.items;
    if (reached.users > users_ || reached.items > items_)
      raise(error(error_kind::shape) << "ids reach " << reached.users << " users and " << reached.items
                                     << " items, but the population was given as " << users_ << " and " << items_);
    user_offset_ = buffer<offset_t>(std::size_t{users_} + 1, 0);
    item_ = detail::room_in<index_t>(place_, size);
    value_ = detail::room_in<T>(place_, size);
    time_ = detail::room_in<std::int64_t>(place_, timed ? size : 0);
    weight_ = detail::room_in<T>(place_, weighted ? size : 0);
  }

  // Puts the observations of users that have none yet behind those that there are, which are `count`. Returns how many there are then.
  template <class Number>
  [[nodiscard]] std::size_t append(std::size_t count, rating_table<T> const& seen, on_duplicate policy,
                                   Number const& number) {
    auto const order = detail::sort_by_user_and_item(seen, users_, items_);
    for (std::size_t k = 0; k != order.size(); ++count) {
      user_id const u = seen.user[order[k]];
      item_id const i = seen.item[order[k]];
      std::size_t last = k + 1;
      while (last != order.size() && seen.user[order[last]] == u && seen.item[order[last]] == i) ++last;
      auto const one = detail::merge(seen, std::span<offset_t const>(order.data() + k, last - k), policy, number);
      item_[count] = to_index(i);
      value_[count] = one.value;
      if (seen.timed()) time_[count] = one.time;
      if (seen.weighted()) weight_[count] = one.weight;
      ++user_offset_[to_index(u) + 1];
      k = last;
    }
    return count;
  }
  void end_rows(std::size_t count) {
    item_.shrink(count);
    value_.shrink(count);
    if (timed()) time_.shrink(count);
    if (weighted()) weight_.shrink(count);
    for (index_t u = 0; u != users_; ++u) user_offset_[u + 1] += user_offset_[u];
    transpose();
  }

  // Fills the orientation by item from the one by user. Users ascend in every row because they are met in order.
  void transpose() {
    item_offset_ = buffer<offset_t>(std::size_t{items_} + 1, 0);
    for (index_t const i : item_) ++item_offset_[i + 1];
    detail::counts_to_starts(item_offset_);
    user_ = detail::room_in<index_t>(place_, size());
    value_by_item_ = detail::room_in<T>(place_, size());
    weight_by_item_ = detail::room_in<T>(place_, weight_.size());
    auto const start = [&](std::size_t i) { return i == items_ ? offset_t{size()} : item_offset_[i + 1]; };
    auto const fill = [&](std::size_t first, std::size_t last) {
      for (index_t u = 0; u != users_; ++u) {
        auto const begin = static_cast<std::size_t>(user_offset_[u]),
                   end = static_cast<std::size_t>(user_offset_[u + 1]);
        auto const row = item_.span().subspan(begin, end - begin);
        std::size_t k = begin;
        if (first != 0) k += first_not_below(row, static_cast<index_t>(first));
        for (; k != end && item_[k] < last; ++k) {
          auto const at = static_cast<std::size_t>(item_offset_[item_[k] + 1]++);
          user_[at] = u;
          value_by_item_[at] = value_[k];
          if (weighted()) weight_by_item_[at] = weight_[k];
        }
      }
    };
    detail::fill_in_blocks(place_, items_, sizeof(index_t) + 2 * sizeof(T), start, fill);
  }

  template <class V>
  [[nodiscard]] std::span<V const> row_of(user_id u, buffer<V> const& column) const noexcept {
    if (column.empty() || to_index(u) >= users_) return {};
    return column.span().subspan(static_cast<std::size_t>(user_offset_[to_index(u)]), of(u).size());
  }

  scratch const* place_ = nullptr;
  index_t users_ = 0;
  index_t items_ = 0;
  buffer<offset_t> user_offset_ = buffer<offset_t>(1, 0);
  buffer<index_t> item_;
  buffer<T> value_;
  buffer<std::int64_t> time_;
  buffer<T> weight_;
  buffer<offset_t> item_offset_ = buffer<offset_t>(1, 0);
  buffer<index_t> user_;
  buffer<T> value_by_item_;
  buffer<T> weight_by_item_;
};

template <real T>
void ratings<T>::restore() {
  check_stored(!user_offset_.empty() && !item_offset_.empty(),
               "ratings: an offset for every user and item, and one more");
  check_stored_offsets(user_offset_, item_.size(), "ratings by user");
  check_stored_offsets(item_offset_, item_.size(), "ratings by item");
  check_stored(value_.size() == item_.size() && (time_.empty() || time_.size() == item_.size()) &&
                   (weight_.empty() || weight_.size() == item_.size()),
               "ratings: as many values, times and weights as items");
  users_ = static_cast<index_t>(user_offset_.size() - 1);
  items_ = static_cast<index_t>(item_offset_.size() - 1);
  for (index_t u = 0; u != users_; ++u)
    for (auto k = static_cast<std::size_t>(user_offset_[u]); k != user_offset_[u + 1]; ++k)
      check_stored(item_[k] < (k + 1 == user_offset_[u + 1] ? items_ : item_[k + 1]), "ratings: items ascend");
  check_stored_numbers(value_, "ratings");
  check_stored_numbers(weight_, "weights of ratings");
  for (T const w : weight_) check_stored(w > 0, "ratings: weights are more than zero");
  auto const said = std::move(item_offset_);
  transpose();
  check_stored(said == item_offset_, "ratings: as many of every item as there are in all rows");
}

KINDRED_END
