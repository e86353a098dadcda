// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/linear/least_subgradient.hpp>
#include <kindred/linear/objective.hpp>
#include <kindred/linear/quadratic_model.hpp>
#include <kindred/linear/row_parts.hpp>
#include <kindred/run/executor.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

// The columns of a sparse problem that may move, stored by column: those whose weight is not zero, or whose gradient exceeds l1.
// Under an l1 penalty they are few, and minimizing over them costs little beside a pass over all rows. Dense rows give all
// their values.
//
// Yuan, Ho and Lin, "An improved GLMNET for l1-regularized logistic regression" (2012), with the working set of a round chosen
// by the gradient of the round.
template <class Objective>
class active_columns {
public:
  using value_type = typename Objective::value_type;

  explicit active_columns(Objective const& f) : f_(f), place_(f.columns()), parts_(f.data().rows(), 1) {}

  // Picks the columns and gathers their values.
  template <executor E>
  void choose(E& ex, std::span<double const> w, std::span<double const> gradient) {
    column_.clear();
    double const l1 = f_.penalty().l1;
    for (std::size_t j = 0; j != f_.columns(); ++j) {
      bool const moves = w[j] != 0 || gradient[j] > l1 || gradient[j] < -l1;
      place_[j] = moves ? static_cast<index_t>(column_.size()) : none;
      if (moves) column_.push_back(static_cast<index_t>(j));
    }
    std::vector<std::vector<entry>> found(parts_.size());
    ex.bulk(parts_.size(), [&](std::size_t k) {
      for (index_t r = parts_.first(k); r != parts_.last(k); ++r) collect(r, f_.data().row(r), found[k]);
    });
    begin_.assign(column_.size() + 1, 0);
    for (auto const& part : found)
      for (entry const& e : part) ++begin_[e.column + 1];
    for (std::size_t j = 0; j != column_.size(); ++j) begin_[j + 1] += begin_[j];
    stored_.resize(begin_.back());
    std::vector<std::size_t> next(begin_.begin(), begin_.end() - 1);
    for (auto const& part : found)
      for (entry const& e : part) stored_[next[e.column]++] = {e.row, e.value};
  }

  // As quadratic_model::minimize, over the columns that were chosen; change = X step.
  void minimize(std::span<double const> curvature, std::span<double const> w, std::span<double const> gradient,
                std::span<double> step, std::span<double> change, int sweeps, double accuracy) {
    bent_.resize(change.size());
    for (std::size_t r = 0; r != change.size(); ++r) bent_[r] = {curvature[r], 0};
    for (double& s : step) s = 0;
    double bend = 0;  // of the intercept
    for (double const c : curvature) bend += c;
    diagonal_.assign(column_.size(), f_.penalty().l2);
    for (std::size_t j = 0; j != column_.size(); ++j)
      for (std::size_t k = begin_[j]; k != begin_[j + 1]; ++k) {
        auto const x = static_cast<double>(stored_[k].value);
        diagonal_[j] += curvature[stored_[k].row] * x * x;
      }
    double first = 0;
    for (int sweep = 0; sweep != sweeps; ++sweep) {
      double gain = 0;
      if (f_.intercept() && bend > 0) {
        double pull = gradient[f_.columns()];
        for (auto const& b : bent_) pull += b.curvature * b.change;
        double const move = -pull / bend;
        step[f_.columns()] += move;
        gain += bend * move * move;
        for (auto& b : bent_) b.change += move;
      }
      for (std::size_t j = 0; j != column_.size(); ++j) {
        double const h = diagonal_[j];
        if (!(h > 0)) continue;
        std::size_t const c = column_[j];
        double pull = gradient[c] + f_.penalty().l2 * step[c];
        for (std::size_t k = begin_[j]; k != begin_[j + 1]; ++k) {
          auto const& b = bent_[stored_[k].row];
          pull += static_cast<double>(stored_[k].value) * b.curvature * b.change;
        }
        double const at = w[c] + step[c];
        double const move = detail::shrunk(at - pull / h, f_.penalty().l1 / h) - at;
        if (move == 0) continue;
        step[c] += move;
        gain += h * move * move;
        for (std::size_t k = begin_[j]; k != begin_[j + 1]; ++k)
          bent_[stored_[k].row].change += move * static_cast<double>(stored_[k].value);
      }
      if (sweep == 0) first = gain;
      if (gain <= accuracy * first) break;
    }
    for (std::size_t r = 0; r != change.size(); ++r) change[r] = bent_[r].change;
  }

private:
  static constexpr index_t none = index_limit;

  struct entry {
    index_t column;  // its place among those chosen
    index_t row;
    value_type value;
  };
  struct stored {
    index_t row;
    value_type value;
  };
  struct bent {  // what a column reads of a row, side by side
    double curvature;
    double change;
  };

  void collect(index_t r, sparse_row<value_type> row, std::vector<entry>& out) const {
    for (std::size_t k = 0; k != row.size(); ++k)
      if (index_t const at = place_[row.index[k]]; at != none) out.push_back({at, r, row.value[k]});
  }
  void collect(index_t r, dense_row<value_type> row, std::vector<entry>& out) const {
    for (std::size_t c : column_) out.push_back({place_[c], r, row[c]});
  }

  Objective const& f_;
  std::vector<index_t> place_;
  row_parts parts_;
  std::vector<index_t> column_;
  std::vector<std::size_t> begin_;
  std::vector<stored> stored_;
  std::vector<bent> bent_;
  std::vector<double> diagonal_;
};

KINDRED_END
