// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/compose/candidates.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/kernel/panel.hpp>
#include <kindred/kernel/panels.hpp>
#include <kindred/kernel/steps.hpp>
#include <kindred/score/factored.hpp>
#include <kindred/score/scorer.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// The lists of many users of a factored model, by products of eight users and a panel of 32 items at a time.
//
// Products only say what may enter a list: what reaches the worst of the list so far, less what rounding can hide, is scored
// by the model itself. So the lists are those of top_n, bit by bit, at the rate of a matrix product. Items go by descending
// length of their vectors, and by |<p, q>| <= |p| |q| a user is done as soon as the longest that is left cannot reach.
template <factored M>
class product_lists {
public:
  using T = value_t<M>;

  // Copies the vectors of the items that the model knows.
  explicit product_lists(M const& model) : model_(&model) {
    auto const items = model.items();
    auto const bias = item_biases_of(model);
    std::vector<ranked> order;
    for (index_t i = 0; i != items.rows(); ++i)
      if (model.knows(item_id{i})) order.push_back({i, length_of(items.row(i).data(), items.columns())});
    std::sort(order.begin(), order.end(), [](ranked const& a, ranked const& b) {
      return a.length != b.length ? a.length > b.length : a.item < b.item;
    });
    for (ranked const& one : order) item_.push_back(one.item);
    panels_ = kernel::panels<T>(items, item_);
    bias_ = buffer<T>(panels_.count() * width, T{0});
    longest_ = buffer<T>(panels_.count(), T{0});
    most_ = buffer<T>(panels_.count(), T{0});
    for (std::size_t k = 0; k != item_.size() && !bias.empty(); ++k) {
      bias_[k] = bias[item_[k]];
      largest_bias_ = (std::max)(largest_bias_, std::abs(bias_[k]));
    }
    T most = -largest_bias_;
    for (std::size_t p = panels_.count(); p-- != 0;) {
      std::size_t const last = (std::min)((p + 1) * width, item_.size());
      for (std::size_t k = p * width; k != last; ++k) most = (std::max)(most, bias_[k]);
      longest_[p] = order[p * width].length;
      most_[p] = most;
    }
    rounding_ = static_cast<T>(4 * items.columns() + 64) * std::numeric_limits<T>::epsilon();
  }

  // A user who is asked for, and the list so far.
  template <candidate_set C>
  struct asked {
    user_id user;
    C which;
    std::span<scored_item<T>> out;
    std::size_t found = 0;
    T const* row = nullptr;
    T length = 0;
    T own = 0;  // what the user's scores have that products have not
    T limit = -std::numeric_limits<T>::infinity();
  };

  // Fills the lists of some users whom the model knows, and who have a vector.
  template <candidate_set C>
  void fill(std::span<asked<C>> all) const {
    constexpr std::size_t group = kernel::panel_queries;
    std::vector<asked<C>*> busy;
    for (asked<C>& one : all) {
      one.row = model_->users().row(to_index(one.user)).data();
      one.length = length_of(one.row, panels_.columns());
      if (!one.out.empty()) busy.push_back(&one);
    }
    for (std::size_t p = 0; p != panels_.count() && !busy.empty(); ++p) {
      std::erase_if(busy, [&](asked<C> const* one) { return one->length * longest_[p] + most_[p] < one->limit; });
      for (std::size_t first = 0; first < busy.size(); first += group) {
        T product[group * width];
        T const* row[group];
        std::size_t const count = (std::min)(group, busy.size() - first);
        for (std::size_t q = 0; q != count; ++q) row[q] = busy[first + q]->row;
        kernel::fold_panel(kernel::dot_step{}, row, count, panels_.panel(p), panels_.columns(), product);
        for (std::size_t q = 0; q != count; ++q) meet(*busy[first + q], p, product + q * width);
      }
    }
    for (asked<C>& one : all) put_in_order(one.out, one.found);
  }

private:
  static constexpr std::size_t width = kernel::lanes<T>;

  struct ranked {
    index_t item;
    T length;
  };

  // No less than the length, also where squares are too small for a number; what is not a number is as long as can be.
  [[nodiscard]] static T length_of(T const* row, std::size_t columns) noexcept {
    T const length = std::sqrt(kernel::dot(row, row, columns) + lost(columns));
    return is_finite(length) ? length : (std::numeric_limits<T>::max)();
  }

  // What so many products can lose by being too small.
  [[nodiscard]] static T lost(std::size_t columns) noexcept {
    return static_cast<T>(columns) * (std::numeric_limits<T>::min)();
  }

  template <class C>
  void meet(asked<C>& one, std::size_t p, T const* product) const noexcept {
    T const* const bias = bias_.data() + p * width;
    if (kernel::all_below(product, one.limit, T{-1}, bias, T{0}, bias)) return;
    std::size_t const rows = (std::min)(width, item_.size() - p * width);
    for (std::size_t r = 0; r != rows; ++r) {
      T const guess = product[r] + bias[r];
      if (guess < one.limit) continue;
      item_id const item{item_[p * width + r]};
      if (!one.which.contains(item)) continue;
      T const value = score_of(*model_, one.user, item);
      if (one.found == 0) one.own = value - guess;
      one.found = enter(one.out, one.found, scored_item<T>{item, value});
      if (one.found != one.out.size()) continue;
      T const worst = worst_of<T>(one.out);
      T const hidden = one.length * longest_[0] + largest_bias_ + std::abs(worst) + 2 * std::abs(one.own);
      one.limit = worst - one.own - (rounding_ * hidden + lost(panels_.columns()));
    }
  }

  M const* model_;
  std::vector<index_t> item_;  // by descending length of their vectors
  kernel::panels<T> panels_;
  buffer<T> bias_;     // of items in that order
  buffer<T> longest_;  // of this panel and those after it, the longest vector
  buffer<T> most_;     // and the largest bias
  T largest_bias_ = 0;
  T rounding_ = 0;
};

}  // namespace detail

KINDRED_END
