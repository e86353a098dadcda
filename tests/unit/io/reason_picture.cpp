// SPDX-License-Identifier: BSL-1.0
#include <kindred/io/reason_picture.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using kindred::against;
using kindred::along;
using kindred::index_t;
using kindred::relation_id;

TEST_CASE("reason_picture: a row a path, facts as they were told, names escaped and cut") {
  relation_id const likes{0}, brand{1};
  std::vector<kindred::weighted_path> const paths{{along(likes) / against(brand), 1},
                                                  {kindred::meta_path(along(likes)), 2}};
  kindred::path_reasons reasons;
  reasons.strongest = {{.kind = 0, .length = 2, .nodes = {0, 1, 2}, .share = 0.5},
                       {.kind = 1, .length = 1, .nodes = {0, 2}, .share = 0.25}};
  reasons.count = 5;
  reasons.rest = 0.125;
  std::vector<std::string> const names{"Ann <3", "Acme & sons", "a very long name of a kettle"};
  auto const name_of = [&](index_t x) -> std::string_view { return names[x]; };
  auto const relation_name = [](relation_id r) -> std::string_view { return to_index(r) == 0 ? "likes" : "brand"; };
  auto const svg = kindred::reason_picture(reasons, paths, name_of, relation_name);
  auto const count = [&](std::string_view what) {
    std::size_t found = 0;
    for (std::size_t at = svg.find(what); at != svg.npos; at = svg.find(what, at + 1)) ++found;
    return found;
  };
  CHECK(svg.starts_with("<svg xmlns='http://www.w3.org/2000/svg'"));
  CHECK(svg.ends_with("</svg>\n"));
  CHECK(count("<rect") == 5);
  CHECK(count("marker-end") == 3);
  CHECK(count(">likes<") == 2);
  CHECK(count("Ann &lt;3") == 2);
  CHECK(count("Acme &amp; sons") == 1);
  CHECK(count("a very long na…") == 2);
  CHECK(count("3 other paths add 0.125") == 1);
  // The fact is "kettle brand Acme": its arrow points back, from the third box to the second.
  CHECK(count("M377 25H293") == 1);
  CHECK(count("M103 25H187") == 1);
  // Letters of several bytes are not cut apart.
  std::vector<std::string> const wide{"ééééééééééé", "b", "c"};
  auto const cut =
      kindred::reason_picture(reasons, paths, [&](index_t x) -> std::string_view { return wide[x]; }, relation_name);
  CHECK(cut.find("ééééééé…") != cut.npos);
  CHECK(kindred::reason_picture({}, paths, name_of, relation_name).ends_with("</svg>\n"));
}
