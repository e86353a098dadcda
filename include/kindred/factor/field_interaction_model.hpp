// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/column_fields.hpp>
#include <kindred/factor/machine_columns.hpp>
#include <kindred/kernel/dense.hpp>
#include <kindred/solve/curved_loss.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <utility>

KINDRED_BEGIN

// A weight for every column, and of every column a vector for each field: what two columns say together is the product of the
// vectors that each has for the field of the other,
//
//   margin(x) = intercept + sum over columns j of  w(j) x(j)
//                         + sum over pairs j < k of  <v(j, field of k), v(k, field of j)> x(j) x(k),
//
// so that a color can go with a season by other reasons than with an age (Juan, Zhuang, Chin and Lin, "Field-aware factorization
// machines for CTR prediction", 2016, equation 4). margin ranks; predict is what it means in the unit of the labels.
//
// What field_aware_machine trains. Columns that were not seen in training have no weight and no vectors; columns beyond those of
// the model are passed over. O(values of the row that are not zero x fields x factors), no allocation. Memory: (fields x factors
// + 1) numbers a column, padded with zeros to whole cache lines.
template <real T, class Loss>
class field_interaction_model : public detail::machine_columns<T, Loss> {
  using base = detail::machine_columns<T, Loss>;

public:
  // All zeros, to be filled by a solver.
  field_interaction_model(column_fields fields, index_t factors, Loss loss)
      : base(fields.columns(), factors, std::size_t{fields.size()} * factors, std::move(loss)),
        fields_(std::move(fields)) {}

  static constexpr stored_format format{"field_interaction_model", 1};
  field_interaction_model(blank) noexcept {}
  static void fields(auto& self, auto& visit) {
    visit("intercept", self.intercept_);
    visit("loss", self.loss_);
    visit("column_fields", self.fields_);
    visit("factors", self.factors_);
    visit("weights", self.weight_);
    std::size_t const numbers = std::size_t{self.fields_.size()} * self.factors_;
    visit("vectors", self.vector_, numbers, padded_size<T>(numbers));
  }
  void restore() {
    stride_ = padded_size<T>(std::size_t{fields_.size()} * factors_);
    check_stored(weight_.size() == fields_.columns() && vector_.size() == weight_.size() * stride_,
                 "field_interaction_model: vectors for every column");
    check_stored(is_finite(static_cast<T>(base::reach())), "field_interaction_model: numbers are finite");
  }

  [[nodiscard]] column_fields const& grouped() const noexcept { return fields_; }
  // What a column keeps for the columns of a field.
  [[nodiscard]] std::span<T const> vector(index_t column, index_t field) const noexcept {
    return {vector_.data() + column * stride_ + std::size_t{field} * factors_, factors_};
  }

  [[nodiscard]] T margin(sparse_row<T> row) const noexcept { return margin_of(row); }
  [[nodiscard]] T margin(dense_row<T> row) const noexcept { return margin_of(row); }
  template <class Row>
  [[nodiscard]] T predict(Row row) const noexcept {
    return mean_of_prediction(loss_, margin(row));
  }

  friend bool operator==(field_interaction_model const& a, field_interaction_model const& b) noexcept {
    return a.fields_ == b.fields_ && a.same_columns(b);
  }

private:
  // Where the values of columns below `column` end in a row, of which those before `from` are known to be below.
  static std::size_t end_of(sparse_row<T> row, std::size_t from, index_t column) noexcept {
    while (from != row.size() && row.index[from] < column) ++from;
    return from;
  }
  static std::size_t end_of(dense_row<T> row, std::size_t, index_t column) noexcept {
    return (std::min)(row.size(), std::size_t{column});
  }
  static index_t column_at(sparse_row<T> row, std::size_t k) noexcept { return row.index[k]; }
  static index_t column_at(dense_row<T>, std::size_t k) noexcept { return static_cast<index_t>(k); }
  static T value_at(sparse_row<T> row, std::size_t k) noexcept { return row.value[k]; }
  static T value_at(dense_row<T> row, std::size_t k) noexcept { return row[k]; }

  // Field by field: the columns of one that a row has speak to those of another by the product of two sums; within a field,
  // by the identity  2 sum of pairs = |sum x v|^2 - sum |x v|^2. So many factors at a time as fit the stack.
  template <class Row>
  [[nodiscard]] T margin_of(Row row) const noexcept {
    constexpr std::size_t at_once = 128;
    T sum = intercept_;
    std::size_t first = 0;
    for (index_t a = 0; a != fields_.size(); ++a) {
      std::size_t const end = end_of(row, first, fields_.first(a + 1));
      if (first == end) continue;
      for (std::size_t k = first; k != end; ++k) sum += weight_[column_at(row, k)] * value_at(row, k);
      std::size_t other = first;
      for (index_t b = a; b != fields_.size(); ++b) {
        std::size_t const other_end = end_of(row, other, fields_.first(b + 1));
        for (std::size_t from = 0; other != other_end && from < factors_; from += at_once) {
          std::size_t const count = (std::min)(at_once, factors_ - from);
          std::array<T, at_once> ours, theirs;
          T const alone = add_up(row, first, end, b, from, std::span<T>(ours.data(), count));
          if (a == b) {
            sum += (kernel::dot(ours.data(), ours.data(), count) - alone) / 2;
          } else {
            static_cast<void>(add_up(row, other, other_end, a, from, std::span<T>(theirs.data(), count)));
            sum += kernel::dot(ours.data(), theirs.data(), count);
          }
        }
        other = other_end;
      }
      first = end;
    }
    return sum;
  }

  // The sum of x v(j, field) over some columns of a row, of some factors; returns the sum of |x v|^2.
  template <class Row>
  T add_up(Row row, std::size_t first, std::size_t end, index_t field, std::size_t from,
           std::span<T> out) const noexcept {
    for (T& x : out) x = 0;
    T alone = 0;
    for (std::size_t k = first; k != end; ++k) {
      T const x = value_at(row, k);
      if (x == 0) continue;
      T const* const v = vector(column_at(row, k), field).data() + from;
      kernel::axpy(x, v, out.data(), out.size());
      alone += x * x * kernel::dot(v, v, out.size());
    }
    return alone;
  }

  column_fields fields_;
  using base::factors_;
  using base::intercept_;
  using base::loss_;
  using base::stride_;
  using base::vector_;
  using base::weight_;
};

KINDRED_END
