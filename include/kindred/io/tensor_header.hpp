// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/io/tensor_type.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
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

// The longest header, as in the reference implementation: no file can make its reader hold more.
inline constexpr std::uint64_t longest_header = 100'000'000;

// Takes a header apart while the JSON library reads it: nothing is built that a header may not have, however deep or often it
// says so. The first fault stops the reading.
class header_events {
public:
  explicit header_events(tensor_header& into) : into_(into) {}

  [[nodiscard]] error const* fault() const noexcept { return faulty_ ? &fault_ : nullptr; }

  bool start_object(std::size_t) {
    if (depth_ == 0) return enter(place::header);
    if (place_ != place::header) return refuse("holds an object where there should be none");
    if (key_ == "__metadata__") return enter(place::notes);
    into_.tensors.emplace_back();
    into_.tensors.back().name = key_;
    has_ = 0;
    return enter(place::tensor);
  }
  bool end_object() {
    if (place_ == place::tensor && has_ != 7) return refuse("lacks its dtype, shape or data_offsets");
    --depth_;
    place_ = place::header;
    return true;
  }
  bool key(std::string& name) {
    if (place_ == place::header || place_ == place::notes) key_ = name;
    else part_ = name == "dtype" ? 1u : name == "shape" ? 2u : name == "data_offsets" ? 4u : 0u;
    if (place_ == place::tensor && (part_ == 0 || (has_ & part_) != 0))
      return refuse("has a part that is unknown, or one twice");
    return true;
  }
  bool string(std::string& text) {
    if (place_ == place::notes) {
      into_.notes.emplace_back(key_, text);
      return true;
    }
    if (place_ != place::tensor || part_ != 1) return refuse("holds a text where there should be none");
    has_ |= part_;
    into_.tensors.back().type = tensor_type_named(text);
    return into_.tensors.back().type.bits != 0 || refuse("is of an unknown dtype");
  }
  bool start_array(std::size_t) {
    if (place_ != place::tensor || part_ < 2) return refuse("holds a list where there should be none");
    offsets_ = 0;
    return enter(place::list);
  }
  bool end_array() {
    if (part_ == 4 && offsets_ != 2) return refuse("has not two data_offsets");
    has_ |= part_;
    --depth_;
    place_ = place::tensor;
    return true;
  }
  bool number_unsigned(std::uint64_t value) {
    if (place_ != place::list) return refuse("holds a number where there should be none");
    auto& now = into_.tensors.back();
    if (part_ == 2) now.shape.push_back(value);
    else if (offsets_ == 0) now.begin = value;
    else if (offsets_ == 1) now.end = value;
    if (part_ == 4 && ++offsets_ > 2) return refuse("has not two data_offsets");
    return true;
  }
  bool number_integer(std::int64_t) { return refuse("holds a negative number"); }
  bool number_float(double, std::string const&) { return refuse("holds a number that is not whole"); }
  bool null() { return refuse("holds a null"); }
  bool boolean(bool) { return refuse("holds a truth value"); }
  template <class Binary>
  bool binary(Binary&) {
    return refuse("holds binary values");
  }
  template <class Exception>
  bool parse_error(std::size_t at, std::string const&, Exception const&) {
    fault_ << "the header is not JSON at byte " << at;
    faulty_ = true;
    return false;
  }

private:
  enum class place { outside, header, notes, tensor, list };

  bool enter(place into) {
    ++depth_;
    place_ = into;
    return true;
  }
  bool refuse(char const* what) {
    fault_ << "in the header, '";
    fault_.quote(key_.data(), key_.size()) << "' " << what;
    faulty_ = true;
    return false;
  }

  tensor_header& into_;
  place place_ = place::outside;
  int depth_ = 0;
  std::string key_;
  unsigned part_ = 0;  // of a tensor, of which is being read: 1 dtype, 2 shape, 4 data_offsets
  unsigned has_ = 0;   // those that it has
  int offsets_ = 0;
  bool faulty_ = false;
  error fault_ = error(error_kind::format);
};

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
  auto const refuse = [](tensor_entry const& which, char const* what) {
    raise((error(error_kind::format) << "the tensor '").quote(which.name.data(), which.name.size()) << "' " << what);
  };
  std::sort(all.begin(), all.end(), [](auto const& a, auto const& b) { return a.name < b.name; });
  for (std::size_t k = 1; k < all.size(); ++k)
    if (all[k].name == all[k - 1].name) refuse(all[k], "occurs twice");
  std::stable_sort(all.begin(), all.end(),
                   [](auto const& a, auto const& b) { return a.begin != b.begin ? a.begin < b.begin : a.end < b.end; });
  std::uint64_t at = 0;
  for (tensor_entry const& one : all) {
    if (one.begin != at || one.end < one.begin) refuse(one, "does not begin where the one before it ends");
    if (one.end > payload) refuse(one, "reaches behind the end of the file");
    if (one.bytes() != bytes_of(one.type, one.shape)) refuse(one, "has another size than its shape says");
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
