// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/solve/balanced_groups.hpp>
#include <kindred/solve/shared_parts.hpp>
#include <kindred/solve/user_batches.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// One of the users of a batch that is learned from.
template <real T>
struct met_user {
  using ends = std::array<std::size_t, user_batches<T>::ranges + 1>;

  index_t user;
  std::size_t before;  // ratings of those before
  typename user_batches<T>::rated_row rated;
  std::span<index_t const> order;  // in which they are met, by where they are in the row
  ends of_items;                   // where in the row the items of each range begin
  ends of_told;                    // where among the parts that are told
};

// The users of a batch: what they rated, in which order it is met, and where their rows are cut for the ranges of the second half.
// Memory for those of one batch, 4 bytes a rating. Different places may be met at the same time.
template <real T>
class met_users {
public:
  // Both have to outlive this.
  met_users(user_batches<T> const& batches, shared_parts<T> const& parts)
      : batches_(batches), parts_(parts), met_(user_batches<T>::users_at_a_time) {
    std::vector<index_t> uses(parts.row.empty() ? 0 : parts.rows);
    for (index_t const r : parts.row) ++uses[r];
    told_begin_ = even_ranges<user_batches<T>::ranges>(static_cast<index_t>(uses.size()), parts.row.size(),
                                                       [&](index_t r) { return uses[r]; });
    std::size_t most = 0;
    for (std::size_t b = 0; b != batches.count(); ++b) {
      std::size_t const size = batches.entries_before(b, batches.users(b).size());
      if (size > most) most = size;
    }
    order_.resize(most);
  }

  // The most ratings that a batch has.
  [[nodiscard]] std::size_t most() const noexcept { return order_.size(); }

  void meet(std::size_t batch, std::size_t place) noexcept {
    met_user<T>& met = met_[place];
    met.user = batches_.users(batch)[place];
    met.before = batches_.entries_before(batch, place);
    met.rated = batches_.rated_by(met.user);
    met.order = batches_.order(batch, place, std::span<index_t>(order_).subspan(met.before, met.rated.size()));
    auto const items = met.rated.items();
    cut(0, items.size(), batches_.item_begin(), [&](std::size_t r) { return items[r]; }, met.of_items);
    cut(
        parts_.told_begin(met.user), parts_.told_end(met.user), told_begin_,
        [&](std::size_t k) { return parts_.row[k]; }, met.of_told);
  }
  [[nodiscard]] met_user<T> const& operator[](std::size_t place) const noexcept { return met_[place]; }

  // Whose is the rating of that number, in the order in which a batch met them.
  [[nodiscard]] met_user<T> const& who_met(std::size_t number) const noexcept {
    std::size_t place = 0;
    while (number - met_[place].before >= met_[place].rated.size()) ++place;
    return met_[place];
  }

private:
  // Where in an ascending row the ids of each range begin, and the last ends.
  template <class At>
  static void cut(std::size_t first, std::size_t last, std::span<index_t const> begin, At const& at,
                  typename met_user<T>::ends& out) noexcept {
    out[0] = first;
    for (std::size_t g = 1; g != out.size(); ++g) {
      while (first != last && at(first) < begin[g]) ++first;
      out[g] = first;
    }
  }

  user_batches<T> const& batches_;
  shared_parts<T> const& parts_;
  std::array<index_t, user_batches<T>::ranges + 1> told_begin_{};  // of ranges of rows, for the parts that are told
  std::vector<met_user<T>> met_;
  std::vector<index_t> order_;  // room for those of a batch
};

}  // namespace detail

KINDRED_END
