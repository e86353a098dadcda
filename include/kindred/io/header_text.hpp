// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/io/header_events.hpp>
#include <kindred/io/tensor_header.hpp>
#include <kindred/io/tensor_type.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

KINDRED_BEGIN

namespace detail {

// The longest header, as in the reference implementation: no file can make its reader hold more.
inline constexpr std::uint64_t longest_header = 100'000'000;

// The bytes that a tensor of this type and shape takes; all bits set when they are no whole number, or too many for 64 bits.
[[nodiscard]] inline std::uint64_t bytes_of(tensor_type type, std::vector<std::uint64_t> const& shape) noexcept {
  constexpr std::uint64_t none = (std::numeric_limits<std::uint64_t>::max)();
  std::uint64_t bits = type.bits;
  for (std::uint64_t const extent : shape) {
    if (extent != 0 && bits > none / extent) return none;
    bits *= extent;
  }
  return bits % 8 == 0 ? bits / 8 : none;
}

// Tensors lie one behind the other in the payload, without holes, names are not repeated, and sizes agree with shapes.
inline void check_tensors(tensor_header& header, std::uint64_t payload) {
  auto& all = header.tensors;
  std::sort(all.begin(), all.end(), [](auto const& a, auto const& b) { return a.name < b.name; });
  for (std::size_t k = 1; k < all.size(); ++k)
    if (all[k].name == all[k - 1].name) refuse_tensor(all[k].name, "occurs twice");
  std::stable_sort(all.begin(), all.end(),
                   [](auto const& a, auto const& b) { return a.begin != b.begin ? a.begin < b.begin : a.end < b.end; });
  std::uint64_t at = 0;
  for (tensor_entry const& one : all) {
    if (one.begin != at || one.end < one.begin) refuse_tensor(one.name, "does not begin where the one before it ends");
    if (one.end > payload) refuse_tensor(one.name, "reaches behind the end of the file");
    if (one.bytes() != bytes_of(one.type, one.shape)) refuse_tensor(one.name, "has another size than its shape says");
    at = one.end;
  }
  if (at != payload)
    raise(error(error_kind::format) << "the tensors end at byte " << at << " of a payload of " << payload);
}

}  // namespace detail

// Reads a header, without the length before it, for a payload of so many bytes. Throws error{format} unless it describes every
// byte of the payload, and none twice.
[[nodiscard]] inline tensor_header read_tensor_header(std::string_view text, std::uint64_t payload) {
  tensor_header header;
  detail::header_events events(header);
  if (text.empty() || text.front() != '{') raise(error(error_kind::format) << "the header does not begin with '{'");
  bool const read = nlohmann::json::sax_parse(text.begin(), text.end(), &events);
  if (events.fault() != nullptr) raise(*events.fault());
  if (!read) raise(error(error_kind::format) << "the header is not JSON");
  detail::check_tensors(header, payload);
  return header;
}

// The text of a header, padded so that the payload behind it and its length begins at a multiple of 64 bytes: rows of tensors then
// lie in a mapped file as they do in a buffer.
[[nodiscard]] inline std::string write_tensor_header(tensor_header const& header) {
  auto const quoted = [](std::string const& text) {
    return nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
  };
  auto const listed = [](auto const& numbers) {
    std::string list;
    for (std::uint64_t const n : numbers) list += (list.empty() ? "" : ",") + std::to_string(n);
    return "[" + list + "]";
  };
  std::string text;
  for (auto const& [name, note] : header.notes)
    text += (text.empty() ? "{\"__metadata__\":{" : ",") + quoted(name) + ":" + quoted(note);
  text += text.empty() ? "{" : "}";
  for (tensor_entry const& one : header.tensors)
    text += (text.size() == 1 ? "" : ",") + quoted(one.name) + ":{\"dtype\":\"" + std::string(one.type.name) +
            "\",\"shape\":" + listed(one.shape) +
            ",\"data_offsets\":" + listed(std::vector<std::uint64_t>{one.begin, one.end}) + "}";
  text += '}';
  text.append((64 - (8 + text.size()) % 64) % 64, ' ');
  return text;
}

KINDRED_END
