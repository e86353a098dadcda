// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/matrix_view.hpp>

#include <concepts>
#include <cstddef>
#include <span>

KINDRED_BEGIN

// Rows that features come in: sparse (csr_view) or dense (matrix_view).
template <class Rows>
concept feature_rows = std::same_as<Rows, csr_view<value_t<Rows>>> || std::same_as<Rows, matrix_view<value_t<Rows>>>;

// What may stand beside a label; an empty span leaves it out.
template <real T>
struct example_columns {
  std::span<T const> weight = {};       // how often the example counts: positive, 1 where left out
  std::span<T const> offset = {};       // what is added to its score before the loss is taken: 0 where left out
  std::span<index_t const> group = {};  // whose example it is (a user, a query), for grouped evaluation
};

// Rows of features with a label each: what linear models, trees and networks learn from. Does not own.
//
//   auto const data = kindred::examples<kindred::csr_view<float>>::from(rows, clicked, {.weight = weight});
//
// from() checks once what everything downstream relies on: sizes agree, every number is finite, weights are positive. It
// throws error{shape} or error{data} with the row, and the column where there is one. O(stored values).
template <feature_rows Rows>
class examples {
public:
  using value_type = value_t<Rows>;
  using rows_type = Rows;
  using row_type = decltype(Rows{}.row(0));

  [[nodiscard]] static examples from(Rows rows, std::span<value_type const> label,
                                     example_columns<value_type> beside = {}) {
    examples const made(rows, label, beside);
    made.check_sizes();
    made.check_columns();
    made.check_rows();
    return made;
  }
  // For an owner that has checked the same while it grew.
  examples(unchecked_t, Rows rows, std::span<value_type const> label, example_columns<value_type> beside) noexcept
      : examples(rows, label, beside) {}

  [[nodiscard]] index_t size() const noexcept { return rows_.rows(); }
  [[nodiscard]] bool empty() const noexcept { return size() == 0; }
  [[nodiscard]] index_t columns() const noexcept { return rows_.columns(); }
  [[nodiscard]] Rows rows() const noexcept { return rows_; }
  [[nodiscard]] row_type row(index_t r) const noexcept { return rows_.row(r); }

  [[nodiscard]] std::span<value_type const> labels() const noexcept { return label_; }
  [[nodiscard]] std::span<value_type const> weights() const noexcept { return beside_.weight; }
  [[nodiscard]] std::span<value_type const> offsets() const noexcept { return beside_.offset; }
  [[nodiscard]] std::span<index_t const> groups() const noexcept { return beside_.group; }

  [[nodiscard]] value_type label(index_t r) const noexcept { return label_[r]; }
  [[nodiscard]] value_type weight(index_t r) const noexcept {
    return beside_.weight.empty() ? value_type{1} : beside_.weight[r];
  }
  [[nodiscard]] value_type offset(index_t r) const noexcept {
    return beside_.offset.empty() ? value_type{0} : beside_.offset[r];
  }

private:
  examples(Rows rows, std::span<value_type const> label, example_columns<value_type> beside) noexcept
      : rows_(rows), label_(label), beside_(beside) {}

  void check_sizes() const {
    auto const same = [&](char const* name, std::size_t length, bool optional) {
      if (length != rows_.rows() && !(optional && length == 0))
        raise(error(error_kind::shape) << "examples: there are " << rows_.rows() << " rows, but " << length << " "
                                       << name);
    };
    same("labels", label_.size(), false);
    same("weights", beside_.weight.size(), true);
    same("offsets", beside_.offset.size(), true);
    same("groups", beside_.group.size(), true);
  }

  void check_columns() const {
    auto const finite = [](char const* name, std::span<value_type const> values) {
      for (std::size_t r = 0; r != values.size(); ++r)
        if (!is_finite(values[r]))
          raise(error(error_kind::data).at(r)
                << "examples: the " << name << " of row " << r << " is not a finite number");
    };
    finite("label", label_);
    finite("weight", beside_.weight);
    finite("offset", beside_.offset);
    for (std::size_t r = 0; r != beside_.weight.size(); ++r)
      if (beside_.weight[r] <= 0)
        raise(error(error_kind::data).at(r)
              << "examples: row " << r << " has the weight " << beside_.weight[r] << "; weights are positive numbers");
  }

  void check_rows() const {
    for (index_t r = 0; r != rows_.rows(); ++r) {
      row_type const row = rows_.row(r);
      if constexpr (std::same_as<row_type, sparse_row<value_type>>) {
        for (std::size_t k = 0; k != row.size(); ++k)
          if (!is_finite(row.value[k])) refuse(r, row.index[k]);
      } else {
        for (std::size_t k = 0; k != row.size(); ++k)
          if (!is_finite(row[k])) refuse(r, k);
      }
    }
  }

  [[noreturn]] static void refuse(index_t r, std::size_t column) {
    raise(error(error_kind::data).at(r, column)
          << "examples: the value in row " << r << ", column " << column << " is not a finite number");
  }

  Rows rows_;
  std::span<value_type const> label_;
  example_columns<value_type> beside_;
};

KINDRED_END
