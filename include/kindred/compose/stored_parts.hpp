// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <cstdio>
#include <tuple>

KINDRED_BEGIN

namespace detail {

// The parts of a combinator as its fields, named by their numbers: "0", "1".
template <class Parts, class Visit>
void visit_parts(Parts& parts, Visit& visit) {
  std::apply(
      [&](auto&... part) {
        int k = 0;
        auto const one = [&](auto& which) {
          char name[12];
          std::snprintf(name, sizeof name, "%d", k++);
          visit(static_cast<char const*>(name), which);
        };
        (one(part), ...);
      },
      parts);
}

}  // namespace detail

KINDRED_END
