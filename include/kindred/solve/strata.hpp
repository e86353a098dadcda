// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/scratch.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/data/total_weight.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/random.hpp>
#include <kindred/solve/balanced_groups.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/solve/rating_blocks.hpp>
#include <kindred/solve/step_sum.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

struct nothing_ahead {
  constexpr void operator()(auto const&) const noexcept {}
};

}  // namespace detail

// Ratings cut into a grid of user groups x item groups, for stochastic gradient descent that is parallel and still gives the
// same bits on any number of threads.
//
// A stratum is a set of blocks that share neither users nor items - a diagonal of the grid - so its blocks can be learned
// from at the same time without touching the same parameters (Gemulla, Nijkamp, Haas and Sismanis, "Large-scale matrix
// factorization with distributed stochastic gradient descent", 2011). The grid depends on the data and the seed, never
// on the threads; strata follow one another in an order drawn anew for every epoch.
//
// Groups have about equally many ratings, so that blocks are about equally full; within a block ratings stand in random order.
// Of many ratings the users are dealt out to shards of about half a million, in runs of up to a thousand neighbors; an epoch takes one
// shard after another, in an order drawn anew, and cuts each when its turn comes. So a shard's vectors stay in the caches, and what is
// kept does not grow with the ratings. That costs a few steps of a model without vectors: where all vectors fit the caches, one shard
// is faster. Shards have at least 200 users, for an item should meet all kinds of them, and eight times what any user has, so that groups can be even.
//
// Memory: 8 bytes a rating of a shard for float, 12 with weights, and 4 a user and 12 an item: of users and items a rating keeps which
// members of their groups they are, both in 32 bits. One shard that is all lies in the scratch of the ratings, if they have one.
template <real T>
class strata {
public:
  struct entry {
    index_t user;
    index_t item;
    T value;
    T weight;            // 1 where the ratings have none
    index_t user_place;  // in users(), where those of a group lie together
    index_t item_place;  // in items()
  };

  static constexpr std::size_t many = std::size_t{1} << 20;

  // The ratings have to outlive this. Up to `whole` of them make one shard, which is cut by ex; others have about half as many.
  template <executor E = sequential>
  explicit strata(ratings<T> const& data, std::uint64_t seed, E&& ex = {}, std::size_t whole = many)
      : data_(&data),
        seed_(seed),
        shards_(shards_of(data, whole)),
        groups_(groups_for(data.size() / shards_)),
        total_weight_(detail::total_weight(data)) {
    for (;; groups_ *= 2) {
      user_ = detail::cut(dealt_users(), shards_ * groups_, data.size(),
                          [&](index_t u) { return data.of(user_id{u}).size(); });
      item_ =
          detail::deal(data.item_count(), groups_, mix(seed, 2), [&](index_t i) { return data.of(item_id{i}).size(); });
      shift_ = bits_of(item_.largest());
      if (bits_of(user_.largest()) + shift_ <= 32) break;
    }
    item_place_ = buffer<item_place>(data.item_count());
    for (std::uint32_t g = 0; g != groups_; ++g)
      for (std::size_t k = 0; k != item_.size(g); ++k)
        item_place_[item_.member[item_.begin[g] + k]] = {g, static_cast<std::uint32_t>(k)};
    if (shards_ == 1) fill(ex, 0, only_, data.place());
  }

  template <class... More>
  explicit strata(ratings<T> const&&, More&&...) = delete;  // they would be gone

  // Calls step(entry) for every rating once. Within a block the calls come one after another; blocks of one stratum run at
  // the same time. ahead(entry) is called a few ratings before each step that is not among the first of a block: to ask for
  // what it will need. Returns the sum of what the steps return (a weighted loss, double) by the sum of the weights, added in an
  // order that is fixed.
  // Throws error{numeric} when it is not a finite number, which is how a training that diverges shows itself, naming the rating at which
  // it was first seen.
  template <executor E, class Step, class Ahead = detail::nothing_ahead>
  double pass(E& ex, std::uint32_t epoch, Step const& step, Ahead const& ahead = {}) const {
    buffer<std::uint32_t> diagonal(groups_), turn(shards_);
    for (std::uint32_t d = 0; d != groups_; ++d) diagonal[d] = d;
    for (std::uint32_t s = 0; s != turn.size(); ++s) turn[s] = s;
    random_stream random(mix(seed_, 4), epoch);
    shuffle(random, turn.span());

    buffer<detail::step_sum> slot(groups_);
    blocks cut;
    double sum = 0;
    for (std::uint32_t const s : turn) {
      if (shards_ != 1) fill(ex, s, cut, nullptr);
      blocks const& all = shards_ != 1 ? cut : only_;
      shuffle(random, diagonal.span());
      for (std::uint32_t const d : diagonal) {
        ex.bulk(groups_, [&](std::size_t g) {
          block_view const some = block_at(all, s, g, (g + d) % groups_);
          constexpr std::size_t far_ahead = 8;
          slot[g] = detail::take_steps(some.first, some.last, [&](std::size_t k) {
            if (far_ahead < some.last - k) ahead(some.at(k + far_ahead));
            return step(some.at(k));
          });
        });
        for (std::size_t g = 0; g != groups_; ++g) {
          if (slot[g].wrong != detail::step_sum::none) {
            entry const bad = block_at(all, s, g, (g + d) % groups_).at(slot[g].wrong);
            raise_diverged(epoch + 1, bad.user, bad.item);
          }
          sum += slot[g].sum;
        }
      }
    }
    double const mean = data_->empty() ? 0 : sum / total_weight_;
    if (!is_finite(mean)) raise_diverged(epoch + 1);
    return mean;
  }

  [[nodiscard]] std::size_t size() const noexcept { return data_->size(); }
  [[nodiscard]] std::uint32_t groups() const noexcept { return groups_; }
  [[nodiscard]] std::size_t shards() const noexcept { return shards_; }
  // Who rated something, and what was rated, group by group.
  [[nodiscard]] std::span<index_t const> users() const noexcept { return user_.member; }
  [[nodiscard]] std::span<index_t const> items() const noexcept { return item_.member; }

private:
  using blocks = detail::rating_blocks<T>;
  using item_place = typename blocks::item_place;

  // The ratings of one user group and one item group.
  struct block_view {
    strata const& of;
    blocks const& all;
    std::size_t user_begin, item_begin;  // of the groups, in users() and items()
    std::size_t first, last;

    [[nodiscard]] entry at(std::size_t k) const noexcept {
      std::uint32_t const pair = all.pair(k);
      std::size_t const u = user_begin + (pair >> of.shift_);
      std::size_t const i = item_begin + (pair & ((std::uint32_t{1} << of.shift_) - 1));
      return {of.user_.member[u], of.item_.member[i],      all.value(k),
              all.weight(k),      static_cast<index_t>(u), static_cast<index_t>(i)};
    }
  };
  [[nodiscard]] block_view block_at(blocks const& all, std::size_t s, std::size_t g, std::size_t h) const noexcept {
    return {*this, all, user_.begin[s * groups_ + g], item_.begin[h], all.begin(g, h), all.end(g, h)};
  }

  template <executor E>
  void fill(E& ex, std::size_t s, blocks& out, scratch const* room) const {
    out.fill(ex, *data_, {user_.member, std::span<std::size_t const>(user_.begin).subspan(s * groups_, groups_ + 1)},
             item_place_.span(), shift_, mix(seed_, 3) + s, room);
  }

  [[nodiscard]] static std::size_t shards_of(ratings<T> const& data, std::size_t whole) noexcept {
    if (data.size() <= whole || data.size() <= 1) return 1;
    std::size_t users = 0, most = 0;
    for (index_t u = 0; u != data.user_count(); ++u) {
      std::size_t const own = data.of(user_id{u}).size();
      if (own != 0) ++users;
      if (own > most) most = own;
    }
    std::size_t const half = whole < 2 ? 1 : whole / 2;
    std::size_t shards = data.size() / half;
    if (shards > users / 200) shards = users / 200;
    if (shards > data.size() / (8 * most)) shards = data.size() / (8 * most);
    return shards == 0 ? 1 : shards;
  }

  // The users of a shard one after another: all that there are by themselves, or runs of up to 1024, at least 32 for each shard.
  [[nodiscard]] std::vector<index_t> dealt_users() const {
    std::size_t const users = data_->user_count(), fair = users / (shards_ * 32);
    std::size_t const run = shards_ == 1 ? users + 1 : fair > 1024 ? 1024 : fair < 1 ? 1 : fair;
    std::vector<index_t> order;
    order.reserve(users);
    detail::each_in_runs(users, run, mix(seed_, 1), [&](index_t u) { order.push_back(u); });
    return order;
  }

  // At least a thousand ratings a block, which pay for handing it to a thread, and as many blocks a stratum as share out evenly to
  // two or four threads; 64 feed as many, and those of half a million ratings, about 20, as many as they are.
  [[nodiscard]] static std::uint32_t groups_for(std::size_t ratings_of_shard) noexcept {
    constexpr std::size_t worth_a_task = 1024;
    std::uint32_t groups = 1;
    for (std::uint32_t more : {2u, 4u})
      if (std::size_t{more} * more * worth_a_task <= ratings_of_shard) groups = more;
    while (groups != 64 && groups % 4 == 0 && std::size_t{groups + 4} * (groups + 4) * worth_a_task <= ratings_of_shard)
      groups += 4;
    return groups;
  }

  // What it takes to tell so many members.
  [[nodiscard]] static unsigned bits_of(std::size_t members) noexcept {
    return members == 0 ? 0 : static_cast<unsigned>(std::bit_width(members - 1));
  }

  ratings<T> const* data_;
  std::uint64_t seed_;
  std::size_t shards_;
  std::uint32_t groups_;
  unsigned shift_ = 0;  // the lower bits of a pair tell the item, the others the user
  double total_weight_;
  detail::balanced_groups user_;  // those of one shard after those of another
  detail::balanced_groups item_;
  buffer<item_place> item_place_;  // of every item
  blocks only_;                    // where there is one shard
};

KINDRED_END
