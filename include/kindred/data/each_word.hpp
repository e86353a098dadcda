// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

KINDRED_BEGIN

// Calls visit(word) for every word of a text, in order; a word is valid during the call.
//
// Words are runs of ASCII letters and digits and of bytes beyond ASCII, so that UTF-8 is never cut within a character;
// everything else separates. ASCII letters are lower-cased, other bytes stay as they are. No locale is asked: the same
// words on every machine. (What needs more - stems, Chinese - is cut by who knows the language: feature_table takes words.)
template <class Visit>
void each_word(std::string_view text, Visit const& visit) {
  auto const in_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
  };
  std::vector<char> lowered(text.begin(), text.end());
  for (char& c : lowered)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  for (std::size_t first = 0; first != lowered.size();) {
    std::size_t last = first;
    while (last != lowered.size() && in_word(lowered[last])) ++last;
    if (last != first) visit(std::string_view(lowered.data() + first, last - first));
    first = last == lowered.size() ? last : last + 1;
  }
}

KINDRED_END
