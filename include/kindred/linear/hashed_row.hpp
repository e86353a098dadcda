// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/run/random.hpp>
#include <kindred/view/row.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

KINDRED_BEGIN

// How names of features become columns.
struct hashing {
  std::uint32_t bits = 18;  // 2^bits columns, 1 to 31
  bool signs = true;        // half of the features count negatively, so that collisions cancel on average
  bool pairs = false;       // every two features of a row are a feature as well, of both values multiplied
  std::uint64_t seed = 0;

  void check() const {
    if (bits < 1 || bits > 31)
      raise(error(error_kind::setting) << "hashing: bits = " << bits << "; a table has 2^1 to 2^31 columns");
  }
};

// Makes sparse rows of records with named fields, without a dictionary: a feature's column is a hash of its field and its value,
// the same today, tomorrow and on another machine (Weinberger, Dasgupta, Langford, Smola and Attenberg, "Feature hashing for
// large scale multitask learning", 2009). One object makes one row after the other and keeps its memory.
//
//   kindred::hashed_row<float> row({.bits = 20});
//   row.clear();
//   row.category(0, "phone");
//   row.category(1, product);
//   row.number(2, price);
//   model.predict(row.row());
//
// Features that meet in a column are added up. Fields are numbers of yours.
template <real T>
class hashed_row {
public:
  using value_type = T;

  // Throws error{setting} when bits is out of its range.
  explicit hashed_row(hashing how = {}) : how_(how) { how.check(); }

  [[nodiscard]] index_t columns() const noexcept { return index_t{1} << how_.bits; }

  // Begins a new row.
  void clear() noexcept { feature_.clear(); }

  // The field has this value, one of many that have nothing to do with each other.
  void category(std::uint32_t field, std::string_view value, T weight = T{1}) {
    std::uint64_t h = mix(how_.seed, field, value.size());
    for (std::size_t k = 0; k < value.size(); k += 8) {
      std::uint64_t word = 0;
      std::size_t const count = value.size() - k < 8 ? value.size() - k : 8;
      for (std::size_t b = 0; b != count; ++b)
        word |= std::uint64_t{static_cast<unsigned char>(value[k + b])} << (8 * b);
      h = mix(h ^ word);
    }
    feature_.push_back({h, weight});
  }
  void category(std::uint32_t field, std::uint64_t value, T weight = T{1}) {
    feature_.push_back({mix(mix(how_.seed, field, ~std::uint64_t{0}), value), weight});
  }
  // The field has this size.
  void number(std::uint32_t field, T value) { feature_.push_back({mix(how_.seed, field, ~std::uint64_t{1}), value}); }

  // The column of the category added last.
  [[nodiscard]] index_t last_column() const noexcept { return column_of(feature_.back().hash); }

  // The row, valid until the next call that is not const. O(n log n), n^2 with pairs.
  [[nodiscard]] sparse_row<T> row() {
    cell_.clear();
    for (std::size_t a = 0; a != feature_.size(); ++a) {
      put(feature_[a].hash, feature_[a].value);
      for (std::size_t b = 0; how_.pairs && b != a; ++b) {
        auto const [low, high] = std::minmax(feature_[a].hash, feature_[b].hash);
        put(mix(low, high), feature_[a].value * feature_[b].value);
      }
    }
    std::sort(cell_.begin(), cell_.end(), [](cell const& x, cell const& y) {
      return x.column != y.column ? x.column < y.column : x.value < y.value;
    });
    index_.clear();
    value_.clear();
    for (cell const& c : cell_) {
      if (!index_.empty() && index_.back() == c.column) {
        value_.back() += c.value;
      } else {
        index_.push_back(c.column);
        value_.push_back(c.value);
      }
    }
    return {index_, value_};
  }

private:
  struct feature {
    std::uint64_t hash;
    T value;
  };
  struct cell {
    index_t column;
    T value;
  };

  [[nodiscard]] index_t column_of(std::uint64_t hash) const noexcept {
    return static_cast<index_t>(hash >> (64 - how_.bits));
  }
  void put(std::uint64_t hash, T value) {
    cell_.push_back({column_of(hash), how_.signs && (hash & 1) != 0 ? -value : value});  // a bit that no column uses
  }

  hashing how_;
  std::vector<feature> feature_;
  std::vector<cell> cell_;
  std::vector<index_t> index_;
  std::vector<T> value_;
};

KINDRED_END
