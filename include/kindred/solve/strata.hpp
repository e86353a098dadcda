// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/scratch.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/random.hpp>
#include <kindred/solve/balanced_groups.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/solve/step_sum.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

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
// Memory: 8 bytes a rating for float, 12 with weights, and 4 a user and item: of users and items a rating keeps which members
// of their groups they are, both in 32 bits. Where the ratings lie in a scratch, there.
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

  explicit strata(ratings<T> const& data, std::uint64_t seed) : seed_(seed), groups_(groups_for(data)) {
    for (;; groups_ *= 2) {
      user_ =
          detail::cut(data.user_count(), groups_, data.size(), [&](index_t u) { return data.of(user_id{u}).size(); });
      item_ =
          detail::deal(data.item_count(), groups_, mix(seed, 2), [&](index_t i) { return data.of(item_id{i}).size(); });
      shift_ = bits_of(item_);
      if (bits_of(user_) + shift_ <= 32) break;
    }
    std::size_t const blocks = std::size_t{groups_} * groups_;
    begin_ = buffer<offset_t>(blocks + 1, 0);
    pair_ = detail::room_in<std::uint32_t>(data.place(), data.size());
    value_ = detail::room_in<T>(data.place(), data.size());
    weight_ = detail::room_in<T>(data.place(), data.weighted() ? data.size() : 0);

    buffer<std::uint32_t> item_group(data.item_count());
    buffer<std::uint32_t> item_number(data.item_count());
    for (std::uint32_t g = 0; g != groups_; ++g)
      for (std::size_t k = 0; k != item_.size(g); ++k) {
        index_t const i = item_.member[item_.begin[g] + k];
        item_group[i] = g;
        item_number[i] = static_cast<std::uint32_t>(k);
      }
    // Visits the ratings of blocks from first to before last: visit(block, pair, value, weight).
    auto const each = [&](std::size_t first, std::size_t last, auto const& visit) {
      for (std::size_t g = first / groups_; g * groups_ < last; ++g)
        for (std::size_t m = 0; m != user_.size(g); ++m) {
          user_id const u{user_.member[user_.begin[g] + m]};
          auto const row = data.of(u);
          auto const weight = data.weights(u);
          for (std::size_t k = 0; k != row.size(); ++k) {
            std::size_t const b = g * groups_ + item_group[row.index[k]];
            if (b < first || b >= last) continue;
            visit(b, static_cast<std::uint32_t>(m << shift_) | item_number[row.index[k]], row.value[k],
                  weight.empty() ? T{1} : weight[k]);
          }
        }
    };
    each(0, blocks, [&](std::size_t b, std::uint32_t, T, T weight) {
      ++begin_[b + 1];
      total_weight_ += static_cast<double>(weight);
    });
    detail::counts_to_starts(begin_);
    auto const start = [&](std::size_t b) { return b == blocks ? offset_t{data.size()} : begin_[b + 1]; };
    detail::fill_in_blocks(data.place(), blocks, sizeof(std::uint32_t) + 2 * sizeof(T), start,
                           [&](std::size_t first, std::size_t last) {
                             each(first, last, [&](std::size_t b, std::uint32_t pair, T value, T weight) {
                               auto const at = static_cast<std::size_t>(begin_[b + 1]++);
                               pair_[at] = pair;
                               value_[at] = value;
                               if (!weight_.empty()) weight_[at] = weight;
                             });
                             for (std::size_t b = first; b != last; ++b) shuffle_block(b);
                           });
  }

  // Calls step(entry) for every rating once. Within a block the calls come one after another; blocks of one stratum run at
  // the same time. ahead(entry) is called a few ratings before each step that is not among the first of a block: to ask for
  // what it will need. Returns the sum of what the steps return (a weighted loss, double) by the sum of the weights, added in an
  // order that is fixed.
  // Throws error{numeric} when it is not a finite number, which is how a training that diverges shows itself, naming the rating at which
  // it was first seen.
  template <executor E, class Step, class Ahead = detail::nothing_ahead>
  double pass(E& ex, std::uint32_t epoch, Step const& step, Ahead const& ahead = {}) const {
    buffer<std::uint32_t> diagonal(groups_);
    for (std::uint32_t d = 0; d != groups_; ++d) diagonal[d] = d;
    random_stream random(mix(seed_, 4), epoch);
    shuffle(random, diagonal.span());

    buffer<detail::step_sum> slot(groups_);
    double sum = 0;
    for (std::uint32_t const d : diagonal) {
      ex.bulk(groups_, [&](std::size_t g) {
        block_view const some = block_at(g, (g + d) % groups_);
        constexpr std::size_t far_ahead = 8;
        slot[g] = detail::take_steps(some.first, some.last, [&](std::size_t k) {
          if (far_ahead < some.last - k) ahead(some.at(k + far_ahead));
          return step(some.at(k));
        });
      });
      for (std::size_t g = 0; g != groups_; ++g) {
        if (slot[g].wrong != detail::step_sum::none) {
          entry const bad = block_at(g, (g + d) % groups_).at(slot[g].wrong);
          raise_diverged(epoch + 1, bad.user, bad.item);
        }
        sum += slot[g].sum;
      }
    }
    double const mean = pair_.empty() ? 0 : sum / total_weight_;
    if (!is_finite(mean)) raise_diverged(epoch + 1);
    return mean;
  }

  [[nodiscard]] std::size_t size() const noexcept { return pair_.size(); }
  [[nodiscard]] std::uint32_t groups() const noexcept { return groups_; }
  // Who rated something, and what was rated, group by group.
  [[nodiscard]] std::span<index_t const> users() const noexcept { return user_.member; }
  [[nodiscard]] std::span<index_t const> items() const noexcept { return item_.member; }

private:
  // The ratings of one user group and one item group.
  struct block_view {
    strata const& all;
    index_t user_begin, item_begin;  // of the groups, in users() and items()
    std::size_t first, last;

    [[nodiscard]] entry at(std::size_t k) const noexcept {
      std::uint32_t const pair = all.pair_[k];
      index_t const u = user_begin + (pair >> all.shift_);
      index_t const i = item_begin + (pair & ((std::uint32_t{1} << all.shift_) - 1));
      return {
          all.user_.member[u], all.item_.member[i], all.value_[k], all.weight_.empty() ? T{1} : all.weight_[k], u, i};
    }
  };
  [[nodiscard]] block_view block_at(std::size_t g, std::size_t h) const noexcept {
    std::size_t const b = g * groups_ + h;
    return {*this, static_cast<index_t>(user_.begin[g]), static_cast<index_t>(item_.begin[h]),
            static_cast<std::size_t>(begin_[b]), static_cast<std::size_t>(begin_[b + 1])};
  }

  // At least a thousand ratings a block, which pay for handing it to a thread, and as many blocks a stratum as share out evenly to
  // two or four threads; 64 feed as many.
  [[nodiscard]] static std::uint32_t groups_for(ratings<T> const& data) noexcept {
    constexpr std::size_t worth_a_task = 1024;
    std::uint32_t groups = 1;
    for (std::uint32_t more : {2u, 4u})
      if (std::size_t{more} * more * worth_a_task <= data.size()) groups = more;
    while (groups != 64 && groups % 4 == 0 && std::size_t{groups + 4} * (groups + 4) * worth_a_task <= data.size())
      groups += 4;
    return groups;
  }

  // What it takes to tell the members of the largest group.
  [[nodiscard]] static unsigned bits_of(detail::balanced_groups const& groups) noexcept {
    std::size_t const most = groups.largest();
    return most == 0 ? 0 : static_cast<unsigned>(std::bit_width(most - 1));
  }

  void shuffle_block(std::size_t b) noexcept {
    random_stream random(mix(seed_, 3), b);
    auto const first = static_cast<std::size_t>(begin_[b]);
    for (auto k = static_cast<std::size_t>(begin_[b + 1]) - first; k > 1; --k) {
      std::size_t const x = first + k - 1, y = first + below(random, static_cast<std::uint32_t>(k));
      std::swap(pair_[x], pair_[y]);
      std::swap(value_[x], value_[y]);
      if (!weight_.empty()) std::swap(weight_[x], weight_[y]);
    }
  }

  std::uint64_t seed_;
  std::uint32_t groups_;
  unsigned shift_ = 0;  // the lower bits of a pair tell the item, the others the user
  double total_weight_ = 0;
  detail::balanced_groups user_, item_;
  buffer<std::uint32_t> pair_;
  buffer<T> value_;
  buffer<T> weight_;
  buffer<offset_t> begin_;
};

KINDRED_END
