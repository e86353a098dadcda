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

// Whether what comes back is the object: it is written in the same bytes, and equal where objects of its type can be compared.
template <kindred::storable M>
[[nodiscard]] bool keeps(M const& object) {
  std::string const bytes = kindred::to_bytes(object);
  M const read = kindred::from_bytes<M>(bytes_of(bytes));
  bool same = true;
  if constexpr (requires { read == object; }) same = read == object;
  return same && kindred::to_bytes(read) == bytes;
}

}  // namespace support
