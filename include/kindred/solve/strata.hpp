// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/scratch.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/random.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/solve/step_sum.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

KINDRED_BEGIN

// Ratings cut into a grid of user groups x item groups, for stochastic gradient descent that is parallel and still gives the
// same bits on any number of threads.
//
// A stratum is a set of blocks that share neither users nor items - a diagonal of the grid - so its blocks can be learned
// from at the same time without touching the same parameters (Gemulla, Nijkamp, Haas and Sismanis, "Large-scale matrix
// factorization with distributed stochastic gradient descent", 2011). The grid depends on the data and the seed, never
// on the threads; strata follow one another in an order drawn anew for every epoch.
//
// Groups are drawn at random, so that blocks are about equally full; within a block ratings stand in random order. Memory:
// 16 bytes a rating for float; where the ratings lie in a scratch, there.
template <real T>
class strata {
public:
  struct entry {
    index_t user;
    index_t item;
    T value;
    T weight;  // 1 where the ratings have none
  };

  explicit strata(ratings<T> const& data, std::uint64_t seed)
      : seed_(seed),
        groups_(groups_for(data)),
        entry_(detail::room_in<entry>(data.place(), data.size())),
        begin_(std::size_t{groups_} * groups_ + 1, 0) {
    auto const user_group = deal(data.user_count(), mix(seed, 1));
    auto const item_group = deal(data.item_count(), mix(seed, 2));
    auto const rows = data.by_user();
    // Visits the entries of blocks from first to before last.
    auto const each = [&](std::size_t first, std::size_t last, auto const& visit) {
      for (index_t u = 0; u != rows.rows(); ++u) {
        std::size_t const row_of_blocks = std::size_t{user_group[u]} * groups_;
        if (row_of_blocks + groups_ <= first || row_of_blocks >= last) continue;
        auto const row = rows.row(u);
        auto const weight = data.weights(user_id{u});
        for (std::size_t k = 0; k != row.size(); ++k) {
          std::size_t const b = row_of_blocks + item_group[row.index[k]];
          if (b >= first && b < last) visit(b, entry{u, row.index[k], row.value[k], weight.empty() ? T{1} : weight[k]});
        }
      }
    };
    std::size_t const blocks = begin_.size() - 1;
    each(0, blocks, [&](std::size_t b, entry const& e) {
      ++begin_[b + 1];
      total_weight_ += static_cast<double>(e.weight);
    });
    detail::counts_to_starts(begin_);
    auto const start = [&](std::size_t b) { return b == blocks ? offset_t{data.size()} : begin_[b + 1]; };
    detail::fill_in_blocks(data.place(), blocks, sizeof(entry), start, [&](std::size_t first, std::size_t last) {
      each(first, last, [&](std::size_t b, entry const& e) { entry_[static_cast<std::size_t>(begin_[b + 1]++)] = e; });
      for (std::size_t b = first; b != last; ++b) {
        random_stream random(mix(seed, 3), b);
        auto const from = static_cast<std::size_t>(begin_[b]);
        shuffle(random, std::span<entry>(entry_.data() + from, static_cast<std::size_t>(begin_[b + 1]) - from));
      }
    });
  }

  // Calls step(entry) for every rating once. Within a block the calls come one after another; blocks of one stratum run at
  // the same time. Returns the sum of what the calls return (a weighted loss, double) by the sum of the weights, added in an
  // order that is fixed.
  // Throws error{numeric} when it is not a finite number, which is how a training that diverges shows itself, naming the rating at which
  // it was first seen.
  template <executor E, class Step>
  double pass(E& ex, std::uint32_t epoch, Step const& step) const {
    buffer<std::uint32_t> diagonal(groups_);
    for (std::uint32_t d = 0; d != groups_; ++d) diagonal[d] = d;
    random_stream random(mix(seed_, 4), epoch);
    shuffle(random, diagonal.span());

    buffer<detail::step_sum> slot(groups_);
    double sum = 0;
    for (std::uint32_t const d : diagonal) {
      ex.bulk(groups_, [&](std::size_t g) {
        std::size_t const b = g * groups_ + (g + d) % groups_;
        slot[g] = detail::take_steps(entry_.span(), static_cast<std::size_t>(begin_[b]),
                                     static_cast<std::size_t>(begin_[b + 1]), step);
      });
      for (auto const& [part, wrong] : slot) {
        if (wrong != detail::step_sum::none) raise_diverged(epoch + 1, entry_[wrong].user, entry_[wrong].item);
        sum += part;
      }
    }
    double const mean = entry_.empty() ? 0 : sum / total_weight_;
    if (!is_finite(mean)) raise_diverged(epoch + 1);
    return mean;
  }

  [[nodiscard]] std::size_t size() const noexcept { return entry_.size(); }
  [[nodiscard]] std::uint32_t groups() const noexcept { return groups_; }

private:
  // About a thousand ratings a block pay for handing it to a thread; 64 groups feed as many threads.
  [[nodiscard]] static std::uint32_t groups_for(ratings<T> const& data) noexcept {
    constexpr std::size_t worth_a_task = 1024;
    std::uint32_t groups = 1;
    while (groups != 64 && std::size_t{groups} * groups * worth_a_task < data.size()) ++groups;
    return groups;
  }

  // Deals `count` entities out to the groups, as evenly as can be, in random order.
  [[nodiscard]] buffer<std::uint32_t> deal(index_t count, std::uint64_t seed) const {
    buffer<std::uint32_t> group(count);
    for (index_t k = 0; k != count; ++k) group[k] = static_cast<std::uint32_t>(k % groups_);
    random_stream random(seed, 0);
    shuffle(random, group.span());
    return group;
  }

  std::uint64_t seed_;
  std::uint32_t groups_;
  double total_weight_ = 0;
  buffer<entry> entry_;
  buffer<offset_t> begin_;
};

KINDRED_END
