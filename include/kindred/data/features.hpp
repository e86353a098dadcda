// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/dictionary.hpp>
#include <kindred/data/encoded_features.hpp>
#include <kindred/data/feature_field.hpp>
#include <kindred/data/feature_records.hpp>
#include <kindred/data/feature_table.hpp>
#include <kindred/view/csr_view.hpp>
#include <kindred/view/row.hpp>
#include <kindred/view/unchecked.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

KINDRED_BEGIN

// What a column of features stands for: the field, and of a field with several columns the value: genre, "horror".
struct feature_name {
  std::string_view field;
  std::string_view value;  // empty for numbers
};

// What is known of every item, or of every user, as a sparse row of numbers: columns that have names. Immutable but for
// add(); validated once, and the same whatever the order in which the table was filled.
//
//   auto const about = kindred::item_features<float>::from(catalog);
//   about.of(alien);                        // columns and values
//   about.name(column);                     // {"genre", "horror"}
//   about.find("genre", "horror");          // the column
//   about.add(arrivals);                    // new items, in the columns that there are
//
// The columns - means and spreads of numbers, the values of categories, how rare a word is - are fitted to the table and
// stay. What a later table says beyond them, a brand or a word that was not there, has no column and is passed over:
// nothing could be learned of it. A field that was not there is an error: a misspelled name more often than a novelty.
// An id of which nothing is known is an empty row.
template <real T, entity_id Id>
class features {
public:
  using value_type = T;
  using id_type = Id;

  features() = default;

  // Of entities 0 ... count - 1; without a count, up to the largest that the table names. Throws error: data for numbers that
  // are not finite or exceed 1e100, for two numbers or categories of one entity and field, and for a reserved id; setting for a
  // weight or clip out of its range; shape when ids exceed the count. O(n log n) in what was said, O(n) if entity by entity.
  [[nodiscard]] static features from(feature_table<Id> const& table, index_t count = 0) {
    features made;
    auto const& records = table.records();
    for (index_t f = 0; f != records.names.size(); ++f) {
      std::string_view const name = records.names.key(detail::field_id{f});
      auto const& field = records.fields[f];
      detail::check_field(name, field, noun);
      made.names_.add(name);
      made.fields_.emplace_back(field, detail::in_order(name, field, noun));
      std::size_t const columns = std::size_t{made.first_.back()} + made.fields_.back().columns();
      if (columns >= index_limit)
        raise(error(error_kind::shape) << "features have " << columns << " columns, more than " << index_limit - 1);
      made.first_.push_back(static_cast<index_t>(columns));
    }
    auto const rows = made.rows_of(table);
    index_t const reached = rows.size() == 0 ? 0 : rows.entity.back() + 1;
    if (count != 0 && reached > count)
      raise(error(error_kind::shape) << "features are known of " << noun << ' ' << reached - 1
                                     << ", but the count was given as " << count);
    made.add(rows);
    made.reach(count);
    made.average();
    return made;
  }

  static constexpr stored_format format{std::same_as<Id, item_id> ? "item_features" : "user_features", 1};
  static void fields(auto& self, auto& visit) {
    visit("names", self.names_);
    visit("fields", self.fields_);
    visit("first", self.first_);
    visit("offset", self.offset_);
    visit("index", self.index_);
    visit("value", self.value_);
    visit("typical", self.typical_);
  }
  void restore() const;

  [[nodiscard]] index_t size() const noexcept { return static_cast<index_t>(offset_.size() - 1); }
  [[nodiscard]] index_t columns() const noexcept { return first_.back(); }

  // The first column of every field, and the count of all columns.
  [[nodiscard]] std::span<index_t const> field_starts() const noexcept { return first_; }

  // What is known of one entity; empty for an id that the features do not reach.
  [[nodiscard]] sparse_row<T> of(Id which) const noexcept {
    return to_index(which) < size() ? rows().row(to_index(which)) : sparse_row<T>{};
  }
  // The same with zeros where nothing is known. out.size() == columns().
  void write_dense(Id which, std::span<T> out) const noexcept {
    KINDRED_ASSERT(out.size() == columns());
    std::fill(out.begin(), out.end(), T{0});
    auto const row = of(which);
    for (std::size_t k = 0; k != row.size(); ++k) out[row.index[k]] = row.value[k];
  }
  // All rows, valid until the next add.
  [[nodiscard]] csr_view<T> rows() const noexcept { return {unchecked, offset_, index_, value_, columns()}; }

  [[nodiscard]] feature_name name(index_t column) const noexcept {
    KINDRED_ASSERT(column < columns());
    auto const after = std::upper_bound(first_.begin(), first_.end(), column);
    auto const f = static_cast<index_t>(after - first_.begin() - 1);
    return {names_.key(detail::field_id{f}), fields_[f].value(column - first_[f])};
  }
  // The column of a value of a field; of numbers, with an empty value.
  [[nodiscard]] std::optional<index_t> find(std::string_view field, std::string_view value = {}) const noexcept {
    auto const f = names_.find(field);
    if (!f) return std::nullopt;
    auto const column = fields_[to_index(*f)].find(value);
    return column ? std::optional(first_[to_index(*f)] + *column) : std::nullopt;
  }

  // What a table says, in these columns: of entities of any kind, for a user can wish for features of items. Throws as from()
  // does, and error{data} for a field that is not among the fields, or is of another kind.
  template <entity_id Any>
  [[nodiscard]] encoded_features<T> rows_of(feature_table<Any> const& table) const;

  // What entities are like on average, by column: the mean of the rows, each at length one, of those that had a row when the
  // columns were fitted. Stays, as the columns do.
  [[nodiscard]] std::span<double const> typical() const noexcept { return typical_; }

  // Adds entities, or replaces what is known of them; changes nothing when it throws. Amortized O(row) for ids beyond
  // size(), O(everything) for others.
  void add(feature_table<Id> const& more) { add(rows_of(more)); }
  // The same, of what rows_of gave.
  void add(encoded_features<T> const& rows);

  friend bool operator==(features const& a, features const& b) noexcept {
    return a.first_ == b.first_ && a.offset_ == b.offset_ && a.index_ == b.index_ && a.value_ == b.value_ &&
           a.typical_ == b.typical_;
  }

private:
  static constexpr char const* noun = detail::noun_of<Id>();

  void reach(index_t count) {
    if (size() < count) offset_.resize(std::size_t{count} + 1, index_.size());
  }
  void average() {
    typical_.assign(columns(), 0);
    double count = 0;
    for (index_t e = 0; e != size(); ++e) {
      auto const row = of(Id{e});
      double const unit = static_cast<double>(detail::inverse_length(row));
      if (unit == 0) continue;
      ++count;
      for (std::size_t k = 0; k != row.size(); ++k) typical_[row.index[k]] += static_cast<double>(row.value[k]) * unit;
    }
    for (double& mean : typical_)
      if (count != 0) mean /= count;
  }

  dictionary<detail::field_id> names_;
  std::vector<detail::feature_field> fields_;
  std::vector<index_t> first_ = {0};  // the first column of every field, and the count of all
  std::vector<offset_t> offset_ = {0};
  std::vector<index_t> index_;
  std::vector<T> value_;
  std::vector<double> typical_;
};

template <real T, entity_id Id>
void features<T, Id>::restore() const {
  check_stored(
      names_.size() == fields_.size() && first_.size() == fields_.size() + 1 && first_[0] == 0 && !offset_.empty(),
      "features: a name and a first column for every field");
  for (std::size_t f = 0; f != fields_.size(); ++f)
    check_stored(first_[f] <= first_[f + 1] && first_[f + 1] - first_[f] == fields_[f].columns(),
                 "features: as many columns as the fields have");
  check_stored_offsets(offset_, index_.size(), "features");
  check_stored(value_.size() == index_.size(), "features: as many values as columns");
  for (index_t e = 0; e != size(); ++e) {
    auto const row = rows().row(e).index;
    for (std::size_t k = 0; k != row.size(); ++k)
      check_stored(row[k] < (k + 1 == row.size() ? columns() : row[k + 1]), "features: columns ascend in every row");
  }
  check_stored_numbers(value_, "features");
  check_stored_numbers(typical_, "features");
  check_stored(typical_.size() == columns() || (typical_.empty() && fields_.empty()),
               "features: a mean for every column");
}

template <real T>
using item_features = features<T, item_id>;
template <real T>
using user_features = features<T, user_id>;

template <real T, entity_id Id>
template <entity_id Any>
encoded_features<T> features<T, Id>::rows_of(feature_table<Any> const& table) const {
  struct encoded {  // the entries of one field of these features
    std::vector<detail::feature_entry> entries;
    std::size_t next = 0;
  };
  std::vector<encoded> part(fields_.size());
  encoded_features<T> rows;
  auto const& records = table.records();
  for (index_t r = 0; r != records.names.size(); ++r) {
    std::string_view const name = records.names.key(detail::field_id{r});
    auto const& field = records.fields[r];
    detail::check_field(name, field, detail::noun_of<Any>());
    auto const f = names_.find(name);
    if (!f || fields_[to_index(*f)].kind() != field.how.kind)
      raise((error(error_kind::data) << "a field '").quote(name.data(), name.size())
            << "' of " << detail::name_of(field.how.kind) << " is not among the features");
    auto const entries = detail::in_order(name, field, detail::noun_of<Any>());
    auto const& fitted = fields_[to_index(*f)];
    auto const column = fitted.columns_of(field);
    for (std::size_t first = 0; first != entries.size();) {
      std::size_t last = first;
      while (last != entries.size() && entries[last].entity == entries[first].entity) ++last;
      rows.entity.push_back(entries[first].entity);
      fitted.encode(std::span(entries).subspan(first, last - first), column, part[to_index(*f)].entries);
      first = last;
    }
  }
  std::sort(rows.entity.begin(), rows.entity.end());
  rows.entity.erase(std::unique(rows.entity.begin(), rows.entity.end()), rows.entity.end());
  for (index_t const entity : rows.entity) {
    for (std::size_t f = 0; f != part.size(); ++f) {
      auto& [entries, next] = part[f];
      for (; next != entries.size() && entries[next].entity == entity; ++next) {
        T const value = static_cast<T>(entries[next].value);
        if (value == 0) continue;
        rows.index.push_back(first_[f] + entries[next].term);
        rows.value.push_back(value);
      }
    }
    rows.offset.push_back(rows.index.size());
  }
  return rows;
}

template <real T, entity_id Id>
void features<T, Id>::add(encoded_features<T> const& rows) {
  if (rows.size() == 0) return;
  auto const append = [](features& to, sparse_row<T> row) {
    to.index_.insert(to.index_.end(), row.index.begin(), row.index.end());
    to.value_.insert(to.value_.end(), row.value.begin(), row.value.end());
    to.offset_.push_back(to.index_.size());
  };
  if (rows.entity[0] >= size()) {
    auto const make_room = [](auto& in, std::size_t more) {
      if (in.capacity() - in.size() < more) in.reserve(in.size() + (std::max)(in.size(), more));
    };
    make_room(index_, rows.index.size());
    make_room(value_, rows.value.size());
    make_room(offset_, rows.entity.back() + std::size_t{1} - size());
    for (std::size_t k = 0; k != rows.size(); ++k) {
      reach(rows.entity[k]);
      append(*this, rows.row(k));
    }
    return;
  }
  features merged;
  std::size_t k = 0;
  for (index_t e = 0; e < size() || k != rows.size(); ++e) {
    if (k != rows.size() && rows.entity[k] == e) append(merged, rows.row(k++));
    else append(merged, of(Id{e}));
  }
  offset_ = std::move(merged.offset_);
  index_ = std::move(merged.index_);
  value_ = std::move(merged.value_);
}

KINDRED_END
