// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/scratch.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/run/random.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// The choices of every user group and every small group of items, a cell, in random order: the blocks of ranking_strata.
//
// Where there are few, or where ratings lie in a scratch, blocks are kept, 8 bytes a choice (12 or 16 with weights). Otherwise those of a
// user group are gathered from its rows when they are asked for, with as many cells as are learned from together: reading a row
// once for each large group of items takes about a third of the time of learning from it.
template <real T>
class choice_blocks {
public:
  struct entry {
    index_t user;
    index_t item;
  };
  // Choices of one block, and their weights; none when all are 1.
  struct view {
    std::span<entry const> chosen;
    std::span<T const> weight;
  };
  // What a thread gathers into.
  struct room {
    std::vector<entry> met, chosen;
    std::vector<T> met_weight, weight;
    std::vector<std::size_t> begin, next;
  };

  choice_blocks() = default;
  // group_of is of every user, cell_of of every item. The ratings have to outlive this.
  choice_blocks(ratings<T> const& data, std::span<index_t const> group_of, index_t groups,
                std::span<index_t const> cell_of, index_t cells, std::uint64_t seed, std::size_t kept_up_to)
      : data_(&data), seed_(seed), cells_(cells), begin_(std::size_t{groups} * cells + 1, 0) {
    user_begin_.assign(std::size_t{groups} + 1, 0);
    for (index_t u = 0; u != data.user_count(); ++u) {
      std::span<index_t const> const items = data.of(user_id{u}).index;
      if (!items.empty()) ++user_begin_[group_of[u] + 1];
      for (index_t const i : items) ++begin_[std::size_t{group_of[u]} * cells + cell_of[i] + 1];
    }
    for (std::size_t g = 0; g != groups; ++g) user_begin_[g + 1] += user_begin_[g];
    for (std::size_t b = 0; b + 1 != begin_.size(); ++b) begin_[b + 1] += begin_[b];
    user_.resize(user_begin_.back());
    std::vector<std::size_t> next(user_begin_.begin(), user_begin_.end() - 1);
    for (index_t u = 0; u != data.user_count(); ++u)
      if (!data.of(user_id{u}).empty()) user_[next[group_of[u]]++] = u;
    if (data.size() <= kept_up_to || data.place() != nullptr) keep(cell_of);
  }

  [[nodiscard]] bool all_kept() const noexcept { return kept_; }
  [[nodiscard]] std::size_t size_of(std::size_t group, std::size_t cell) const noexcept {
    std::size_t const b = group * cells_ + cell;
    return begin_[b + 1] - begin_[b];
  }

  // Calls visit(view) for the blocks of a user group and these cells, in this order. turn_of(item) is less than cells.size() and says which
  // of them the item is in, or is not.
  template <class TurnOf, class Visit>
  void each(std::size_t group, std::span<index_t const> cells, TurnOf const& turn_of, room& own,
            Visit const& visit) const {
    if (kept_) {
      for (std::size_t const c : cells) visit(kept(group * cells_ + c));
      return;
    }
    gather(group, cells, turn_of, own);
    for (std::size_t n = 0; n != cells.size(); ++n) visit(part(own.chosen, own.weight, own.begin[n], own.begin[n + 1]));
  }

private:
  [[nodiscard]] view part(std::span<entry const> chosen, std::span<T const> weight, std::size_t first,
                          std::size_t last) const noexcept {
    return {chosen.subspan(first, last - first),
            weight.empty() ? std::span<T const>{} : weight.subspan(first, last - first)};
  }
  [[nodiscard]] view kept(std::size_t b) const noexcept {
    return part(entry_.span(), weight_.span(), begin_[b], begin_[b + 1]);
  }

  void keep(std::span<index_t const> cell_of) {
    entry_ = room_in<entry>(data_->place(), data_->size());
    weight_ = room_in<T>(data_->place(), data_->weighted() ? data_->size() : 0);
    std::vector<std::size_t> next(begin_.begin(), begin_.end() - 1);
    auto const start = [&](std::size_t b) { return begin_[b]; };
    fill_in_blocks(
        data_->place(), next.size(), sizeof(entry) + sizeof(T), start, [&](std::size_t first, std::size_t last) {
          for (std::size_t g = first / cells_; g * cells_ < last; ++g)
            for (std::size_t m = user_begin_[g]; m != user_begin_[g + 1]; ++m) {
              index_t const u = user_[m];
              std::span<index_t const> const items = data_->of(user_id{u}).index;
              std::span<T const> const weights = data_->weights(user_id{u});
              for (std::size_t k = 0; k != items.size(); ++k) {
                std::size_t const b = g * cells_ + cell_of[items[k]];
                if (b < first || b >= last) continue;
                std::size_t const at = next[b]++;
                entry_[at] = {u, items[k]};
                if (!weights.empty()) weight_[at] = weights[k];
              }
            }
          for (std::size_t b = first; b != last; ++b)
            put_in_order(
                b, entry_.span().subspan(begin_[b], begin_[b + 1] - begin_[b]),
                weight_.empty() ? std::span<T>{} : weight_.span().subspan(begin_[b], begin_[b + 1] - begin_[b]));
        });
    kept_ = true;
  }

  template <class TurnOf>
  void gather(std::size_t group, std::span<index_t const> cells, TurnOf const& turn_of, room& own) const {
    own.begin.assign(1, 0);
    for (std::size_t const c : cells) own.begin.push_back(own.begin.back() + size_of(group, c));
    std::size_t const size = own.begin.back();
    bool const weighted = data_->weighted();
    own.met.resize(size + 1);  // whatever is not of these cells is written one past the others, and over
    own.met_weight.resize(weighted ? size + 1 : 0);
    std::size_t met = 0;
    for (std::size_t m = user_begin_[group]; m != user_begin_[group + 1]; ++m) {
      index_t const u = user_[m];
      std::span<index_t const> const items = data_->of(user_id{u}).index;
      std::span<T const> const weights = data_->weights(user_id{u});
      for (std::size_t k = 0; k != items.size(); ++k) {
        own.met[met] = {u, items[k]};
        if (weighted) own.met_weight[met] = weights[k];
        met += turn_of(items[k]) < cells.size() ? 1u : 0u;
      }
    }
    own.chosen.resize(size);
    own.weight.resize(weighted ? size : 0);
    own.next.assign(own.begin.begin(), own.begin.end() - 1);
    for (std::size_t k = 0; k != size; ++k) {
      std::size_t const at = own.next[turn_of(own.met[k].item)]++;
      own.chosen[at] = own.met[k];
      if (weighted) own.weight[at] = own.met_weight[k];
    }
    for (std::size_t n = 0; n != cells.size(); ++n) {
      std::size_t const first = own.begin[n], count = own.begin[n + 1] - first;
      put_in_order(group * cells_ + cells[n], std::span<entry>(own.chosen).subspan(first, count),
                   weighted ? std::span<T>(own.weight).subspan(first, count) : std::span<T>{});
    }
  }

  // In the random order of block b, which is the same in every epoch.
  void put_in_order(std::size_t b, std::span<entry> chosen, std::span<T> weight) const noexcept {
    random_stream random(seed_, b);
    shuffle(random, chosen, weight);
  }

  ratings<T> const* data_ = nullptr;
  std::uint64_t seed_ = 0;
  std::size_t cells_ = 0;
  std::vector<std::size_t> begin_;  // of blocks, were they one after another
  std::vector<index_t> user_;       // group by group, ascending
  std::vector<std::size_t> user_begin_;
  bool kept_ = false;
  buffer<entry> entry_;
  buffer<T> weight_;
};

}  // namespace detail

KINDRED_END
