// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/data/total_weight.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/random.hpp>
#include <kindred/solve/balanced_groups.hpp>
#include <kindred/solve/choice_blocks.hpp>
#include <kindred/solve/divergence.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// Choices (user, item) cut into a grid of user groups x item groups, for steps that touch one user, the chosen item and others of
// the same item group: parallel, and the same bits on any number of threads.
//
// As in strata, the blocks of a diagonal share neither users nor items and are learned from at the same time. The others that a
// block draws come from its own group of items, which nobody else touches then. Drawing from a part of the catalog would never
// compare items of different groups; so there are four times as many small groups, or more, which are dealt anew into large ones
// before every epoch: over the epochs every pair meets, and in each one a drawn item is any item that was chosen by somebody, all
// alike. What it costs: within an epoch a user meets a group's items together. Groups have at least 64 items.
//
// An epoch brings every vector into the cache once for each group, and where vectors are many it waits for nothing else. So groups
// are few; and they are made of runs of up to 64 neighbors, whose vectors lie together in a few pages of memory, since a page for
// each row would be looked up as often. Neighbors may be alike, numbered by age or by popularity, and where a group has few runs
// that shows in what is learned (popular items that always meet, and the rest that meets none of them); so runs are dealt at
// random, a small group of items has at least 32 and a group of users 128.
//
// Memory: 8 bytes a user and item. Up to 67 million choices are kept in blocks, 8 bytes each, 12 or 16 with weights, and so are all
// where the ratings lie in a scratch, there. Of more a thread gathers those of a user group and a group of items when their turn comes,
// 16 bytes a choice and two weights, if there are any, the same in the same order. Small blocks are shown together, less than 8192 choices a thread.
template <real T>
class ranking_strata {
public:
  using blocks = detail::choice_blocks<T>;
  using entry = typename blocks::entry;
  using block_view = typename blocks::view;

  // The ratings have to outlive this. kept_up_to is the number of choices up to which blocks are kept, and all are where groups are so
  // few that those gathered at a time would be as many; none with 0.
  explicit ranking_strata(ratings<T> const& data, std::uint64_t seed, std::size_t kept_up_to = std::size_t{1} << 26)
      : seed_(seed), size_(data.size()), total_weight_(detail::total_weight(data)) {
    std::vector<index_t> known;
    for (index_t i = 0; i != data.item_count(); ++i)
      if (!data.of(item_id{i}).empty()) known.push_back(i);
    groups_ = groups_for(data.size(), known.size());
    cells_ = groups_ == 1 ? 1 : groups_ * parts_for(groups_, data.size(), known.size());

    item_.reserve(known.size());
    deal(known.size(), cells_ * std::size_t{32}, mix(seed, 1), [&](std::size_t k) { item_.push_back(known[k]); });
    cell_of_.assign(data.item_count(), 0);
    item_begin_.assign(std::size_t{cells_} + 1, 0);
    for (std::size_t c = 0; c != cells_; ++c) item_begin_[c + 1] = item_.size() * (c + 1) / cells_;
    for (std::size_t c = 0; c != cells_; ++c)
      for (std::size_t k = item_begin_[c]; k != item_begin_[c + 1]; ++k) cell_of_[item_[k]] = static_cast<index_t>(c);

    // Users in equal parts by their choices.
    std::vector<index_t> group_of(data.user_count(), 0);
    std::size_t before = 0;
    deal(data.user_count(), groups_ * std::size_t{128}, mix(seed, 2), [&](std::size_t u) {
      std::size_t const own = data.of(user_id{static_cast<index_t>(u)}).size();
      if (own == 0) return;
      group_of[u] = static_cast<index_t>(before * groups_ / data.size());
      before += own;
    });
    constexpr index_t few_groups = 3;
    if (kept_up_to != 0 && groups_ < few_groups) kept_up_to = data.size();
    blocks_ = blocks(data, group_of, groups_, cell_of_, cells_, mix(seed, 3), kept_up_to);
  }

  template <class... More>
  explicit ranking_strata(ratings<T> const&&, More&&...) = delete;  // they would be gone

  // Visits every choice once. First prepare(h, pool) for each large group of items h, then learn(block, h, pool, random) for
  // each block of choices, whose items are among the pool's; blocks of one user group or one item group come one after another,
  // others may run at the same time. Returns the sum of what learn returns by the sum of the weights, added in an order that is
  // fixed. Throws error{numeric} when it is not a finite number, which is how a training that diverges shows itself.
  template <executor E, class Prepare, class Learn>
  double pass(E& ex, std::uint32_t epoch, Prepare const& prepare, Learn const& learn) const {
    std::vector<index_t> dealt(cells_);
    for (index_t c = 0; c != cells_; ++c) dealt[c] = c;
    std::vector<index_t> diagonal(groups_);
    for (index_t d = 0; d != groups_; ++d) diagonal[d] = d;
    random_stream random(mix(seed_, 4), epoch);
    shuffle(random, std::span<index_t>(dealt));
    shuffle(random, std::span<index_t>(diagonal));

    index_t const each = cells_ / groups_;
    auto const cells_of = [&](std::size_t h) { return std::span<index_t const>(dealt).subspan(h * each, each); };
    std::vector<index_t> pool;
    pool.reserve(item_.size());
    std::vector<std::size_t> pool_begin(std::size_t{groups_} + 1, 0);
    for (index_t h = 0; h != groups_; ++h) {
      for (std::size_t const c : cells_of(h))
        pool.insert(pool.end(), item_.data() + item_begin_[c], item_.data() + item_begin_[c + 1]);
      pool_begin[h + 1] = pool.size();
    }
    // Which place the cell of an item has among those dealt.
    std::vector<index_t> place_of(blocks_.all_kept() ? 0 : cell_of_.size());
    if (!place_of.empty()) {
      std::vector<index_t> place(cells_);
      for (index_t k = 0; k != cells_; ++k) place[dealt[k]] = k;
      for (std::size_t i = 0; i != place_of.size(); ++i) place_of[i] = place[cell_of_[i]];
    }
    auto const pool_of = [&](std::size_t h) {
      return std::span<index_t const>(pool).subspan(pool_begin[h], pool_begin[h + 1] - pool_begin[h]);
    };
    ex.bulk(groups_, [&](std::size_t h) { prepare(h, pool_of(h)); });

    struct task {
      std::size_t user_group, item_group, choices;
    };
    std::vector<task> todo(groups_);
    std::vector<double> slot(groups_);
    double sum = 0;
    for (index_t const d : diagonal) {
      // The longest first, so that threads are done at about the same time.
      for (std::size_t g = 0; g != groups_; ++g) {
        task next{g, (g + d) % groups_, 0};
        for (std::size_t const c : cells_of(next.item_group)) next.choices += blocks_.size_of(g, c);
        std::size_t k = g;
        for (; k != 0 && todo[k - 1].choices < next.choices; --k) todo[k] = todo[k - 1];
        todo[k] = next;
      }
      ex.bulk(groups_, [&](std::size_t k) {
        std::size_t const g = todo[k].user_group, h = todo[k].item_group;
        random_stream own(mix(seed_, 5, epoch), g * groups_ + h);
        auto const turn_of = [&](index_t i) { return place_of[i] - static_cast<index_t>(h) * each; };
        slot[g] = over_blocks(g, cells_of(h), turn_of,
                              [&](block_view const& some) { return learn(some, h, pool_of(h), own); });
      });
      for (double const part : slot) sum += part;
    }
    double const mean = size_ == 0 ? 0 : sum / total_weight_;
    if (!is_finite(mean)) raise_diverged(epoch + 1);
    return mean;
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] index_t groups() const noexcept { return groups_; }
  // That were chosen by somebody.
  [[nodiscard]] index_t items() const noexcept { return static_cast<index_t>(item_.size()); }

private:
  // The sum of what learn(block) returns for the blocks of a user group and these small groups of items, in this order. Small ones
  // are shown together, so that who learns can fetch what comes next and seldom has to begin anew.
  template <class TurnOf, class Learn>
  [[nodiscard]] double over_blocks(std::size_t user_group, std::span<index_t const> cells, TurnOf const& turn_of,
                                   Learn const& learn) const {
    constexpr std::size_t few = 4096;
    double sum = 0;
    std::vector<entry> chosen;
    std::vector<T> weight;
    auto const learn_together = [&] {
      if (chosen.empty()) return;
      sum += learn(block_view{chosen, weight});
      chosen.clear();
      weight.clear();
    };
    typename blocks::room own;
    blocks_.each(user_group, cells, turn_of, own, [&](block_view const& next) {
      bool const alone = next.chosen.size() >= few;
      if (alone || chosen.size() >= few) learn_together();
      if (alone) {
        sum += learn(next);
        return;
      }
      chosen.insert(chosen.end(), next.chosen.begin(), next.chosen.end());
      weight.insert(weight.end(), next.weight.begin(), next.weight.end());
    });
    learn_together();
    return sum;
  }

  // A thousand choices a block are worth a task, and a dozen groups are enough tasks; more of them, 64 at most, have twenty thousand.
  // At least 64 items a group.
  [[nodiscard]] static index_t groups_for(std::size_t choices, std::size_t items) noexcept {
    constexpr std::size_t worth_a_task = 1024, plenty = 20000, enough_items = 64;
    index_t groups = 1;
    while (groups != 64 && std::size_t{groups} * groups * (groups < 12 ? worth_a_task : plenty) < choices &&
           (groups + 1) * enough_items <= items)
      ++groups;
    return groups;
  }
  // Small groups a large one: at least 4, more while a block of theirs has 256 choices and they have 16 items.
  [[nodiscard]] static index_t parts_for(std::size_t groups, std::size_t choices, std::size_t items) noexcept {
    std::size_t const by_choices = choices / (groups * groups * 256), by_items = items / (groups * 16);
    std::size_t const parts = by_choices < by_items ? by_choices : by_items;
    return static_cast<index_t>(parts < 4 ? 4 : parts);
  }

  // Visits 0 ... n - 1 in runs of neighbors that come in random order: 64 neighbors, or fewer where there would not be so many runs.
  template <class Visit>
  static void deal(std::size_t n, std::size_t least_runs, std::uint64_t seed, Visit const& visit) {
    std::size_t const fair = n / least_runs, run = fair < 1 ? 1 : fair > 64 ? 64 : fair;
    detail::each_in_runs(n, run, seed, visit);
  }

  std::uint64_t seed_;
  std::size_t size_;
  double total_weight_;
  index_t groups_ = 1;
  index_t cells_ = 1;                    // small groups of items
  std::vector<index_t> item_;            // those chosen by somebody, small group by small group
  std::vector<std::size_t> item_begin_;  // of small groups
  std::vector<index_t> cell_of_;         // the small group of every item
  blocks blocks_;
};

KINDRED_END
