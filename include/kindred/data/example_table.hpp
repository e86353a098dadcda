// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/examples.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/row.hpp>
#include <kindred/view/unchecked.hpp>

#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

// The owner of sparse examples, one added at a time; what a reader of files fills and a recipe learns from through view().
//
//   kindred::example_table<float> seen;
//   seen.add(1, {index, value});
//   auto const model = kindred::fit(kindred::logistic_regression<>{}, seen.view()).model;
template <real T>
class example_table {
public:
  using value_type = T;

  // A table of at least `columns` columns; it grows with the indices that are seen.
  explicit example_table(index_t columns = 0) : columns_(columns) {}

  // Adds an example. Throws error{data}, and adds nothing, when indices do not ascend or a number is not finite, or the
  // weight not positive; error{shape} when a row has not as many values as indices.
  void add(T label, sparse_row<T> row, T weight = T{1}) {
    check(label, row, weight);
    add(unchecked, label, row, weight);
  }
  // For a reader that has checked the same on the way.
  void add(unchecked_t, T label, sparse_row<T> row, T weight = T{1}) {
    index_.insert(index_.end(), row.index.begin(), row.index.end());
    value_.insert(value_.end(), row.value.begin(), row.value.end());
    if (weight != T{1} && weight_.empty()) weight_.assign(label_.size(), T{1});
    label_.push_back(label);
    if (weight != T{1} || !weight_.empty()) weight_.push_back(weight);
    if (!group_.empty()) group_.push_back(0);
    offset_.push_back(index_.size());
    if (!row.empty() && row.index.back() >= columns_) columns_ = row.index.back() + 1;
  }

  // Says whose the example added last is (see example_columns::group); those without one are of group 0.
  void set_group(index_t group) {
    group_.resize(label_.size(), 0);
    group_.back() = group;
  }

  // Makes room for so many examples and stored values.
  void reserve(std::size_t examples, std::size_t values) {
    label_.reserve(examples);
    offset_.reserve(examples + 1);
    index_.reserve(values);
    value_.reserve(values);
  }

  static constexpr stored_format format{"example_table", 1};
  static void fields(auto& self, auto& visit) {
    visit("columns", self.columns_);
    visit("offset", self.offset_);
    visit("index", self.index_);
    visit("value", self.value_);
    visit("label", self.label_);
    visit("weight", self.weight_);
    visit("group", self.group_);
  }
  void restore() const {
    check_stored(offset_.size() == label_.size() + 1 && label_.size() <= index_limit &&
                     (weight_.empty() || weight_.size() == label_.size()) &&
                     (group_.empty() || group_.size() == label_.size()) && value_.size() == index_.size(),
                 "example_table: as many rows, weights and groups as labels");
    check_stored_offsets(offset_, index_.size(), "example_table");
    for (index_t r = 0; r != size(); ++r) {
      auto const row = rows().row(r);
      check(label_[r], row, weight_.empty() ? T{1} : weight_[r]);
      check_stored(row.empty() || row.index.back() < columns_, "example_table: columns that there are");
    }
  }

  [[nodiscard]] index_t size() const noexcept { return static_cast<index_t>(label_.size()); }
  [[nodiscard]] index_t columns() const noexcept { return columns_; }
  [[nodiscard]] csr_view<T> rows() const noexcept { return {unchecked, offset_, index_, value_, columns_}; }
  [[nodiscard]] std::span<T const> labels() const noexcept { return label_; }

  // Valid until the table changes.
  [[nodiscard]] examples<csr_view<T>> view() const noexcept {
    return {unchecked, rows(), label_, {.weight = weight_, .group = group_}};
  }

private:
  void check(T label, sparse_row<T> row, T weight) const {
    std::size_t const r = label_.size();
    if (row.index.size() != row.value.size())
      raise(error(error_kind::shape).at(r)
            << "example " << r << " has " << row.index.size() << " indices and " << row.value.size() << " values");
    if (r == index_limit) raise(error(error_kind::shape) << "a table holds at most " << index_limit << " examples");
    if (!is_finite(label)) raise(error(error_kind::data).at(r) << "the label of example " << r << " is not finite");
    if (!is_finite(weight) || weight <= 0)
      raise(error(error_kind::data).at(r)
            << "example " << r << " has the weight " << weight << "; weights are positive numbers");
    for (std::size_t k = 0; k != row.size(); ++k) {
      if (k != 0 && row.index[k] <= row.index[k - 1])
        raise(error(error_kind::data).at(r, row.index[k])
              << "the indices of example " << r << " do not ascend at " << row.index[k]);
      if (row.index[k] == index_limit)
        raise(error(error_kind::data).at(r)
              << "example " << r << " has the index " << index_limit << ", which is reserved");
      if (!is_finite(row.value[k]))
        raise(error(error_kind::data).at(r, row.index[k])
              << "the value of example " << r << ", index " << row.index[k] << " is not a finite number");
    }
  }

  index_t columns_;
  std::vector<offset_t> offset_ = {0};
  std::vector<index_t> index_;
  std::vector<T> value_;
  std::vector<T> label_;
  std::vector<T> weight_;
  std::vector<index_t> group_;
};

KINDRED_END
