// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/storable.hpp>

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

KINDRED_BEGIN

// Which columns of rows of features belong together: fields that lie one after another, each of some columns.
//
//   kindred::column_fields fields;
//   fields.add(users);   // a column for every user
//   fields.add(about);   // features of items: the fields that they have
//
// Whoever hashes gives every field a range of its own to hash into.
class column_fields {
public:
  column_fields() = default;

  // A field of so many columns behind those that there are. Throws error{shape} when they cannot be numbered.
  void add(index_t columns) {
    if (columns >= index_limit - this->columns())
      raise(error(error_kind::shape) << "column_fields: more columns than can be numbered");
    first_.push_back(this->columns() + columns);
  }
  // All fields of features, in the order of their columns.
  template <class Features>
    requires requires(Features const& of) { std::span<index_t const>(of.field_starts()); }
  void add(Features const& of) {
    std::span<index_t const> const starts = of.field_starts();
    column_fields all = *this;
    for (std::size_t f = 1; f < starts.size(); ++f) all.add(starts[f] - starts[f - 1]);
    *this = std::move(all);
  }

  static constexpr stored_format format{"column_fields", 1};
  static void fields(auto& self, auto& visit) { visit("first", self.first_); }
  void restore() const {
    check_stored(!first_.empty(), "column_fields: a first column for every field, and the count of all");
    check_stored_offsets(first_, first_.back(), "column_fields");
    check_stored(first_.back() < index_limit, "column_fields: columns can be numbered");
  }

  [[nodiscard]] index_t size() const noexcept { return static_cast<index_t>(first_.size() - 1); }
  [[nodiscard]] index_t columns() const noexcept { return first_.back(); }
  // The first column of a field, of size() the count of columns.
  [[nodiscard]] index_t first(index_t field) const noexcept { return first_[field]; }
  // The field of a column. O(log size()).
  [[nodiscard]] index_t of(index_t column) const noexcept {
    KINDRED_ASSERT(column < columns());
    std::size_t low = 0, high = first_.size() - 1;
    while (high - low > 1) {
      std::size_t const middle = (low + high) / 2;
      (first_[middle] <= column ? low : high) = middle;
    }
    return static_cast<index_t>(low);
  }

  friend bool operator==(column_fields const&, column_fields const&) = default;

private:
  std::vector<index_t> first_ = {0};
};

KINDRED_END
