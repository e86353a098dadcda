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

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Choices (user, item) cut into a grid of user groups x item groups, for steps that touch one user, the chosen item and others of
// the same item group: parallel, and the same bits on any number of threads.
//
// As in strata, the blocks of a diagonal share neither users nor items and are learned from at the same time. The others that a
// block draws come from its own group of items, which nobody else touches then. Drawing from a part of the catalog would never
// compare items of different groups; so there are four times as many small groups, which are dealt anew into large ones before
// every epoch: over the epochs every pair meets, and in each one a drawn item is any item that was chosen by somebody, all alike.
// What it costs: within an epoch a user meets a group's items together. Groups have at least 64 items; what they buy besides is
// that a group's vectors stay in the cache while it is learned from.
//
// Memory: 8 bytes a choice, 12 or 16 with weights; where the ratings lie in a scratch, there.
template <real T>
class ranking_strata {
public:
  struct entry {
    index_t user;
    index_t item;
  };

  // Choices of one user group and one item group, and their weights; none when all are 1.
  struct block_view {
    std::span<entry const> chosen;
    std::span<T const> weight;
  };

  explicit ranking_strata(ratings<T> const& data, std::uint64_t seed) : seed_(seed) {
    std::vector<index_t> known;
    for (index_t i = 0; i != data.item_count(); ++i)
      if (!data.of(item_id{i}).empty()) known.push_back(i);
    items_ = static_cast<index_t>(known.size());
    groups_ = groups_for(data.size(), known.size());
    cells_ = groups_ == 1 ? 1 : groups_ * parts;

    random_stream order_of_items(mix(seed, 1), 0);
    shuffle(order_of_items, std::span<index_t>(known));
    std::vector<index_t> cell_of(data.item_count(), 0);
    item_ = known;
    item_begin_.assign(std::size_t{cells_} + 1, 0);
    for (std::size_t c = 0; c != cells_; ++c) item_begin_[c + 1] = known.size() * (c + 1) / cells_;
    for (std::size_t c = 0; c != cells_; ++c)
      for (std::size_t k = item_begin_[c]; k != item_begin_[c + 1]; ++k) cell_of[known[k]] = static_cast<index_t>(c);

    std::vector<index_t> group_of(data.user_count());
    for (index_t u = 0; u != data.user_count(); ++u) group_of[u] = u % groups_;
    random_stream order_of_users(mix(seed, 2), 0);
    shuffle(order_of_users, std::span<index_t>(group_of));

    std::size_t const blocks = std::size_t{groups_} * cells_;
    begin_.assign(blocks + 1, 0);
    entry_ = detail::room_in<entry>(data.place(), data.size());
    weight_ = detail::room_in<T>(data.place(), data.weighted() ? data.size() : 0);
    // Visits the choices of blocks from first to before last.
    auto const each = [&](std::size_t first, std::size_t last, auto const& visit) {
      for (index_t u = 0; u != data.user_count(); ++u) {
        std::size_t const row_of_blocks = std::size_t{group_of[u]} * cells_;
        if (row_of_blocks + cells_ <= first || row_of_blocks >= last) continue;
        auto const index = data.of(user_id{u}).index;
        for (std::size_t k = 0; k != index.size(); ++k) {
          std::size_t const b = row_of_blocks + cell_of[index[k]];
          if (b >= first && b < last) visit(b, u, index[k], k);
        }
      }
    };
    auto const weight_of = [&](index_t u, std::size_t k) {
      return data.weighted() ? data.weights(user_id{u})[k] : T{1};
    };
    total_weight_ = 0;
    each(0, blocks, [&](std::size_t b, index_t u, index_t, std::size_t k) {
      ++begin_[b + 1];
      total_weight_ += static_cast<double>(weight_of(u, k));
    });
    for (std::size_t b = 0; b != blocks; ++b) begin_[b + 1] += begin_[b];
    std::vector<std::size_t> next(begin_.begin(), begin_.end() - 1);
    auto const start = [&](std::size_t b) { return begin_[b]; };
    detail::fill_in_blocks(data.place(), blocks, sizeof(entry) + sizeof(T), start,
                           [&](std::size_t first, std::size_t last) {
                             each(first, last, [&](std::size_t b, index_t u, index_t i, std::size_t k) {
                               std::size_t const at = next[b]++;
                               entry_[at] = {u, i};
                               if (data.weighted()) weight_[at] = weight_of(u, k);
                             });
                             for (std::size_t b = first; b != last; ++b) shuffle_block(begin_[b], begin_[b + 1], b);
                           });
  }

  // Visits every choice once. First prepare(h, pool) for each large group of items h, then learn(block, h, pool, random) for
  // each block of choices, whose items are among the pool's; blocks of one user group or one item group come one after another,
  // others may run at the same time. Returns the sum of what learn returns by the sum of the weights, added in an order that is
  // fixed. Throws error{numeric} when it is not a finite number, which is how a training that diverges shows itself.
  template <executor E, class Prepare, class Learn>
  double pass(E& ex, std::uint32_t epoch, Prepare const& prepare, Learn const& learn) const {
    std::vector<index_t> deal(cells_);
    for (index_t c = 0; c != cells_; ++c) deal[c] = c;
    std::vector<index_t> diagonal(groups_);
    for (index_t d = 0; d != groups_; ++d) diagonal[d] = d;
    random_stream random(mix(seed_, 4), epoch);
    shuffle(random, std::span<index_t>(deal));
    shuffle(random, std::span<index_t>(diagonal));

    index_t const each = cells_ / groups_;
    std::vector<index_t> pool(items_);
    std::vector<std::size_t> pool_begin(std::size_t{groups_} + 1, 0);
    for (index_t h = 0, at = 0; h != groups_; ++h) {
      for (index_t p = 0; p != each; ++p) {
        index_t const c = deal[h * each + p];
        for (std::size_t k = item_begin_[c]; k != item_begin_[c + 1]; ++k) pool[at++] = item_[k];
      }
      pool_begin[h + 1] = at;
    }
    auto const pool_of = [&](std::size_t h) {
      return std::span<index_t const>(pool).subspan(pool_begin[h], pool_begin[h + 1] - pool_begin[h]);
    };
    ex.bulk(groups_, [&](std::size_t h) { prepare(h, pool_of(h)); });

    std::vector<double> slot(groups_);
    double sum = 0;
    for (index_t const d : diagonal) {
      ex.bulk(groups_, [&](std::size_t g) {
        std::size_t const h = (g + d) % groups_;
        random_stream own(mix(seed_, 5, epoch), g * groups_ + h);
        double part = 0;
        for (index_t p = 0; p != each; ++p) {
          std::size_t const b = g * cells_ + deal[h * each + p];
          std::size_t const size = begin_[b + 1] - begin_[b];
          block_view const choices{entry_.span().subspan(begin_[b], size),
                                   weight_.empty() ? std::span<T const>{} : weight_.span().subspan(begin_[b], size)};
          part += learn(choices, h, pool_of(h), own);
        }
        slot[g] = part;
      });
      for (double const part : slot) sum += part;
    }
    double const mean = entry_.empty() ? 0 : sum / total_weight_;
    if (!is_finite(mean)) raise_diverged(epoch + 1);
    return mean;
  }

  [[nodiscard]] std::size_t size() const noexcept { return entry_.size(); }
  [[nodiscard]] index_t groups() const noexcept { return groups_; }
  [[nodiscard]] index_t items() const noexcept { return items_; }  // that were chosen by somebody

private:
  static constexpr index_t parts = 4;

  // As strata: about a thousand choices a block, 64 groups at most; and at least 64 items a group.
  [[nodiscard]] static index_t groups_for(std::size_t choices, std::size_t items) noexcept {
    constexpr std::size_t worth_a_task = 1024, enough_items = 64;
    index_t groups = 1;
    while (groups != 64 && std::size_t{groups} * groups * worth_a_task < choices &&
           (groups + 1) * enough_items <= items)
      ++groups;
    return groups;
  }

  void shuffle_block(std::size_t first, std::size_t last, std::size_t b) noexcept {
    random_stream random(mix(seed_, 3), b);
    for (std::size_t k = last - first; k > 1; --k) {
      std::size_t const j = below(random, static_cast<std::uint32_t>(k));
      std::swap(entry_[first + k - 1], entry_[first + j]);
      if (!weight_.empty()) std::swap(weight_[first + k - 1], weight_[first + j]);
    }
  }

  std::uint64_t seed_;
  index_t items_ = 0;
  index_t groups_ = 1;
  index_t cells_ = 1;  // small groups of items
  double total_weight_ = 0;
  std::vector<index_t> item_;            // those chosen by somebody, small group by small group
  std::vector<std::size_t> item_begin_;  // of small groups
  buffer<entry> entry_;                  // block by block
  buffer<T> weight_;
  std::vector<std::size_t> begin_;  // of blocks
};

KINDRED_END
