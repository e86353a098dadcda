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
// Memory: 40 bytes a rating and 20 a share, for float.
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
  // Where the second half finds what the first half left: a rating, or a use of a shared row.
  struct use {
    index_t row;    // the item, or the shared row
    index_t user;   // counted within the batch
    offset_t from;  // the entry, or the share
  };

  // The users who rated something are batched, and those alone.
  user_batches(ratings<T> const& data, detail::shared_parts<T> const& parts, std::uint64_t seed) {
    for (index_t u = 0; u != data.user_count(); ++u)
      if (!data.of(user_id{u}).empty()) order_.push_back(u);
    random_stream random(mix(seed, 1), 0);
    shuffle(random, std::span<index_t>(order_));
    entry_.reserve(data.size());
    begin_.reserve(order_.size() + 1);
    begin_.push_back(0);
    for (index_t const u : order_) {
      auto const row = data.of(user_id{u});
      auto const weight = data.weights(user_id{u});
      auto const first = data.by_user().offset()[u];
      for (std::size_t k = 0; k != row.size(); ++k) {
        T const w = weight.empty() ? T{1} : weight[k];
        entry_.push_back({row.index[k], row.value[k], w, first + k});
        total_weight_ += static_cast<double>(w);
      }
      random_stream own(mix(seed, 2), u);
      shuffle(own, std::span<entry>(entry_).subspan(begin_.back()));
      begin_.push_back(entry_.size());
    }
    list(items_, [&](std::size_t s, auto const& visit) {
      for (std::size_t k = begin_[s]; k != begin_[s + 1]; ++k) visit(use{entry_[k].item, place(s), k});
    });
    list(shared_, [&](std::size_t s, auto const& visit) {
      index_t const u = order_[s];
      for (std::size_t k = parts.begin[u]; k != parts.begin[u + 1]; ++k) visit(use{parts.row[k], place(s), k});
    });
  }

  [[nodiscard]] std::size_t count() const noexcept { return (order_.size() + users_at_a_time - 1) / users_at_a_time; }
  // All ratings, batch by batch and user by user.
  [[nodiscard]] std::span<entry const> entries() const noexcept { return entry_; }
  // The users of a batch, and the ratings of the k-th of them, in the order in which they are met.
  [[nodiscard]] std::span<index_t const> users(std::size_t batch) const noexcept {
    std::size_t const first = batch * users_at_a_time;
    std::size_t const left = order_.size() - first;
    return std::span<index_t const>(order_).subspan(first, left < users_at_a_time ? left : users_at_a_time);
  }
  [[nodiscard]] std::span<entry const> entries(std::size_t batch, std::size_t k) const noexcept {
    std::size_t const s = batch * users_at_a_time + k;
    return std::span<entry const>(entry_).subspan(begin_[s], begin_[s + 1] - begin_[s]);
  }
  // Where entries(batch, k) begin in entries(), which is what use::from counts.
  [[nodiscard]] std::size_t first_entry(std::size_t batch, std::size_t k) const noexcept {
    return begin_[batch * users_at_a_time + k];
  }
  // What a batch uses of the items, and of the shared rows, of one group.
  [[nodiscard]] std::span<use const> item_uses(std::size_t batch, std::size_t group) const noexcept {
    return items_.of(batch * groups + group);
  }
  [[nodiscard]] std::span<use const> shared_uses(std::size_t batch, std::size_t group) const noexcept {
    return shared_.of(batch * groups + group);
  }
  [[nodiscard]] entry const& at(offset_t k) const noexcept { return entry_[k]; }
  [[nodiscard]] std::size_t size() const noexcept { return entry_.size(); }
  [[nodiscard]] double total_weight() const noexcept { return total_weight_; }

private:
  struct listing {
    std::vector<use> all;
    std::vector<std::size_t> begin;
    [[nodiscard]] std::span<use const> of(std::size_t k) const noexcept {
      return std::span<use const>(all).subspan(begin[k], begin[k + 1] - begin[k]);
    }
  };

  [[nodiscard]] static index_t place(std::size_t s) noexcept { return static_cast<index_t>(s % users_at_a_time); }

  // Sorts what each(s, visit) says of the s-th user by batch and group. Rows are dealt out one by one.
  template <class Each>
  void list(listing& out, Each const& each) const {
    out.begin.assign(count() * groups + 1, 0);
    auto const cell = [&](std::size_t s, use const& one) { return s / users_at_a_time * groups + one.row % groups; };
    for (std::size_t s = 0; s != order_.size(); ++s) each(s, [&](use const& one) { ++out.begin[cell(s, one) + 1]; });
    for (std::size_t c = 0; c + 1 != out.begin.size(); ++c) out.begin[c + 1] += out.begin[c];
    out.all.resize(out.begin.back());
    std::vector<std::size_t> next(out.begin.begin(), out.begin.end() - 1);
    for (std::size_t s = 0; s != order_.size(); ++s)
      each(s, [&](use const& one) { out.all[next[cell(s, one)]++] = one; });
  }

  std::vector<index_t> order_;
  std::vector<entry> entry_;
  std::vector<std::size_t> begin_;
  listing items_;
  listing shared_;
  double total_weight_ = 0;
};

KINDRED_END
