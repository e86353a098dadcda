// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/linear/row_math.hpp>
#include <kindred/solve/curved_loss.hpp>
#include <kindred/view/row.hpp>

#include <cstddef>
#include <span>
#include <utility>

KINDRED_BEGIN

// A weight a column, an intercept, and what their sum means: the model of every linear recipe.
//
// margin(row) is intercept + weights . row, which ranks; predict(row) is what it means in the unit of the labels: a
// probability (logistic_loss), an expected count (poisson_loss), the margin itself (squared loss, support vectors).
//
// Columns that the model has not seen are ignored: they say nothing that could be known. Dense rows may be shorter or longer
// than the weights by the same rule. O(stored values of the row), no allocation.
template <real T, class Loss>
class linear_model {
public:
  using value_type = T;
  using loss_type = Loss;

  // The weights of the columns, and behind them the intercept where there is one.
  linear_model(std::span<double const> parameters, std::size_t columns, Loss loss)
      : weight_(columns),
        intercept_(parameters.size() == columns ? T{0} : static_cast<T>(parameters[columns])),
        loss_(std::move(loss)) {
    for (std::size_t j = 0; j != columns; ++j) weight_[j] = static_cast<T>(parameters[j]);
  }

  static constexpr stored_format format{"linear_model", 1};
  linear_model(blank) noexcept {}
  static void fields(auto& self, auto& visit) {
    visit("weights", self.weight_);
    visit("intercept", self.intercept_);
    visit("loss", self.loss_);
  }
  void restore() const {
    check_stored(is_finite(intercept_) && weight_.size() < index_limit, "linear_model: a finite intercept");
    check_stored_numbers(weight_, "linear_model");
  }

  [[nodiscard]] index_t columns() const noexcept { return static_cast<index_t>(weight_.size()); }
  [[nodiscard]] std::span<T const> weights() const noexcept { return weight_.span(); }
  [[nodiscard]] T intercept() const noexcept { return intercept_; }
  [[nodiscard]] Loss const& loss() const noexcept { return loss_; }

  [[nodiscard]] T margin(sparse_row<T> row) const noexcept {
    std::size_t seen = row.size();
    while (seen != 0 && row.index[seen - 1] >= weight_.size()) --seen;
    return intercept_ + detail::dot(sparse_row<T>{row.index.first(seen), row.value.first(seen)}, weight_.data());
  }
  [[nodiscard]] T margin(dense_row<T> row) const noexcept {
    return intercept_ +
           detail::dot(row.first(row.size() < weight_.size() ? row.size() : weight_.size()), weight_.data());
  }

  template <class Row>
  [[nodiscard]] T predict(Row row) const noexcept {
    return mean_of_prediction(loss_, margin(row));
  }

  friend bool operator==(linear_model const& a, linear_model const& b) noexcept {
    return a.weight_ == b.weight_ && a.intercept_ == b.intercept_;
  }

private:
  buffer<T> weight_;
  T intercept_ = 0;
  Loss loss_ = {};
};

KINDRED_END
