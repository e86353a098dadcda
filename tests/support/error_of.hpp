// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>

#include <doctest/doctest.h>

#include <string_view>

namespace support {

// The error that a call throws; the test fails when it throws none.
template <class F>
kindred::error error_of(F const& call) {
  try {
    call();
  } catch (kindred::error const& e) { return e; }
  FAIL("nothing was thrown");
  return kindred::error(kindred::error_kind::io);
}

inline bool says(kindred::error const& e, std::string_view part) {
  return std::string_view(e.what()).find(part) != std::string_view::npos;
}

}  // namespace support
