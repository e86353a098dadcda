// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/data/ratings.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// A number for every item and every part of the time from which ratings are known, all parts equally long: how an item is liked
// changes slowly (Koren, "Collaborative filtering with temporal dynamics", 2009, equation 6). Without parts, nothing.
template <real T>
class item_bins {
public:
  item_bins() = default;
  item_bins(ratings<T> const& data, index_t count)
      : count_(count), value_(std::size_t{data.item_count()} * count, T{0}) {
    bool any = false;
    for (index_t u = 0; u != data.user_count(); ++u)
      for (std::int64_t const t : data.times(user_id{u})) {
        first_ = any ? (std::min)(first_, t) : t;
        last_ = any ? (std::max)(last_, t) : t;
        any = true;
      }
  }

  static constexpr stored_format format{"item_bins", 1};
  static void fields(auto& self, auto& visit) {
    visit("count", self.count_);
    visit("first", self.first_);
    visit("last", self.last_);
    visit("values", self.value_);
  }
  void restore() const {
    check_stored(first_ <= last_ && (count_ == 0 ? value_.empty() : value_.size() % count_ == 0),
                 "item_bins: as many numbers for every item");
    check_stored_numbers(value_, "item_bins");
  }

  // Which part a time is in; times beyond those known are in the first or the last.
  [[nodiscard]] index_t bin(std::int64_t t) const noexcept {
    double const whole = static_cast<double>(last_) - static_cast<double>(first_);  // no overflow for any two times
    double const from = static_cast<double>(std::clamp(t, first_, last_)) - static_cast<double>(first_);
    if (count_ == 0 || !(whole > 0)) return 0;
    return (std::min)(static_cast<index_t>(from / whole * count_), count_ - 1);
  }
  [[nodiscard]] T value(index_t item, index_t bin) const noexcept {
    std::size_t const k = std::size_t{item} * count_ + bin;
    return count_ != 0 && k < value_.size() ? value_[k] : T{0};
  }
  [[nodiscard]] T& at(index_t item, index_t bin) noexcept { return value_[std::size_t{item} * count_ + bin]; }
  [[nodiscard]] bool empty() const noexcept { return count_ == 0; }
  [[nodiscard]] bool is_of(index_t items, index_t count) const noexcept {
    return count_ == count && value_.size() == std::size_t{items} * count;
  }
  [[nodiscard]] std::span<T const> of(index_t item) const noexcept {
    return std::span<T const>(value_).subspan(std::size_t{item} * count_, count_);
  }
  [[nodiscard]] std::vector<T> const& values() const noexcept { return value_; }

  friend bool operator==(item_bins const&, item_bins const&) = default;

private:
  index_t count_ = 0;
  std::int64_t first_ = 0;
  std::int64_t last_ = 0;
  std::vector<T> value_;
};

}  // namespace detail

KINDRED_END
