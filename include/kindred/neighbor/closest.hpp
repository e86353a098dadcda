// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/neighbor/neighbor_lists.hpp>
#include <kindred/neighbor/radix_sort.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

KINDRED_BEGIN

namespace detail {

// A neighbor with a value above zero as something that compares quickly, larger for closer. Positive floats order as
// their bits do, so that value and id fit one integer.
struct float_key {
  std::uint64_t bits = 0;

  float_key() = default;
  explicit float_key(neighbor<float> one) noexcept
      : bits(std::uint64_t{std::bit_cast<std::uint32_t>(one.value)} << 32 | (~one.id & index_limit)) {}
  [[nodiscard]] neighbor<float> unpacked() const noexcept {
    return {~static_cast<index_t>(bits), std::bit_cast<float>(static_cast<std::uint32_t>(bits >> 32))};
  }
  [[nodiscard]] bool closer_than(float_key other) const noexcept { return bits > other.bits; }
};
struct double_key {
  neighbor<double> one = {};

  double_key() = default;
  explicit double_key(neighbor<double> of) noexcept : one(of) {}
  [[nodiscard]] neighbor<double> unpacked() const noexcept { return one; }
  [[nodiscard]] bool closer_than(double_key const& other) const noexcept { return is_closer(one, other.one); }
};

}  // namespace detail

// Keeps the closest of many neighbors that are offered in any order, in a buffer of `room` times as many that is cut whenever it
// is full. What is kept depends on what was offered, never on the order. Most offers end at a comparison with the worst
// that is kept; amortized O(1).
template <real T>
class closest {
public:
  // keep > 0, room > 1.
  explicit closest(std::size_t keep, std::size_t room = 4) : keep_(keep), full_(room * keep) {
    KINDRED_ASSERT(keep > 0 && room > 1);
  }

  // value > 0.
  void offer(neighbor<T> one) {
    key const k(one);
    if (!k.closer_than(worst_)) return;
    kept_.push_back(k);
    if (kept_.size() >= full_) cut();
  }

  // The closest, in order, until the next offer.
  [[nodiscard]] std::span<neighbor<T> const> sorted() {
    if constexpr (std::is_same_v<key, detail::float_key>) {
      std::vector<key> spare;
      detail::sort_largest_first(kept_, spare);
      if (kept_.size() > keep_) {
        kept_.resize(keep_);
        worst_ = kept_.back();
      }
    } else {
      if (kept_.size() > keep_) cut();
      std::sort(kept_.begin(), kept_.end(), closer);
    }
    sorted_.clear();
    for (key const& k : kept_) sorted_.push_back(k.unpacked());
    return sorted_;
  }

  // How many sorted() will give.
  [[nodiscard]] std::size_t size() const noexcept { return (std::min)(kept_.size(), keep_); }

  // What has a smaller value is not kept; zero while there is room.
  [[nodiscard]] T least() const noexcept { return worst_.unpacked().value; }

  void clear() noexcept {
    kept_.clear();
    worst_ = {};
  }

private:
  using key = std::conditional_t<std::is_same_v<T, float>, detail::float_key, detail::double_key>;
  static constexpr auto closer = [](key const& a, key const& b) { return a.closer_than(b); };

  void cut() {
    auto const last = kept_.begin() + static_cast<std::ptrdiff_t>(keep_ - 1);
    std::nth_element(kept_.begin(), last, kept_.end(), closer);
    kept_.resize(keep_);
    worst_ = kept_.back();
  }

  std::size_t keep_;
  std::size_t full_;
  key worst_;  // of those that are kept; worse than any while there is room
  std::vector<key> kept_;
  std::vector<neighbor<T>> sorted_;
};

KINDRED_END
