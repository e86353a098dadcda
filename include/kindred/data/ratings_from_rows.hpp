// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/scratch.hpp>
#include <kindred/data/observations.hpp>
#include <kindred/data/on_duplicate.hpp>
#include <kindred/data/rating_table.hpp>
#include <kindred/data/ratings.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <vector>

KINDRED_BEGIN

namespace detail {

// What is called for every observation: take(user, item, value, time, weight, which of these there are).
enum class told : std::uint8_t { value, time, weight };
template <real T, class Take>
struct told_observation {
  Take const& take;

  void operator()(user_id u, item_id i, T v) const { take(u, i, v, std::int64_t{0}, T{1}, told::value); }
  void operator()(user_id u, item_id i, T v, std::int64_t t) const { take(u, i, v, t, T{1}, told::time); }
  void operator()(user_id u, item_id i, T v, std::int64_t t, T w) const { take(u, i, v, t, w, told::weight); }
};

template <real T>
struct any_taker {
  void operator()(user_id, item_id, T, std::int64_t, T, told) const noexcept {}
};

}  // namespace detail

// What tells observations, as often as it is asked: source(add) calls add(user, item, value), or with a time, or with a time and a
// weight, for each.
template <class S, class T>
concept row_source = std::invocable<S const&, detail::told_observation<T, detail::any_taker<T>> const&>;

namespace detail {

// Observations that are told again and again: first to be checked and counted, then to be held a part at a time.
template <real T, row_source<T> Each>
class rating_passes {
public:
  struct part {
    rating_table<T> table;
    std::vector<offset_t> number;  // which observation each row is
  };

  explicit rating_passes(Each const& each) : each_(each) {
    tell([&](user_id u, item_id i, T v, std::int64_t, T w, told with) {
      check_observation(size_, to_index(u), to_index(i), v, w);
      if (size_ == 0) with_ = with;
      else if (with != with_)
        raise(error(error_kind::shape).at(size_)
              << "observation " << size_ << " is told with other columns than those before it");
      ++size_;
      if (before_.size() < std::size_t{to_index(u)} + 2) before_.resize(std::size_t{to_index(u)} + 2, 0);
      ++before_[to_index(u) + 1];
      if (to_index(i) >= items_) items_ = to_index(i) + 1;
    });
    for (std::size_t u = 1; u != before_.size(); ++u) before_[u] += before_[u - 1];
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::size_t users() const noexcept { return before_.size() - 1; }
  [[nodiscard]] population reached() const noexcept { return {static_cast<index_t>(users()), items_}; }
  [[nodiscard]] bool timed() const noexcept { return with_ != told::value && size_ != 0; }
  [[nodiscard]] bool weighted() const noexcept { return with_ == told::weight && size_ != 0; }
  // Observations of the users before one.
  [[nodiscard]] offset_t before(std::size_t user) const noexcept { return before_[user]; }

  // Those of the users from `first` to before `last`, in the order in which they are told.
  [[nodiscard]] part of_users(std::size_t first, std::size_t last) const {
    part held;
    auto const rows = static_cast<std::size_t>(before_[last] - before_[first]);
    held.table.user.reserve(rows);
    held.table.item.reserve(rows);
    held.table.value.reserve(rows);
    if (timed()) held.table.time.reserve(rows);
    if (weighted()) held.table.weight.reserve(rows);
    held.number.reserve(rows);
    offset_t number = 0;
    tell([&](user_id u, item_id i, T v, std::int64_t t, T w, told with) {
      offset_t const now = number++;
      if (to_index(u) < first || to_index(u) >= last) return;
      bool const same = with == with_ && held.number.size() != rows;
      if (!same) refuse();
      check_observation(static_cast<std::size_t>(now), to_index(u), to_index(i), v, w);
      if (to_index(i) >= items_) refuse();
      held.table.add(u, i, v);
      if (timed()) held.table.time.push_back(t);
      if (weighted()) held.table.weight.push_back(w);
      held.number.push_back(now);
    });
    if (held.number.size() != rows) refuse();
    return held;
  }

private:
  template <class Take>
  void tell(Take const& take) const {
    each_(told_observation<T, Take>{take});
  }
  [[noreturn]] static void refuse() {
    raise(error(error_kind::data) << "the observations are told otherwise than the first time");
  }

  Each const& each_;
  std::vector<offset_t> before_ = {0};
  std::size_t size_ = 0;
  index_t items_ = 0;
  told with_ = told::value;
};

struct rows_in_passes {
  template <real T, row_source<T> Each>
  [[nodiscard]] static ratings<T> ratings_of(Each const& each, scratch const& place, on_duplicate policy,
                                             population size) {
    constexpr std::size_t bytes = 64;  // of a row while its block is sorted
    rating_passes<T, Each> const rows(each);
    ratings<T> all(place);
    all.resize(size, rows.reached(), rows.size(), rows.timed(), rows.weighted());
    std::size_t count = 0;
    auto const before = [&](std::size_t u) { return rows.before(u); };
    fill_in_blocks(&place, rows.users(), bytes, before, [&](std::size_t first, std::size_t last) {
      auto const part = rows.of_users(first, last);
      count = all.append(count, part.table, policy, [&](offset_t k) { return part.number[k]; });
    });
    all.end_rows(count);
    return all;
  }
};

}  // namespace detail

// Ratings of more observations than memory holds. each(add) calls add(user, item, value), or the same with a time, or with a time and
// a weight, for every observation; it is asked several times, and has to tell the same. What comes of it lies in `place`, and
// is equal to what ratings::from makes of a table of the same; in memory is one block at a time, and a few numbers a user and
// item. Throws what from() throws, and error{io}. As many passes over the observations, at 64 bytes each, as they fill blocks, and
// one to count them.
template <real T, row_source<T> Each>
[[nodiscard]] ratings<T> ratings_from_rows(Each const& each, scratch const& place,
                                           on_duplicate policy = on_duplicate::error, population size = {}) {
  return detail::rows_in_passes::ratings_of<T>(each, place, policy, size);
}
template <real T, row_source<T> Each>
ratings<T> ratings_from_rows(Each const& each, scratch const&& place, on_duplicate policy = on_duplicate::error,
                             population size = {}) = delete;  // it has to outlive them

KINDRED_END
