// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/factor/descent_checkpoint.hpp>
#include <kindred/factor/weighted_loss.hpp>
#include <kindred/run/chunks.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/solve/divergence.hpp>
#include <kindred/view/csr_view.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Coordinate descent, one factor of all users and items at a time, over what the other factors leave of the ratings
// (Yu, Hsieh, Si and Dhillon, "Scalable coordinate descent approaches to parallel matrix factorization", 2012, CCD++).
//
// Works on the residuals twice, in rows by user and by item, so that every pass runs along memory; the column of numbers that is
// read out of order is one factor of one side, and fits a cache.
template <real T>
class rank_one_descent {
public:
  rank_one_descent(ratings<T> const& data, rating_residuals<T>& left)
      : data_(data), by_user_(left.by_user), by_item_(left.by_item) {}

  // Takes factor(user) x factor(item) off all residuals.
  template <executor E>
  void take_off(E& ex, std::span<T const> of_users, std::span<T const> of_items) {
    spread(ex, data_.by_user(), by_user_, of_users, of_items);
    spread(ex, data_.by_item(), by_item_, of_items, of_users);
  }

  // Moves the factor of all users, with that of the items held, to choose(a, c, n): the minimum of c (x - a)^2 / 2 plus what
  // its n ratings have to pay for x; c is the sum of w y^2, and zero where nothing depends on x.
  template <executor E, class Choose>
  void move_users(E& ex, std::vector<T>& of_users, std::vector<T> const& of_items, Choose const& choose) {
    half<user_id>(ex, data_.by_user(), by_user_, of_users, of_items, choose);
    spread(ex, data_.by_item(), by_item_, of_items, moved_);
  }
  template <executor E, class Choose>
  void move_items(E& ex, std::vector<T>& of_items, std::vector<T> const& of_users, Choose const& choose) {
    half<item_id>(ex, data_.by_item(), by_item_, of_items, of_users, choose);
    spread(ex, data_.by_user(), by_user_, of_users, moved_);
  }

  // Throws error{numeric} when a step since the last time gave no finite number, naming the first.
  void check(char const* recipe, std::uint32_t sweep) {
    if (wrong_ != none) raise_overflow(recipe, sweep, whose_, std::exchange(wrong_, none));
  }

  // Half the mean weighted square of the residuals.
  template <executor E>
  [[nodiscard]] double objective(E& ex) const {
    auto const rows = data_.by_user();
    auto const all = reduce_chunks<weighted_loss>(ex, rows.rows(), grain, [&](std::size_t first, std::size_t last) {
      weighted_loss part;
      for (std::size_t u = first; u != last; ++u) {
        auto const weight = data_.weights(user_id{static_cast<index_t>(u)});
        auto const e = residuals(rows, by_user_, u);
        for (std::size_t k = 0; k != e.size(); ++k) {
          double const w = weight.empty() ? 1.0 : static_cast<double>(weight[k]);
          part = part + weighted_loss{w * static_cast<double>(e[k]) * static_cast<double>(e[k]) / 2, w};
        }
      }
      return part;
    });
    return all.weight == 0 ? 0 : all.loss / all.weight;
  }

private:
  static constexpr std::size_t grain = 64;  // rows a task
  static constexpr index_t none = ~index_t{0};

  template <class V>
  [[nodiscard]] static auto residuals(csr_view<T> rows, V& all, std::size_t r) noexcept {
    auto const first = static_cast<std::size_t>(rows.offset()[r]);
    return std::span(all).subspan(first, static_cast<std::size_t>(rows.offset()[r + 1]) - first);
  }

  // Residuals of every row less own x the column's number.
  template <executor E>
  static void spread(E& ex, csr_view<T> rows, std::vector<T>& all, std::span<T const> own, std::span<T const> column) {
    for_chunks(ex, rows.rows(), grain, [&](std::size_t first, std::size_t last) {
      for (std::size_t r = first; r != last; ++r) {
        auto const row = rows.row(static_cast<index_t>(r));
        auto const e = residuals(rows, all, r);
        T const x = own[r];
        for (std::size_t k = 0; k != e.size(); ++k) e[k] -= x * column[row.index[k]];
      }
    });
  }

  // moved_ is by how much each number grew.
  template <entity_id Id, executor E, class Choose>
  void half(E& ex, csr_view<T> rows, std::vector<T>& all, std::vector<T>& own, std::vector<T> const& other,
            Choose const& choose) {
    moved_.assign(own.size(), T{0});
    for_chunks(ex, rows.rows(), grain, [&](std::size_t first, std::size_t last) {
      for (std::size_t r = first; r != last; ++r) {
        auto const row = rows.row(static_cast<index_t>(r));
        if (row.empty()) continue;
        auto const weight = data_.weights(Id{static_cast<index_t>(r)});
        auto const e = residuals(rows, all, r);
        double pull = 0, curve = 0;
        for (std::size_t k = 0; k != e.size(); ++k) {
          T const y = other[row.index[k]];
          T const wy = weight.empty() ? y : weight[k] * y;
          pull += static_cast<double>(wy * e[k]);
          curve += static_cast<double>(wy * y);
        }
        double const best = curve > 0 ? static_cast<double>(own[r]) + pull / curve : 0.0;
        // What is not finite stays so, whatever would be chosen for it.
        T const next = static_cast<T>(is_finite(best) ? choose(best, curve, e.size()) : best);
        moved_[r] = next - own[r];
        own[r] = next;
        for (std::size_t k = 0; k != e.size(); ++k) e[k] -= moved_[r] * other[row.index[k]];
      }
    });
    if (wrong_ != none) return;
    auto const wrong = std::find_if_not(moved_.begin(), moved_.end(), [](T x) { return is_finite(x); });
    if (wrong == moved_.end()) return;
    wrong_ = static_cast<index_t>(wrong - moved_.begin());
    whose_ = std::same_as<Id, user_id> ? "user" : "item";
  }

  ratings<T> const& data_;
  std::vector<T>& by_user_;
  std::vector<T>& by_item_;
  std::vector<T> moved_;
  index_t wrong_ = none;  // whose step was the first that gave no finite number
  char const* whose_ = "";
};

}  // namespace detail

KINDRED_END
