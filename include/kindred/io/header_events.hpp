// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/io/tensor_header.hpp>
#include <kindred/io/tensor_type.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

KINDRED_BEGIN

namespace detail {

// Takes a header apart while the JSON library reads it: nothing is built that a header may not have, however deep or often it
// says so. The first fault stops the reading.
class header_events {
public:
  explicit header_events(tensor_header& into) : into_(into) {}

  [[nodiscard]] error const* fault() const noexcept { return faulty_ ? &fault_ : nullptr; }

  bool start_object(std::size_t) {
    if (place_ == place::outside) return enter(place::header);
    if (place_ != place::header) return refuse("holds an object where there should be none");
    if (key_ == "__metadata__") return enter(place::notes);
    into_.tensors.emplace_back();
    into_.tensors.back().name = key_;
    has_ = 0;
    return enter(place::tensor);
  }
  bool end_object() {
    if (place_ == place::tensor && has_ != 7) return refuse("lacks its dtype, shape or data_offsets");
    return enter(place::header);
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
    return enter(place::tensor);
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
  std::string key_;
  unsigned part_ = 0;  // of a tensor, of which is being read: 1 dtype, 2 shape, 4 data_offsets
  unsigned has_ = 0;   // those that it has
  int offsets_ = 0;
  bool faulty_ = false;
  error fault_ = error(error_kind::format);
};

}  // namespace detail

KINDRED_END
