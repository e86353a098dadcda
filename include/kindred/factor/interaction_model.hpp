// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/factor/machine_columns.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/solve/curved_loss.hpp>
#include <kindred/solve/example_batches.hpp>
#include <kindred/view/matrix_view.hpp>
#include <kindred/view/row.hpp>
#include <kindred/view/unchecked.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <utility>

KINDRED_BEGIN

// A weight for every column, and a vector for every column: what two of them say together is the product of their vectors,
//
//   margin(x) = intercept + sum over columns j of  w(j) x(j)  +  sum over pairs j < k of  <v(j), v(k)> x(j) x(k),
//
// so that something is known even of two columns that never met in training (Rendle, "Factorization machines", 2010, equation
// 1). margin ranks; predict is what it means in the unit of the labels: a probability (logistic_loss), or the margin itself.
//
// What factorization_machine trains. Columns that were not seen in training have no weight and no vector; columns beyond those of
// the model are passed over. O(values of the row that are not zero x factors), no allocation. Memory: (factors + 1) numbers a
// column, vectors padded with zeros to whole cache lines.
template <real T, class Loss>
class interaction_model : public detail::machine_columns<T, Loss> {
  using base = detail::machine_columns<T, Loss>;

public:
  // All zeros, to be filled by a solver.
  interaction_model(index_t columns, index_t factors, Loss loss) : base(columns, factors, factors, std::move(loss)) {}

  static constexpr stored_format format{"interaction_model", 1};
  interaction_model(blank) noexcept {}
  static void fields(auto& self, auto& visit) {
    visit("intercept", self.intercept_);
    visit("loss", self.loss_);
    visit("weights", self.weight_);
    visit.columns("vectors", self.factors_);
    visit("vectors", self.vector_, self.factors_, padded_size<T>(self.factors_));
  }
  void restore() {
    stride_ = padded_size<T>(factors_);
    check_stored(weight_.size() < index_limit && vector_.size() == weight_.size() * stride_,
                 "interaction_model: a vector for every column");
    check_stored(is_finite(static_cast<T>(base::reach())), "interaction_model: numbers are finite");
  }

  [[nodiscard]] matrix_view<T> vectors() const noexcept {
    return {unchecked, vector_.data(), base::columns(), factors_, stride_};
  }

  [[nodiscard]] T margin(sparse_row<T> row) const noexcept { return margin_of(row); }
  [[nodiscard]] T margin(dense_row<T> row) const noexcept { return margin_of(row); }
  template <class Row>
  [[nodiscard]] T predict(Row row) const noexcept {
    return mean_of_prediction(loss_, margin(row));
  }

  friend bool operator==(interaction_model const& a, interaction_model const& b) noexcept { return a.same_columns(b); }

private:
  // The pairs by the identity  2 sum of pairs = |sum x v|^2 - sum |x v|^2  (Rendle, lemma 3.1), so many factors at a time as
  // fit the stack.
  template <class Row>
  [[nodiscard]] T margin_of(Row row) const noexcept {
    T sum = intercept_;
    for_each_feature(row, [&](index_t j, T x) {
      if (j < base::columns()) sum += weight_[j] * x;
    });
    constexpr std::size_t at_once = 256;
    std::array<T, at_once> together;
    for (std::size_t from = 0; from < stride_; from += at_once) {
      std::size_t const count = (std::min)(at_once, stride_ - from);
      std::fill_n(together.begin(), count, T{0});
      T alone = 0;
      for_each_feature(row, [&](index_t j, T x) {
        if (j >= base::columns()) return;
        T const* const v = vector_.data() + j * stride_ + from;
        kernel::axpy(x, v, together.data(), count);
        alone += x * x * kernel::dot(v, v, count);
      });
      sum += (kernel::dot(together.data(), together.data(), count) - alone) / 2;
    }
    return sum;
  }

  using base::factors_;
  using base::intercept_;
  using base::loss_;
  using base::stride_;
  using base::vector_;
  using base::weight_;
};

KINDRED_END
