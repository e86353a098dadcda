// SPDX-License-Identifier: BSL-1.0
#include <kindred/io/report_table.hpp>

#include <kindred/core/error.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <string>

#include "well_formed.hpp"

using kindred::best_is;

namespace {

std::string drawn(kindred::data_table const& table) {
  kindred::detail::check_table(table);
  return kindred::detail::draw_table(table).str();
}

}  // namespace

TEST_CASE("table_cell: text, whole numbers and real ones") {
  CHECK(kindred::table_cell().text().empty());
  CHECK_FALSE(kindred::table_cell("12").is_number());
  CHECK(kindred::table_cell(-12345).text() ==
        "\xE2\x88\x92"
        "12\xE2\x80\xAF"
        "345");
  CHECK(kindred::table_cell(18446744073709551615u)
            .text()
            .ends_with("551\xE2\x80\xAF"
                       "615"));  // no double holds it
  CHECK(kindred::table_cell(0.5f).text() == "0.5");
  CHECK(kindred::table_cell(0.5).text(3) == "0.500");
  CHECK(kindred::table_cell(12).text(3) == "12");
}

TEST_CASE("data_table: numbers to the right, with the same decimals in a column") {
  std::string const html =
      drawn({.caption = "Accuracy",
             .columns = {{"model"}, {"RMSE"}, {"seconds"}, {"rank"}, {"note"}},
             .rows = {{"a", 0.9, 123.456, 1, "x"}, {"b", 0.94231, 2.0, 2.0, 7}, {"c", {}, 30.5, 3.0}}});
  CHECK(fault_of(html) == "");
  CHECK(html.find("<td class='n'>0.9000</td>") != std::string::npos);  // four digits of the largest
  CHECK(html.find("<td class='n'>0.9423</td>") != std::string::npos);
  CHECK(html.find("<td class='n'>2.0</td>") != std::string::npos);  // 123.5, 2.0, 30.5
  CHECK(html.find("<td class='n'>2</td>") != std::string::npos);    // 1, 2.0, 3.0 are whole
  CHECK(html.find("<td class='t'>7</td>") != std::string::npos);    // text in the column: not one of numbers
  CHECK(occurrences(html, "<td class='n'></td>") == 1);             // a hole in a column of numbers
  CHECK(occurrences(html, "<th scope='row'") == 3);
  CHECK(html.find("<caption>Accuracy</caption>") != std::string::npos);
}

TEST_CASE("data_table: marks the best, and all that read the same") {
  std::string const html = drawn({.columns = {{"model"},
                                              {.name = "low", .decimals = 2, .best = best_is::lowest},
                                              {.name = "high", .best = best_is::highest}},
                                  .rows = {{"a", 0.501, 1}, {"b", 0.499, 3}, {"c", 0.6, 2}}});
  CHECK(fault_of(html) == "");
  CHECK(occurrences(html, "<strong>0.50<span class='unseen'> (best)</span></strong>") == 2);
  CHECK(occurrences(html, "<strong>3<") == 1);
  CHECK(occurrences(html, "<strong>") == 3);
}

TEST_CASE("data_table: the best of negative numbers, and of a column without numbers") {
  std::string const html =
      drawn({.columns = {{"a"}, {.name = "b", .best = best_is::lowest}, {.name = "c", .best = best_is::highest}},
             .rows = {{"x", -1, "p"}, {"y", -2, "q"}}});
  CHECK(occurrences(html,
                    "<strong>\xE2\x88\x92"
                    "2<") == 1);
  CHECK(occurrences(html, "<strong>") == 1);
}

TEST_CASE("data_table: empty ones, and hostile text") {
  CHECK(fault_of(drawn({})) == "");
  CHECK(fault_of(drawn({.columns = {{"a"}}})) == "");
  CHECK(fault_of(drawn({.columns = {{"a"}}, .rows = {{}}})) == "");
  CHECK(fault_of(drawn(
            {.caption = "'><script>", .columns = {{"<th>"}, {"\x01"}}, .rows = {{"</table>", "\xFF\"'"}}})) == "");
}

TEST_CASE("data_table: what does not fit or is not finite is refused, with its place") {
  CHECK_THROWS_WITH_AS(drawn({.caption = "T", .columns = {{"a"}}, .rows = {{1}, {1, 2}}}),
                       "table 'T': row 2 has 2 cells for 1 columns", kindred::error);
  CHECK_THROWS_WITH_AS(
      drawn({.caption = "T", .columns = {{"a"}, {"b"}}, .rows = {{1, std::numeric_limits<float>::infinity()}}}),
      "table 'T': row 1, column 2 is not a finite number", kindred::error);
}
