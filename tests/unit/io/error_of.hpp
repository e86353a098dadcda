// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>

#include <string_view>

// What a piece of code throws; an error that says so when it throws nothing.
template <class Code>
[[nodiscard]] kindred::error error_of(Code const& code) {
  try {
    code();
  } catch (kindred::error const& e) { return e; }
  return kindred::error(kindred::error_kind::setting) << "nothing was thrown";
}

template <class Code>
[[nodiscard]] bool throws(Code const& code, kindred::error_kind kind, std::string_view sentence) {
  kindred::error const e = error_of(code);
  return e.kind() == kind && e.what() == sentence;
}
