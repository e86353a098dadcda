// SPDX-License-Identifier: BSL-1.0
#include <kindred/io/for_each_row.hpp>

#include <kindred/core/error.hpp>

#include "error_of.hpp"
#include "temporary_file.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using kindred::error_kind;
using kindred::for_each_row;
using kindred::for_each_row_text;

namespace {

struct one_text {
  void operator()(std::string_view) {}
};
static_assert(kindred::column_visitor<one_text, 1>);
static_assert(!kindred::column_visitor<one_text, 2>);
static_assert(!kindred::row_visitor<one_text>);

}  // namespace

TEST_CASE("for_each_row: the columns asked for, in the order asked for") {
  std::string seen;
  auto const collect = [&](std::string_view title, std::string_view id) {
    seen += std::string(id) + "=" + std::string(title) + ";";
  };
  auto const report = for_each_row_text("1|Toy Story (1995)|01-Jan-1995\n2|\"Heat\"|\n",
                                        {.separator = "|", .quotes = false}, {2, 1}, collect);
  CHECK(seen == "1=Toy Story (1995);2=\"Heat\";");
  CHECK(report.rows == 2);
  CHECK(report.lines == 2);

  seen.clear();
  for_each_row_text("movieId,title,genres\n11,\"American President, The (1995)\",Comedy|Drama\n", {.header = true},
                    {"title", "movieId"}, collect);
  CHECK(seen == "11=American President, The (1995);");
}

TEST_CASE("for_each_row: whole rows, which may differ in length where there is no header") {
  std::vector<std::size_t> sizes;
  auto const measure = [&](std::span<std::string_view const> fields) { sizes.push_back(fields.size()); };
  for_each_row_text("0 7580 3730\n1 31613\n2\n", {.separator = " "}, measure);
  CHECK(sizes == std::vector<std::size_t>{3, 2, 1});
  CHECK(throws([&] { for_each_row_text("a b\n1 2 3\n", {.separator = " ", .header = true}, measure, "baskets"); },
               error_kind::format, "baskets:2: the row has 3 columns, the header has 2"));
}

TEST_CASE("for_each_row: reads files") {
  temporary_file const file("a,b\nc,d\n");
  std::string seen;
  for_each_row(file.path(), {}, {2}, [&](std::string_view text) { seen += text; });
  for_each_row(file.path(), {}, [&](std::span<std::string_view const> fields) { seen += fields[0]; });
  CHECK(seen == "bdac");
}

TEST_CASE("for_each_row: a visitor keeps its state and may throw") {
  struct counter {
    int rows = 0;
    void operator()(std::string_view) { ++rows; }
  } count;
  for_each_row_text("a\nb\n", {}, {1}, count);
  CHECK(count.rows == 2);
  CHECK_THROWS_AS(for_each_row_text("a\n", {}, {1}, [](std::string_view) { throw 7; }), int);
}

TEST_CASE("for_each_row: errors") {
  auto const problem = [](std::string_view text, kindred::text_format const& format) {
    return std::string(
        error_of([&] { for_each_row_text(text, format, {2}, [](std::string_view) {}, "t.csv"); }).what());
  };
  CHECK(problem("a,b\nc\n", {}) == "t.csv:2: the row has 1 column; at least 2 are needed");
  CHECK(problem("", {}) == "t.csv: the file is empty");
  CHECK(problem("a,b\n", {.header = true}) == "t.csv: there are no rows behind the header");
  CHECK(problem("a\n", {.header = true}) ==
        "t.csv:1: the wanted field should be column 2, but the header ends at column 1");
  CHECK(throws([] { for_each_row_text("a\n", {}, {"a"}, [](std::string_view) {}); }, error_kind::setting,
               "the wanted field should be column 'a', but the format has no header to name it"));
  auto const skipped =
      for_each_row_text("a\nb,c\n", {.on_bad_row = kindred::bad_row::skip}, {2}, [](std::string_view) {});
  CHECK(skipped.rows == 1);
  CHECK(skipped.skipped == 1);
}
