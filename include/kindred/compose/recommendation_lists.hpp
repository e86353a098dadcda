// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/score/scorer.hpp>

#include <cstddef>
#include <span>
#include <vector>

KINDRED_BEGIN

// The lists of many users, each of at most as many items as were asked for, best first.
template <real T>
class recommendation_lists {
public:
  using value_type = T;

  recommendation_lists() noexcept = default;
  // Room for `lists` lists of at most `length` items, all empty, to be filled through place() and set_size(). Throws error{shape}
  // when that is more than can be numbered.
  recommendation_lists(std::size_t lists, std::size_t length) : length_(length), size_(lists, 0) {
    if (length != 0 && lists > item_.max_size() / length)
      raise(error(error_kind::shape) << lists << " lists of " << length << " items exceed the address space");
    item_.resize(lists * length);
  }

  // How many lists there are.
  [[nodiscard]] std::size_t size() const noexcept { return size_.size(); }
  // List k: of the k-th user that was asked for.
  [[nodiscard]] std::span<scored_item<T> const> operator[](std::size_t k) const noexcept {
    KINDRED_ASSERT(k < size());
    return {item_.data() + k * length_, size_[k]};
  }

  [[nodiscard]] std::span<scored_item<T>> place(std::size_t k) noexcept {
    KINDRED_ASSERT(k < size());
    return {item_.data() + k * length_, length_};
  }
  void set_size(std::size_t k, std::size_t items) noexcept {
    KINDRED_ASSERT(k < size() && items <= length_);
    size_[k] = items;
  }

private:
  std::size_t length_ = 0;
  std::vector<std::size_t> size_;
  std::vector<scored_item<T>> item_;
};

KINDRED_END
