// SPDX-License-Identifier: BSL-1.0
#include <kindred/io/report.hpp>

#include <kindred/core/error.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>

#include "well_formed.hpp"

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

// One of everything, with `name` wherever a text can stand.
kindred::report full_page(std::string const& name) {
  kindred::report page(name, name);
  page.key_numbers({{name, 100'000}, {"users", 943}, {name, name}, {"density", 0.063}});
  page.heading(name).paragraph(name);
  page.table({.caption = name,
              .columns = {{name}, {.name = name, .best = kindred::best_is::lowest}},
              .rows = {{name, 0.9}, {name, 0.8}}});
  page.bars({.title = name, .note = name, .categories = {name, "b"}, .series = {{name, {1, -2}}, {"t", {3, 4}}}});
  page.histogram({.title = name, .note = name, .x_label = name, .y_label = name, .values = {1, 2, 2}});
  page.heading("second").heading("third");
  page.line(
      {.title = name, .note = name, .x_label = name, .y_label = name, .series = {{.name = name, .y = {3, 2, 1}}}});
  page.list({.title = name, .note = name, .items = {{name, 4.5, {name, "because"}}, {"bare"}}});
  return page;
}

}  // namespace

TEST_CASE("report: an empty page is a page") {
  std::string const html = kindred::report("Empty").html();
  CHECK(fault_of(html) == "");
  CHECK(html.starts_with("<!DOCTYPE html>\n<html lang='en'>"));
  CHECK(html.find("<h1>Empty</h1>") != std::string::npos);
  CHECK(html.find("<nav") == std::string::npos);
}

TEST_CASE("report: one of everything is well formed, and stands in the order of the calls") {
  std::string const html = full_page("Alien").html();
  CHECK(fault_of(html) == "");
  CHECK(html.find("100\xE2\x80\xAF"
                  "000") != std::string::npos);
  CHECK(occurrences(html, "<figure") == 3);
  CHECK(occurrences(html, "role='img'") == 3);
  CHECK(occurrences(html, "<desc ") == 3);
  CHECK(occurrences(html, "<details>") == 3);
  CHECK(occurrences(html, "<div class='cards'>") == 2);  // two charts, and after a heading a chart and a list
  CHECK(html.find("<a href='#h3'>third</a>") != std::string::npos);
  CHECK(html.find("id='h3'>third") != std::string::npos);
  CHECK(html.find("id='h1'") < html.find("<table>"));
  CHECK(html.find("<table>") < html.find("<figure"));
}

TEST_CASE("report: one pair in braces is one thing, not two iterators") {
  kindred::report page("T");
  page.key_numbers({{"users", "943"}});
  page.table({.columns = {{"a"}, {"b"}}, .rows = {{"c", "d"}}});
  page.list({.items = {{"e", "f", {"g", "h"}}}});
  std::string const html = page.html();
  CHECK(occurrences(html, "<dt>") == 1);
  CHECK(occurrences(html, "<tr>") == 2);
  CHECK(occurrences(html, "<span class='reason'>") == 2);
}

TEST_CASE("report: names cannot become markup") {
  for (std::string const& name :
       {std::string("<script>alert(1)</script>"), std::string("' onload='alert(1)"), std::string("\" x=\""),
        std::string("]]>"), std::string("-->"), std::string("</style></title>"), std::string("&#60;&bogus;"),
        std::string("a\0b\x1B\x7F", 5), std::string("\xFF\xC3"), std::string{'\xE2', '\x80', '\xAE'}, std::string()}) {
    std::string const html = full_page(name).html();
    CAPTURE(name);
    CHECK(fault_of(html) == "");
    CHECK(html.find("<script") == std::string::npos);
    CHECK(html.find("onload='") == std::string::npos);
    CHECK(occurrences(html, "</style>") == 1);
    CHECK(occurrences(html, "</title>") == occurrences(full_page("plain").html(), "</title>"));
  }
}

TEST_CASE("report: needs nothing from anywhere") {
  std::string const html = full_page("Alien").html();
  for (char const* foreign :
       {"http:", "https:", "//", "url(", "@import", "@font-face", "<script", "<img", "<link", "<iframe", "src="})
    CHECK(html.find(foreign) == std::string::npos);
  CHECK(html.find("default-src 'none'") != std::string::npos);
}

TEST_CASE("report: the same calls give the same bytes") {
  CHECK(full_page("Alien").html() == full_page("Alien").html());
  kindred::report const page = full_page("Alien");
  CHECK(page.html() == page.html());
}

TEST_CASE("report: ids are unique") {
  std::string const html = full_page("Alien").html();
  for (std::size_t at = html.find(" id='"); at != std::string::npos; at = html.find(" id='", at + 1))
    CHECK(occurrences(html, html.substr(at, html.find('\'', at + 5) - at + 1)) == 1);
}

TEST_CASE("report: what is refused is not added") {
  kindred::report page("T");
  std::string const before = page.html();
  CHECK_THROWS_WITH_AS(page.key_numbers({{"RMSE", not_a_number}}), "key number 'RMSE': not a finite number",
                       kindred::error);
  CHECK_THROWS_AS(page.bars({.categories = {"a"}, .series = {{"s", {not_a_number}}}}), kindred::error);
  CHECK_THROWS_AS(page.line({.series = {{.y = {not_a_number}}}}), kindred::error);
  CHECK_THROWS_AS(page.histogram({.values = {not_a_number}}), kindred::error);
  CHECK_THROWS_AS(page.table({.columns = {{"a"}}, .rows = {{not_a_number}}}), kindred::error);
  CHECK_THROWS_WITH_AS(page.list({.title = "L", .items = {{"x", not_a_number}}}),
                       "recommendations 'L': a score is not a finite number", kindred::error);
  CHECK(page.html() == before);
}

TEST_CASE("report: is saved whole") {
  std::filesystem::path const file = std::filesystem::temp_directory_path() / "kindred_report_test.html";
  kindred::report const page = full_page("Alien");
  page.save(file);
  std::ifstream in(file, std::ios::binary);
  std::string const bytes{std::istreambuf_iterator<char>(in), {}};
  CHECK(bytes == page.html());
  std::filesystem::remove(file);
  try {
    page.save("no/such/folder/report.html");
    FAIL("saved into a folder that does not exist");
  } catch (kindred::error const& e) {
    CHECK(e.kind() == kindred::error_kind::io);
    CHECK(std::string(e.what()).find("no/such/folder/report.html") != std::string::npos);
  }
}
