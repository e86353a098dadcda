// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>

#include <cstddef>
#include <span>

KINDRED_BEGIN

namespace testing {

// A set of candidates and no more: neither copied nor moved. It hands out the items below `count` in descending order,
// one at a time whatever the room, by a cursor that is no position.
class candidates_archetype {
public:
  explicit candidates_archetype(index_t count) noexcept : count_(count) {}
  candidates_archetype(candidates_archetype const&) = delete;
  candidates_archetype& operator=(candidates_archetype const&) = delete;

  [[nodiscard]] std::size_t next(std::size_t& cursor, std::span<item_id> out) const noexcept {
    if (out.empty() || cursor / 3 == count_) return 0;
    out[0] = item_id{count_ - 1 - static_cast<index_t>(cursor / 3)};
    cursor += 3;
    return 1;
  }

private:
  index_t count_;
};

}  // namespace testing

KINDRED_END
