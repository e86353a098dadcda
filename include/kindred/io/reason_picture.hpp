// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/graph/path_reason.hpp>
#include <kindred/graph/triple.hpp>
#include <kindred/io/markup.hpp>
#include <kindred/io/number_text.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

KINDRED_BEGIN

// Draws the reasons for a recommendation as an SVG that stands alone: a row for every path, its nodes as boxes from the user to the
// item, its relations on the arrows between them, pointing as the fact was told, and on the right the share of the score. What
// other paths add is said below.
//
// paths: those of the scorer that gave the reasons; name_of(node) and relation_name(relation) give what is to be written, which is
// escaped and cut to the width of a box. 190 by 56 units a step and row.
template <class NameOf, class RelationName>
  requires std::convertible_to<std::invoke_result_t<NameOf const&, index_t>, std::string_view> &&
           std::convertible_to<std::invoke_result_t<RelationName const&, relation_id>, std::string_view>
[[nodiscard]] std::string reason_picture(path_reasons const& reasons, std::span<weighted_path const> paths,
                                         NameOf const& name_of, RelationName const& relation_name) {
  constexpr std::size_t box = 100, step = 190, row = 56;
  std::size_t longest = 1;
  for (path_reason const& r : reasons.strongest) longest = longest < r.length ? r.length : longest;
  std::size_t const width = longest * step + box + 90, height = reasons.strongest.size() * row + 30;
  std::string out;
  auto const add = [&](auto const&... part) {
    auto const one = [&](auto const& p) {
      if constexpr (std::convertible_to<decltype(p), std::string_view>) out.append(std::string_view(p));
      else out.append(std::to_string(p));
    };
    (one(part), ...);
  };
  auto const text = [&](std::size_t x, std::size_t y, char const* anchor, std::string_view words, std::size_t most) {
    add("<text x='", x, "' y='", y, "' text-anchor='", anchor, "'>");
    bool const cut = words.size() > most;
    std::size_t end = cut ? most - 1 : words.size();
    while (cut && end != 0 && (static_cast<unsigned char>(words[end]) & 0xC0u) == 0x80u) --end;  // not within a letter
    append_escaped(out, words.substr(0, end));
    add(cut ? "…</text>" : "</text>");
  };
  add("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 ", width, " ", height, "' font-family='sans-serif' ",
      "font-size='12' fill='#222'><defs><marker id='tip' markerWidth='8' markerHeight='8' refX='7' refY='4' ",
      "orient='auto'><path d='M0 0L8 4L0 8z' fill='#666'/></marker></defs>");
  for (std::size_t k = 0; k != reasons.strongest.size(); ++k) {
    path_reason const& r = reasons.strongest[k];
    std::size_t const top = k * row + 10, middle = top + 15;
    for (std::size_t s = 0; s != r.length; ++s) {
      step_id const by = paths[r.kind].path[s];
      std::size_t const from = s * step + box + 3, to = (s + 1) * step - 3;
      add("<path d='M", is_against(by) ? to : from, " ", middle, "H", is_against(by) ? from : to,
          "' stroke='#666' marker-end='url(#tip)'/>");
      text((from + to) / 2, middle - 5, "middle", relation_name(relation_of(by)), 14);
    }
    // The boxes of users and items stand in line, whatever lies between.
    for (std::size_t s = 0; s <= r.length; ++s) {
      std::size_t const x = s * step;
      char const* const fill = s == 0 ? "#dbe9f6" : s == r.length ? "#dff0d8" : "#f3f3f3";
      add("<rect x='", x, "' y='", top, "' width='", box, "' height='30' rx='6' fill='", fill, "' stroke='#999'/>");
      text(x + box / 2, middle + 4, "middle", name_of(r.nodes[s]), 15);
    }
    text(r.length * step + box + 12, middle + 4, "start", number_text(r.share), 20);
  }
  std::size_t const others = reasons.count - reasons.strongest.size();
  if (others != 0) {
    std::string const said =
        std::to_string(others) + (others == 1 ? " other path adds " : " other paths add ") + number_text(reasons.rest);
    text(0, height - 8, "start", said, 80);
  }
  add("</svg>\n");
  return out;
}

KINDRED_END
