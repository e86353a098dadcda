// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/storable.hpp>
#include <kindred/io/safetensors.hpp>

#include <cstddef>
#include <span>
#include <string>

namespace support {

[[nodiscard]] inline std::span<std::byte const> bytes_of(std::string const& text) {
  return std::as_bytes(std::span(text));
}

// What comes back of an object that was written and read.
template <kindred::storable M>
[[nodiscard]] M read_back(M const& object) {
  return kindred::from_bytes<M>(bytes_of(kindred::to_bytes(object)));
}

// Whether that is written as the object itself is: two objects with the same fields are the same.
template <kindred::storable M>
[[nodiscard]] bool keeps(M const& object) {
  std::string const bytes = kindred::to_bytes(object);
  return kindred::to_bytes(kindred::from_bytes<M>(bytes_of(bytes))) == bytes;
}

}  // namespace support
