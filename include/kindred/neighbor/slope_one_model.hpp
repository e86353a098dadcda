// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/csr.hpp>
#include <kindred/neighbor/item_block.hpp>
#include <kindred/neighbor/item_range.hpp>
#include <kindred/score/range_scorer.hpp>
#include <kindred/score/scorer.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <utility>

KINDRED_BEGIN

// Predicts a rating from every other rating of the user, each moved by what separates the two items for those who rated both:
//
//   r(u, j) = sum over i of n(i, j) (r(u, i) + d(i, j))  /  sum over i of n(i, j)
//
// over the items i that u rated and that share n(i, j) > 0 users with j, for whom r(., j) is higher than r(., i) by d(i, j) on
// average (Lemire and Maclachlan, "Slope One predictors for online rating-based collaborative filtering", 2005, equation 4).
// The base answers where there is no such item, and for users and items that are not known.
template <real T, predictor Base>
class slope_one_model {
public:
  using value_type = T;
  static constexpr bool calibrated = true;

  // `said` are the ratings in rows by user. Row i of `difference` holds, of every item j that shares users with i, the sum of
  // r(., j) - r(., i) over them, and the same place of `shared` how many they are.
  slope_one_model(Base base, csr<T> said, csr<T> difference, csr<T> shared)
      : base_(std::move(base)),
        said_(std::move(said)),
        difference_(std::move(difference)),
        shared_(std::move(shared)) {}

  static constexpr stored_format format{"slope_one_model", 1};
  slope_one_model(blank b) : base_(b) {}
  static void fields(auto& self, auto& visit) {
    visit("base", self.base_);
    visit("said", self.said_);
    visit("difference", self.difference_);
    visit("shared", self.shared_);
  }
  void restore() const {
    auto const apart = difference_.view(), shared = shared_.view();
    check_stored(
        said_.columns() <= difference_.rows() &&
            std::equal(apart.offset().begin(), apart.offset().end(), shared.offset().begin(), shared.offset().end()) &&
            std::equal(apart.index().begin(), apart.index().end(), shared.index().begin(), shared.index().end()),
        "slope_one_model: a difference for every count, in a row for every item");
  }

  [[nodiscard]] bool knows(user_id u) const noexcept { return !row_of(u).empty(); }
  [[nodiscard]] bool knows(item_id i) const noexcept { return base_.knows(i); }

  void score(user_id u, std::span<item_id const> items, std::span<T> out) const noexcept {
    KINDRED_ASSERT(items.size() <= block && items.size() == out.size());
    base_.score(u, items, out);
    vote<block>(u, item_block(items), out);
  }
  void score_range(user_id u, item_id first, std::span<T> out) const noexcept {
    KINDRED_ASSERT(out.size() <= range_block);
    score_range_of(base_, u, first, out);
    vote<range_block>(u, item_range(first, out.size()), out);
  }

  [[nodiscard]] Base const& base() const noexcept { return base_; }
  // How many users rated both items, and by how much j was liked better on average; zero and zero where nobody did.
  [[nodiscard]] std::pair<T, T> between(item_id i, item_id j) const noexcept {
    if (to_index(i) >= shared_.rows()) return {T{0}, T{0}};
    auto const row = shared_.row(to_index(i));
    std::size_t const at = position_of(row.index, to_index(j));
    if (at == row.size()) return {T{0}, T{0}};
    return {row.value[at], difference_.row(to_index(i)).value[at] / row.value[at]};
  }

  friend bool operator==(slope_one_model const&, slope_one_model const&) = default;

private:
  [[nodiscard]] sparse_row<T> row_of(user_id u) const noexcept { return detail::row_or_none(said_, to_index(u)); }

  template <std::size_t Most, class Asked>
  void vote(user_id u, Asked const& asked, std::span<T> out) const noexcept {
    std::array<T, Most> sum;
    std::array<T, Most> weight;
    std::fill_n(sum.begin(), asked.size(), T{0});
    std::fill_n(weight.begin(), asked.size(), T{0});
    auto const row = row_of(u);
    for (std::size_t k = 0; k != row.size(); ++k) {
      T const rating = row.value[k];
      asked.each_shared(difference_.row(row.index[k]), [&](std::size_t j, T apart) { sum[j] += apart; });
      asked.each_shared(shared_.row(row.index[k]), [&](std::size_t j, T count) {
        sum[j] += count * rating;
        weight[j] += count;
      });
    }
    for (std::size_t j = 0; j != asked.size(); ++j)
      if (weight[j] > 0) out[j] = sum[j] / weight[j];
  }

  Base base_;
  csr<T> said_;
  csr<T> difference_;
  csr<T> shared_;
};

KINDRED_END
