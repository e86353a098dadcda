// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/data/total_weight.hpp>
#include <kindred/run/random.hpp>
#include <kindred/solve/balanced_groups.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// Users dealt out to small batches, for stochastic gradient descent in which the vector of a user is a sum over many vectors
// that others use as well, as in SVD++: parallel, and still the same bits on any number of threads.
//
// A batch is learned from in two halves. In the first, users are independent: each walks through its own ratings, in an order drawn
// once for all epochs, with what is shared held fixed. In the second, items are independent: they are cut into ranges, and each range
// takes its part of the row of every user of the batch. 64 users at a time are so few that what is shared is hardly older than
// it would be if one user followed the other. The batches depend on the data and the seed, never on the threads.
//
// Memory: 12 bytes a user, and 4 a rating up to a million ratings. What is met is looked up in the ratings, which have to outlive this.
template <real T>
class user_batches {
public:
  static constexpr std::size_t users_at_a_time = 64;
  static constexpr std::size_t ranges = 16;  // of items: as many threads find work in the second half

  struct entry {
    index_t item;
    T value;
    T weight;         // 1 where the ratings have none
    offset_t number;  // of the rating, along by_user()
  };
  // What a user rated, by item.
  class rated_row {
  public:
    [[nodiscard]] std::size_t size() const noexcept { return row_.size(); }
    [[nodiscard]] std::span<index_t const> items() const noexcept { return row_.index; }
    [[nodiscard]] entry operator[](std::size_t r) const noexcept {
      return {row_.index[r], row_.value[r], weight_.empty() ? T{1} : weight_[r], first_ + r};
    }

  private:
    friend user_batches;
    sparse_row<T> row_;
    std::span<T const> weight_;
    offset_t first_ = 0;
  };

  // The users who rated something are batched, and those alone.
  user_batches(ratings<T> const& data, std::uint64_t seed)
      : data_(data),
        seed_(seed),
        total_weight_(detail::total_weight(data)),
        item_begin_(detail::even_ranges<ranges>(data.item_count(), data.size(),
                                                [&](index_t i) { return data.of(item_id{i}).size(); })) {
    for (index_t u = 0; u != data.user_count(); ++u)
      if (!data.of(user_id{u}).empty()) order_.push_back(u);
    random_stream random(mix(seed, 1), 0);
    shuffle(random, std::span<index_t>(order_));
    begin_.reserve(order_.size() + 1);
    begin_.push_back(0);
    for (index_t const u : order_) begin_.push_back(begin_.back() + data.of(user_id{u}).size());
    if (data.size() > few) return;
    kept_.resize(data.size());
    for (std::size_t k = 0; k != order_.size(); ++k)
      draw(order_[k], std::span<index_t>(kept_).subspan(begin_[k], begin_[k + 1] - begin_[k]));
  }

  user_batches(ratings<T> const&&, std::uint64_t) = delete;  // they would be gone

  [[nodiscard]] std::size_t count() const noexcept { return (order_.size() + users_at_a_time - 1) / users_at_a_time; }
  [[nodiscard]] std::span<index_t const> users(std::size_t batch) const noexcept {
    std::size_t const first = batch * users_at_a_time;
    std::size_t const left = order_.size() - first;
    return std::span<index_t const>(order_).subspan(first, left < users_at_a_time ? left : users_at_a_time);
  }
  // How many ratings of the batch come before those of the k-th of its users, who may be one past the last.
  [[nodiscard]] std::size_t entries_before(std::size_t batch, std::size_t k) const noexcept {
    return begin_[batch * users_at_a_time + k] - begin_[batch * users_at_a_time];
  }
  [[nodiscard]] rated_row rated_by(index_t u) const noexcept {
    rated_row out;
    out.row_ = data_.of(user_id{u});
    out.weight_ = data_.weights(user_id{u});
    out.first_ = data_.by_user().offset()[u];
    return out;
  }
  // Where along its row each rating of the k-th user is, in the order in which they are met: drawn anew into `room`, which has as many
  // places, unless there are so few ratings that all orders are kept.
  [[nodiscard]] std::span<index_t const> order(std::size_t batch, std::size_t k,
                                               std::span<index_t> room) const noexcept {
    std::size_t const place = batch * users_at_a_time + k;
    if (!kept_.empty()) return std::span<index_t const>(kept_).subspan(begin_[place], room.size());
    draw(order_[place], room);
    return room;
  }
  // Of the ranges of items that are independent in the second half: range g has those from [g] to before [g + 1].
  [[nodiscard]] std::span<index_t const> item_begin() const noexcept { return item_begin_; }

  [[nodiscard]] std::size_t size() const noexcept { return begin_.back(); }
  [[nodiscard]] double total_weight() const noexcept { return total_weight_; }

private:
  static constexpr std::size_t few = std::size_t{1} << 20;  // 4 MB, for a tenth of the time

  void draw(index_t u, std::span<index_t> out) const noexcept {
    for (std::size_t r = 0; r != out.size(); ++r) out[r] = static_cast<index_t>(r);
    random_stream own(mix(seed_, 2), u);
    shuffle(own, out);
  }

  ratings<T> const& data_;
  std::uint64_t seed_;
  double total_weight_;
  std::array<index_t, ranges + 1> item_begin_;
  std::vector<index_t> order_;
  std::vector<std::size_t> begin_;
  std::vector<index_t> kept_;
};

KINDRED_END
