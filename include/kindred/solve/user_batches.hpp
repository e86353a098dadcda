// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/random.hpp>
#include <kindred/solve/shared_parts.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// Users dealt out to small batches, for stochastic gradient descent in which the vector of a user is a sum over many vectors
// that others use as well, as in SVD++: parallel, and still the same bits on any number of threads.
//
// A batch is learned from in two halves. In the first, users are independent: each walks through its own ratings with
// what is shared held fixed. In the second, shared rows are independent: they are cut into groups, and each group walks through
// the batch and moves those of its rows that were used. 64 users at a time are so few that what is shared is hardly older
// than it would be if one user followed the other. The batches depend on the data and the seed, never on the threads.
//
// Memory: 13 bytes a rating and 9 a share: what is met is looked up in the ratings, which have to outlive this.
template <real T>
class user_batches {
public:
  static constexpr std::size_t users_at_a_time = 64;
  static constexpr std::size_t groups =
      16;  // of items and of shared rows: as many threads find work in the second half

  struct entry {
    index_t item;
    T value;
    T weight;         // 1 where the ratings have none
    offset_t number;  // of the rating, along by_user()
  };
  // What a user rated, in the order in which it is met.
  class met_ratings {
  public:
    [[nodiscard]] std::size_t size() const noexcept { return rank_.size(); }
    [[nodiscard]] entry operator[](std::size_t k) const noexcept {
      index_t const r = rank_[k];
      return {row_.index[r], row_.value[r], weight_.empty() ? T{1} : weight_[r], first_ + r};
    }

  private:
    friend user_batches;
    sparse_row<T> row_;
    std::span<T const> weight_;
    std::span<index_t const> rank_;
    offset_t first_ = 0;
  };
  // Where the second half finds what the first half left: a rating, or a use of a shared row.
  struct use {
    index_t row;   // the item, or the shared row
    index_t user;  // counted within the batch
    index_t from;  // which of the ratings as they are met, or of the shares, of the user
  };

  // The users who rated something are batched, and those alone.
  user_batches(ratings<T> const& data, detail::shared_parts<T> const& parts, std::uint64_t seed) : data_(data) {
    for (index_t u = 0; u != data.user_count(); ++u)
      if (!data.of(user_id{u}).empty()) order_.push_back(u);
    random_stream random(mix(seed, 1), 0);
    shuffle(random, std::span<index_t>(order_));
    rank_.reserve(data.size());
    begin_.reserve(order_.size() + 1);
    begin_.push_back(0);
    for (index_t const u : order_) {
      std::size_t const size = data.of(user_id{u}).size();
      for (std::size_t k = 0; k != size; ++k) rank_.push_back(static_cast<index_t>(k));
      for (T const w : data.weights(user_id{u})) total_weight_ += static_cast<double>(w);
      random_stream own(mix(seed, 2), u);
      shuffle(own, std::span<index_t>(rank_).subspan(begin_.back()));
      begin_.push_back(rank_.size());
    }
    if (!data.weighted()) total_weight_ = static_cast<double>(data.size());
    list(items_, [&](std::size_t s, auto const& visit) {
      auto const met = ratings_of(s);
      for (std::size_t k = 0; k != met.size(); ++k) visit(met[k].item, k);
    });
    list(shared_, [&](std::size_t s, auto const& visit) {
      std::size_t const first = parts.begin[order_[s]], last = parts.begin[order_[s] + 1];
      for (std::size_t k = first; k != last; ++k) visit(parts.row[k], k - first);
    });
  }

  [[nodiscard]] std::size_t count() const noexcept { return (order_.size() + users_at_a_time - 1) / users_at_a_time; }
  // The users of a batch, and the ratings of the k-th of them, in the order in which they are met.
  [[nodiscard]] std::span<index_t const> users(std::size_t batch) const noexcept {
    std::size_t const first = batch * users_at_a_time;
    std::size_t const left = order_.size() - first;
    return std::span<index_t const>(order_).subspan(first, left < users_at_a_time ? left : users_at_a_time);
  }
  [[nodiscard]] met_ratings entries(std::size_t batch, std::size_t k) const noexcept {
    return ratings_of(batch * users_at_a_time + k);
  }
  // How many ratings of the batch come before those of the k-th of its users, who may be one past the last.
  [[nodiscard]] std::size_t entries_before(std::size_t batch, std::size_t k) const noexcept {
    return begin_[batch * users_at_a_time + k] - begin_[batch * users_at_a_time];
  }
  // Calls visit(use) for what a batch uses of the items, or of the shared rows, of one group.
  template <class Visit>
  void each_item_use(std::size_t batch, std::size_t group, Visit const& visit) const {
    items_.each(batch * groups + group, visit);
  }
  template <class Visit>
  void each_shared_use(std::size_t batch, std::size_t group, Visit const& visit) const {
    shared_.each(batch * groups + group, visit);
  }
  [[nodiscard]] std::size_t size() const noexcept { return rank_.size(); }
  [[nodiscard]] double total_weight() const noexcept { return total_weight_; }

private:
  struct listing {
    std::vector<index_t> row;
    std::vector<std::uint8_t> user;
    std::vector<index_t> from;
    std::vector<std::size_t> begin;

    template <class Visit>
    void each(std::size_t cell, Visit const& visit) const {
      for (std::size_t k = begin[cell]; k != begin[cell + 1]; ++k) visit(use{row[k], user[k], from[k]});
    }
  };

  [[nodiscard]] met_ratings ratings_of(std::size_t s) const noexcept {
    user_id const u{order_[s]};
    met_ratings met;
    met.row_ = data_.of(u);
    met.weight_ = data_.weights(u);
    met.rank_ = std::span<index_t const>(rank_).subspan(begin_[s], begin_[s + 1] - begin_[s]);
    met.first_ = data_.by_user().offset()[to_index(u)];
    return met;
  }

  // Sorts what each(s, visit) says of the s-th user by batch and group: visit(row, from). Rows are dealt out one by one.
  template <class Each>
  void list(listing& out, Each const& each) const {
    out.begin.assign(count() * groups + 1, 0);
    auto const cell = [&](std::size_t s, index_t row) { return s / users_at_a_time * groups + row % groups; };
    for (std::size_t s = 0; s != order_.size(); ++s)
      each(s, [&](index_t row, std::size_t) { ++out.begin[cell(s, row) + 1]; });
    for (std::size_t c = 0; c + 1 != out.begin.size(); ++c) out.begin[c + 1] += out.begin[c];
    out.row.resize(out.begin.back());
    out.user.resize(out.begin.back());
    out.from.resize(out.begin.back());
    std::vector<std::size_t> next(out.begin.begin(), out.begin.end() - 1);
    for (std::size_t s = 0; s != order_.size(); ++s)
      each(s, [&](index_t row, std::size_t from) {
        std::size_t const at = next[cell(s, row)]++;
        out.row[at] = row;
        out.user[at] = static_cast<std::uint8_t>(s % users_at_a_time);
        out.from[at] = static_cast<index_t>(from);
      });
  }

  ratings<T> const& data_;
  std::vector<index_t> order_;
  std::vector<index_t> rank_;
  std::vector<std::size_t> begin_;
  listing items_;
  listing shared_;
  double total_weight_ = 0;
};

KINDRED_END
