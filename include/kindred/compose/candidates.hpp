// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/view/row.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <utility>

KINDRED_BEGIN

// The items that may be recommended, handed out in blocks.
//
// next(cursor, out) writes the next candidates into `out`, moves the cursor past them and returns how many; zero means
// that there are no more. The cursor starts at zero and its meaning is the set's own. Every item comes once.
template <class C>
concept candidates = requires(C const& c, std::size_t& cursor, std::span<item_id> out) {
  { c.next(cursor, out) } noexcept -> std::same_as<std::size_t>;
};

// Candidates that can also be asked for one item, and that all lie below a limit.
//
// contains(item) tells whether the set hands the item out; every item that it hands out is below limit(). top_n then looks
// at scores first and asks only about what would enter the list: a few items instead of a catalog.
template <class C>
concept candidate_set = candidates<C> && requires(C const& c, item_id item) {
  { c.contains(item) } noexcept -> std::same_as<bool>;
  { c.limit() } noexcept -> std::same_as<index_t>;
};

// Items 0 ... count - 1.
struct all_items {
  index_t count;

  [[nodiscard]] bool contains(item_id item) const noexcept { return to_index(item) < count; }
  [[nodiscard]] index_t limit() const noexcept { return count; }

  [[nodiscard]] std::size_t next(std::size_t& cursor, std::span<item_id> out) const noexcept {
    std::size_t written = 0;
    for (; written != out.size() && cursor < count; ++cursor) out[written++] = item_id{static_cast<index_t>(cursor)};
    return written;
  }
};

// The items of the catalog that the user has not rated, by ratings or by a model that keeps those it is told (live_factors, live_als,
// live_knn). Looks into either, which must outlive it and stay as it is.
class unseen {
public:
  template <class Seen>
    requires requires(Seen const& data, user_id user) {
      { data.of(user).index } noexcept -> std::convertible_to<std::span<index_t const>>;
      { data.item_count() } noexcept -> std::same_as<index_t>;
    }
  unseen(Seen const& data, user_id user) noexcept : seen_(data.of(user).index), count_(data.item_count()) {}

  [[nodiscard]] bool contains(item_id item) const noexcept {
    return to_index(item) < count_ && position_of(seen_, to_index(item)) == seen_.size();
  }
  [[nodiscard]] index_t limit() const noexcept { return count_; }

  [[nodiscard]] std::size_t next(std::size_t& cursor, std::span<item_id> out) const noexcept {
    std::size_t skip = first_not_below(cursor);
    std::size_t written = 0;
    for (; written != out.size() && cursor < count_; ++cursor) {
      if (skip != seen_.size() && seen_[skip] == cursor) ++skip;
      else out[written++] = item_id{static_cast<index_t>(cursor)};
    }
    return written;
  }

private:
  [[nodiscard]] std::size_t first_not_below(std::size_t item) const noexcept {
    std::size_t first = 0;
    for (std::size_t count = seen_.size(); count != 0;) {
      std::size_t const half = count / 2;
      if (seen_[first + half] < item) {
        first += half + 1;
        count -= half + 1;
      } else {
        count = half;
      }
    }
    return first;
  }

  std::span<index_t const> seen_;
  index_t count_;
};

// Just these items, in any order, each named once: a shelf, a search result, what is in stock. Does not own.
struct allowed {
  std::span<item_id const> items;

  [[nodiscard]] std::size_t next(std::size_t& cursor, std::span<item_id> out) const noexcept {
    std::size_t written = 0;
    for (; written != out.size() && cursor != items.size(); ++cursor) out[written++] = items[cursor];
    return written;
  }
};

// Those of another set for which predicate(item) is true. The predicate must not throw, and its answer must not change.
//
//   where(unseen(ratings, user), [&](item_id i) { return in_stock[to_index(i)]; })
//
// For a selection that leaves most of the catalog. A few items out of many are named with allowed{}, so that nothing else
// is scored.
template <candidates C, class P>
  requires std::predicate<P const&, item_id>
class where {
public:
  where(C from, P keep) : from_(std::move(from)), keep_(std::move(keep)) {}

  [[nodiscard]] bool contains(item_id item) const noexcept
    requires candidate_set<C>
  {
    return from_.contains(item) && keep_(item);
  }
  [[nodiscard]] index_t limit() const noexcept
    requires candidate_set<C>
  {
    return from_.limit();
  }

  [[nodiscard]] std::size_t next(std::size_t& cursor, std::span<item_id> out) const noexcept {
    while (std::size_t const count = from_.next(cursor, out)) {
      std::size_t kept = 0;
      for (std::size_t k = 0; k != count; ++k)
        if (keep_(out[k])) out[kept++] = out[k];
      if (kept != 0) return kept;
    }
    return 0;
  }

private:
  C from_;
  P keep_;
};

KINDRED_END
