// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/io/tensor_type.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

KINDRED_BEGIN

// One tensor of a safetensors file: its name, what its numbers are, and where they lie in the payload, the part behind the header.
struct tensor_entry {
  std::string name;
  tensor_type type;
  std::vector<std::uint64_t> shape;  // empty for a single number
  std::uint64_t begin = 0;
  std::uint64_t end = 0;

  [[nodiscard]] std::uint64_t bytes() const noexcept { return end - begin; }
};

// The header of a safetensors file: the tensors in the order of their bytes, and notes about them, both texts.
struct tensor_header {
  std::vector<std::pair<std::string, std::string>> notes;
  std::vector<tensor_entry> tensors;

  // The note of a name, or nullptr.
  [[nodiscard]] std::string const* note(std::string_view name) const noexcept {
    auto const at = std::find_if(notes.begin(), notes.end(), [&](auto const& n) { return n.first == name; });
    return at == notes.end() ? nullptr : &at->second;
  }
};

namespace detail {

// Throws error{format}: what is wrong with the tensor of this name.
[[noreturn]] inline void refuse_tensor(std::string const& name, char const* what) {
  raise((error(error_kind::format) << "the tensor '").quote(name.data(), name.size()) << "' " << what);
}

}  // namespace detail

KINDRED_END
