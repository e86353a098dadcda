// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/io/markup.hpp>
#include <kindred/io/report_table.hpp>

#include <string>
#include <vector>

KINDRED_BEGIN

// Something that was recommended, how strongly, and why.
struct recommendation {
  std::string item = {};
  table_cell score = {};                  // may be left out
  std::vector<std::string> reasons = {};  // "because you liked Alien"; most important first
};

// What one user is offered, best first.
struct recommendation_list {
  std::string title = {};  // "For Ada, who likes science fiction"
  std::string note = {};
  std::vector<recommendation> items = {};
  int decimals = 2;  // of the scores
};

namespace detail {

[[nodiscard]] inline markup draw(recommendation_list const& list) {
  markup out;
  out.add("<section class='card'><h3>", list.title, "</h3>");
  if (!list.note.empty()) out.add("<p>", list.note, "</p>");
  if (list.items.empty()) return out.add("<p class='nothing'>Nothing to recommend.</p></section>");
  out.add("<ol class='offers'>");
  for (recommendation const& offer : list.items) {
    if (!is_finite(offer.score.value()))
      raise(report_error(error_kind::data, "recommendations", list.title) << "a score is not a finite number");
    out.add("<li><span class='offer'><bdi>", offer.item, "</bdi>");
    if (std::string const score = offer.score.text(list.decimals); !score.empty())
      out.add("<span class='score'>", score, "</span>");
    out.add("</span>");
    for (std::string const& reason : offer.reasons) out.add("<span class='reason'>", reason, "</span>");
    out.add("</li>");
  }
  return out.add("</ol></section>");
}

}  // namespace detail

KINDRED_END
