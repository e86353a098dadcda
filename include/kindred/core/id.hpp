// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <concepts>
#include <cstdint>
#include <limits>
#include <type_traits>

KINDRED_BEGIN

using index_t = std::uint32_t;   // rows, columns, entities: at most 2^32 - 2 of a kind
using offset_t = std::uint64_t;  // positions among stored entries

// The largest number of rows or columns that can be addressed; the last index is kept free, so that counts fit as well.
inline constexpr index_t index_limit = (std::numeric_limits<index_t>::max)();

// Users and items are different types, so that a swapped pair does not compile. They cost what an integer costs, and have
// no arithmetic. They number the rows and columns of one data set from zero; a dictionary maps your own keys to them.
enum class user_id : index_t {};
enum class item_id : index_t {};

template <class Id>
concept entity_id = std::is_enum_v<Id> && std::same_as<std::underlying_type_t<Id>, index_t>;

// The one conversion from an id to the row or column that it numbers.
template <entity_id Id>
[[nodiscard]] constexpr index_t to_index(Id i) noexcept {
  return static_cast<index_t>(i);
}

KINDRED_END
