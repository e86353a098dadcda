// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/scalar.hpp>

#include <algorithm>
#include <span>
#include <vector>

KINDRED_BEGIN

namespace detail {

// Numbers that are put back as they were when nobody says that they are to stay: see entry_patch.
template <real T>
class numbers_patch {
public:
  explicit numbers_patch(std::span<T> numbers) : numbers_(numbers), before_(numbers.begin(), numbers.end()) {}
  numbers_patch(numbers_patch const&) = delete;
  numbers_patch& operator=(numbers_patch const&) = delete;
  ~numbers_patch() {
    if (!kept_) std::copy(before_.begin(), before_.end(), numbers_.begin());
  }
  void keep() noexcept { kept_ = true; }

private:
  std::span<T> numbers_;
  std::vector<T> before_;
  bool kept_ = false;
};

}  // namespace detail

KINDRED_END
