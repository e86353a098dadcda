// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// What is wrong with a piece of HTML, or "" when nothing is: every element is closed in its turn, attributes are quoted,
// ampersands start an entity, and no byte is a control character.
inline std::string fault_of(std::string_view html) {
  std::vector<std::string> open;
  std::size_t at = 0;
  auto const here = [&] { return " at '" + std::string(html.substr(at, 40)) + "'"; };
  auto const name_end = [&](std::size_t k) {
    while (k < html.size() && (std::string_view(" />\n").find(html[k]) == std::string_view::npos)) ++k;
    return k;
  };
  while (at < html.size()) {
    char const c = html[at];
    if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') return "control character" + here();
    if (c == '>') return "stray >" + here();
    if (c == '&') {
      std::size_t const end = html.find(';', at);
      std::string_view const entity = html.substr(at, end == std::string_view::npos ? 1 : end - at + 1);
      if (entity != "&amp;" && entity != "&lt;" && entity != "&gt;" && entity != "&quot;" && entity != "&#39;")
        return "stray &" + here();
      at = end + 1;
      continue;
    }
    if (c != '<') {
      ++at;
      continue;
    }
    if (html.substr(at).starts_with("<!DOCTYPE html>")) {
      at += 15;
      continue;
    }
    bool const closes = html.substr(at).starts_with("</");
    std::size_t const start = at + (closes ? 2 : 1);
    std::size_t k = name_end(start);
    std::string const name(html.substr(start, k - start));
    if (name.empty() || name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") != std::string::npos)
      return "bad tag" + here();
    char quote = '\0';
    for (; k < html.size() && (quote != '\0' || html[k] != '>'); ++k) {
      if (quote == '\0' && html[k] == '=' && html[k + 1] != '\'' && html[k + 1] != '"')
        return "unquoted attribute" + here();
      if (quote == '\0' && (html[k] == '\'' || html[k] == '"')) quote = html[k];
      else if (html[k] == quote) quote = '\0';
      else if (html[k] == '<') return "< inside a tag" + here();
    }
    if (k >= html.size()) return "unfinished tag" + here();
    bool const alone = html[k - 1] == '/' || name == "meta";
    if (closes) {
      if (open.empty() || open.back() != name)
        return "</" + name + "> closes " + (open.empty() ? "nothing" : open.back()) + here();
      open.pop_back();
    } else if (!alone) {
      open.push_back(name);
    }
    at = k + 1;
    if (name == "style" && !closes) at = html.find("</style>", at);  // its text is not HTML
  }
  return open.empty() ? "" : "<" + open.back() + "> is not closed";
}

// How often a text occurs in another.
inline std::size_t occurrences(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}
