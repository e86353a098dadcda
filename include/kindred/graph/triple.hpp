// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>

#include <cstdint>
#include <limits>

KINDRED_BEGIN

// The things that a graph tells of - people, products, brands - and the ways in which they are related. Numbered from zero;
// a dictionary<node_id> and a dictionary<relation_id> map your own names to them.
enum class node_id : index_t {};
enum class relation_id : index_t {};

// A relation in the direction in which it is walked: from head to tail (along), or from tail to head (against).
enum class step_id : index_t {};

[[nodiscard]] constexpr step_id along(relation_id r) noexcept { return step_id{2 * to_index(r)}; }
[[nodiscard]] constexpr step_id against(relation_id r) noexcept { return step_id{2 * to_index(r) + 1}; }
[[nodiscard]] constexpr step_id reversed(step_id s) noexcept { return step_id{to_index(s) ^ 1u}; }
[[nodiscard]] constexpr relation_id relation_of(step_id s) noexcept { return relation_id{to_index(s) / 2}; }
[[nodiscard]] constexpr bool is_against(step_id s) noexcept { return to_index(s) % 2 != 0; }

// No time is known: older than every time that is.
inline constexpr std::int64_t no_time = (std::numeric_limits<std::int64_t>::min)();

// One fact: ann likes tea. The weight is how sure or how strong it is, a positive number; the time is when it came to be.
struct triple {
  node_id head;
  relation_id relation;
  node_id tail;
  float weight = 1;
  std::int64_t time = no_time;

  static void fields(auto& self, auto& visit) {
    visit("head", self.head);
    visit("relation", self.relation);
    visit("tail", self.tail);
    visit("weight", self.weight);
    visit("time", self.time);
  }
  friend bool operator==(triple const&, triple const&) = default;
};

KINDRED_END
