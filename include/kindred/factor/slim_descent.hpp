// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

KINDRED_BEGIN

namespace detail {

// What slim solves for one item after another, by coordinate descent, with the memory that it takes.
template <class How, real T>
class slim_descent {
public:
  slim_descent(How const& how, ratings<T> const& data)
      : how_(how), data_(data), rest_(data.user_count(), 0), product_(data.item_count(), 0) {}

  // The weights of one item, in `out` by ascending item; the objective, and whether the sweeps sufficed.
  [[nodiscard]] std::pair<double, bool> solve(index_t i, std::vector<std::pair<index_t, T>>& out) {
    auto const own = data_.of(item_id{i});
    choose(i);
    for (std::size_t k = 0; k != own.size(); ++k) rest_[own.index[k]] = static_cast<double>(own.value[k]);

    bool done = false;
    for (std::uint32_t sweep = 0; sweep != how_.sweeps && !done; ++sweep) {
      double moved = 0;
      for (std::size_t c = 0; c != peer_.size(); ++c) {
        auto const column = data_.of(item_id{peer_[c]});
        double pull = weight_[c] * square_[c] - how_.l1;
        for (std::size_t k = 0; k != column.size(); ++k)
          pull += static_cast<double>(column.value[k]) * rest_[column.index[k]];
        double const weight = pull > 0 ? pull / (square_[c] + how_.l2) : 0.0;
        double const change = weight - weight_[c];
        if (change == 0) continue;
        for (std::size_t k = 0; k != column.size(); ++k)
          rest_[column.index[k]] -= change * static_cast<double>(column.value[k]);
        weight_[c] = weight;
        moved = (std::max)(moved, std::abs(change));
      }
      done = moved <= how_.tolerance;
    }

    double penalty = 0;
    double squares = 0;
    auto const settle = [&](sparse_row<T> row) {  // each user's rest is counted once, and cleared
      for (index_t const u : row.index) {
        squares += rest_[u] * rest_[u];
        rest_[u] = 0;
      }
    };
    settle(own);
    for (std::size_t c = 0; c != peer_.size(); ++c) {
      settle(data_.of(item_id{peer_[c]}));
      penalty += weight_[c] * (how_.l1 + how_.l2 / 2 * weight_[c]);
      if (weight_[c] > 0) out.emplace_back(peer_[c], static_cast<T>(weight_[c]));
    }
    return {squares / 2 + penalty, done};
  }

private:
  // The items most like i by cosine, of equal ones those of lower id, in ascending order.
  void choose(index_t i) {
    peer_.clear();
    auto const own = data_.of(item_id{i});
    for (std::size_t k = 0; k != own.size(); ++k) {
      auto const row = data_.of(user_id{own.index[k]});
      for (std::size_t j = 0; j != row.size(); ++j) {
        if (row.index[j] == i) continue;
        double const more = static_cast<double>(own.value[k]) * static_cast<double>(row.value[j]);
        if (product_[row.index[j]] == 0 && more != 0) peer_.push_back(row.index[j]);
        product_[row.index[j]] += more;
      }
    }
    std::sort(peer_.begin(), peer_.end());
    peer_.erase(std::unique(peer_.begin(), peer_.end()), peer_.end());
    std::vector<std::pair<double, index_t>> likeness;
    for (index_t const j : peer_) {
      double const square = square_of(j);
      if (product_[j] > 0 && square > 0) likeness.emplace_back(-product_[j] / std::sqrt(square), j);
      product_[j] = 0;
    }
    std::size_t const count = (std::min)(likeness.size(), static_cast<std::size_t>(how_.candidates));
    std::partial_sort(likeness.begin(), likeness.begin() + static_cast<std::ptrdiff_t>(count), likeness.end());
    peer_.clear();
    for (std::size_t k = 0; k != count; ++k) peer_.push_back(likeness[k].second);
    std::sort(peer_.begin(), peer_.end());
    weight_.assign(count, 0);
    square_.resize(count);
    for (std::size_t k = 0; k != count; ++k) square_[k] = square_of(peer_[k]);
  }

  [[nodiscard]] double square_of(index_t j) const noexcept {
    double sum = 0;
    for (T const x : data_.of(item_id{j}).value) sum += static_cast<double>(x) * static_cast<double>(x);
    return sum;
  }

  How const& how_;
  ratings<T> const& data_;
  std::vector<double> rest_;     // x_i - X w, by user
  std::vector<double> product_;  // x_j' x_i
  std::vector<index_t> peer_;
  std::vector<double> weight_;
  std::vector<double> square_;
};

}  // namespace detail

KINDRED_END
