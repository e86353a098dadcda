// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/kernel/half.hpp>

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

KINDRED_BEGIN

// What the numbers of a tensor are, in the words of the safetensors format. The small floats of others (BF16, F8 and their like)
// are known so that their files can be read; no field of ours is of them.
struct tensor_type {
  std::string_view name;
  std::uint32_t bits = 0;  // a number takes; 0 for a type of which nothing is known

  friend constexpr bool operator==(tensor_type const&, tensor_type const&) = default;
};

namespace detail {

static_assert(
    std::endian::native == std::endian::little,
    "kindred/io: safetensors files hold little-endian numbers, and are read and written as they lie in memory");

inline constexpr tensor_type tensor_types[] = {
    {"BOOL", 8}, {"U8", 8},      {"I8", 8},      {"U16", 16},    {"I16", 16},    {"F16", 16},   {"BF16", 16},
    {"U32", 32}, {"I32", 32},    {"F32", 32},    {"U64", 64},    {"I64", 64},    {"F64", 64},   {"C64", 64},
    {"F4", 4},   {"F6_E2M3", 6}, {"F6_E3M2", 6}, {"F8_E5M2", 8}, {"F8_E4M3", 8}, {"F8_E8M0", 8}};

[[nodiscard]] constexpr tensor_type tensor_type_named(std::string_view name) noexcept {
  for (tensor_type const& known : tensor_types)
    if (known.name == name) return known;
  return {};
}

}  // namespace detail

// What can be a number of a tensor: arithmetic types, and enumerations as the integers that they are.
template <class V>
concept tensor_number = std::is_enum_v<V> || std::integral<V> || std::same_as<V, float> || std::same_as<V, double>;

// How numbers of this type are written.
template <tensor_number V>
[[nodiscard]] consteval tensor_type tensor_type_of() noexcept {
  if constexpr (std::same_as<V, bool>) return {"BOOL", 8};
  else if constexpr (std::same_as<V, float>) return {"F32", 32};
  else if constexpr (std::same_as<V, double>) return {"F64", 64};
  else if constexpr (std::same_as<V, kernel::half>) return {"F16", 16};
  else if constexpr (std::is_enum_v<V>) return tensor_type_of<std::underlying_type_t<V>>();
  else {
    constexpr std::string_view of_signed[] = {"I8", "I16", "", "I32", "", "", "", "I64"};
    constexpr std::string_view of_unsigned[] = {"U8", "U16", "", "U32", "", "", "", "U64"};
    constexpr bool negative =
        std::signed_integral<V> && !std::same_as<V, char>;  // bytes of text, whatever the platform
    return {(negative ? of_signed : of_unsigned)[sizeof(V) - 1], 8 * sizeof(V)};
  }
}

KINDRED_END
