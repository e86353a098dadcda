// SPDX-License-Identifier: BSL-1.0
#include <kindred/io/read_ratings.hpp>

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/data/on_duplicate.hpp>
#include <kindred/data/ratings.hpp>
#include <kindred/io/text_format.hpp>
#include <kindred/run/random.hpp>

#include "error_of.hpp"
#include "temporary_file.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using namespace std::string_view_literals;

using kindred::bad_row;
using kindred::error_kind;
using kindred::item_id;
using kindred::rating_format;
using kindred::read_ratings;
using kindred::read_ratings_text;
using kindred::user_id;

namespace {

// The rows of a result with the keys in place of the ids: "ann:book:3.5 " ...
template <class File>
std::string shown(File const& data) {
  std::string text;
  auto const& table = data.table;
  for (std::size_t k = 0; k != table.size(); ++k) {
    text += std::string(data.users.key(table.user[k])) + ":" + std::string(data.items.key(table.item[k])) + ":";
    std::string value = std::to_string(table.value[k]);
    text += value.substr(0, value.find('.') + 2);
    if (table.timed()) text += "@" + std::to_string(table.time[k]);
    if (table.weighted()) text += "*" + std::to_string(table.weight[k]).substr(0, 3);
    text += ' ';
  }
  return text;
}

std::string read(std::string_view text, rating_format const& format) {
  return shown(read_ratings_text<float>(text, format));
}

// What reading a text as `ratings.csv` throws.
kindred::error failure(std::string_view text, rating_format const& format) {
  return error_of([&] { (void)read_ratings_text<float>(text, format, "ratings.csv"); });
}
std::string sentence(std::string_view text, rating_format const& format = {}) { return failure(text, format).what(); }

constexpr rating_format named{.header = true, .user = "customer", .item = "sku", .value = "stars", .time = "when"};

}  // namespace

TEST_CASE("read_ratings: the files of MovieLens as they are") {
  // First lines of u.data of 100K, ratings.dat of 1M and ratings.csv of the latest small one.
  CHECK(read("196\t242\t3\t881250949\n186\t302\t3\t891717742\n", kindred::movielens_100k) ==
        "196:242:3.0@881250949 186:302:3.0@891717742 ");
  CHECK(read("1::1193::5::978300760\n1::661::3::978302109\n", kindred::movielens_1m) ==
        "1:1193:5.0@978300760 1:661:3.0@978302109 ");
  CHECK(read("userId,movieId,rating,timestamp\n1,1,4.0,964982703\n1,3,0.5,964981247\n", kindred::movielens_csv) ==
        "1:1:4.0@964982703 1:3:0.5@964981247 ");
}

TEST_CASE("read_ratings: columns by name, in any order, among others") {
  CHECK(read("stars,note,sku,when,customer\n3.5,\"fine, really\",book,2026-01-31,ann\n", named) ==
        "ann:book:3.5@1769817600 ");
}

TEST_CASE("read_ratings: columns by number, with and without a header") {
  rating_format format{.separator = ";", .user = 3, .item = 1, .value = 2};
  CHECK(read("book;4;ann\n", format) == "ann:book:4.0 ");
  CHECK(read("book;4;ann;more;than asked for\n", format) == "ann:book:4.0 ");
  format.header = true;
  CHECK(read("sku;stars;customer\nbook;4;ann\n", format) == "ann:book:4.0 ");
}

TEST_CASE("read_ratings: names of any lifetime that covers the call") {
  std::string const user = "customer";
  CHECK(read("customer,sku\nann,book\n", {.header = true, .user = user, .item = std::string("sku"), .value = {}}) ==
        "ann:book:1.0 ");
}

TEST_CASE("read_ratings: no value means that it happened; weights and times are optional") {
  auto const data = read_ratings_text<double>("ann,book\nbob,pen\n", {.value = {}});
  CHECK(data.table.value == std::vector<double>{1, 1});
  CHECK_FALSE(data.table.timed());
  CHECK_FALSE(data.table.weighted());
  CHECK(read("ann,book,2,0.5\n", {.weight = 4}) == "ann:book:2.0*0.5 ");
  CHECK(read("ann,book,2,7,0.5\n", {.time = 4, .weight = 5}) == "ann:book:2.0@7*0.5 ");
}

TEST_CASE("read_ratings: line ends, empty lines, a missing last line end, a byte order mark") {
  std::string const expected = "ann:book:4.0@7 bob:pen:5.0@8 ";
  for (std::string_view const text :
       {"customer,sku,stars,when\nann,book,4,7\nbob,pen,5,8\n"sv,
        "customer,sku,stars,when\r\nann,book,4,7\r\nbob,pen,5,8"sv,
        "\xef\xbb\xbf\n\ncustomer,sku,stars,when\n\r\nann,book,4,7\n\n\nbob,pen,5,8\n\n"sv}) {
    CHECK(read(text, named) == expected);
  }
}

TEST_CASE("read_ratings: keys are any bytes, ids are in order of key") {
  auto const data = read_ratings_text<float>("10,\xe9t\xe9,1\n9,\"a \"\"b\"\"\",1\nann,9,1\n", {});
  REQUIRE(data.users.size() == 3);
  CHECK(data.users.key(user_id{0}) == "9");
  CHECK(data.users.key(user_id{1}) == "10");
  CHECK(data.users.key(user_id{2}) == "ann");
  CHECK(data.items.key(item_id{0}) == "9");
  CHECK(data.items.key(item_id{1}) == "a \"b\"");
  CHECK(data.items.key(item_id{2}) == "\xe9t\xe9");
  CHECK(data.table.user == std::vector<user_id>{user_id{1}, user_id{0}, user_id{2}});
}

TEST_CASE("read_ratings: integer keys") {
  auto const data = read_ratings_text<float, std::int64_t>("10,-5,1\n9,007,1\n", {});
  CHECK(data.users.key(user_id{0}) == 9);
  CHECK(data.items.find(7) == item_id{1});
  CHECK(data.table.item == std::vector<item_id>{item_id{0}, item_id{1}});
  auto const mixed = read_ratings_text<float, std::int64_t, std::string_view>("10,book,1\n", {});
  CHECK(mixed.items.find("book") == item_id{0});
  CHECK(throws([] { (void)read_ratings_text<float, std::int64_t>("1,2,3\nann,2,3\n", {}, "a.csv"); },
               error_kind::format, "a.csv:2: column 1 (user): 'ann' is not a whole number"));
}

TEST_CASE("read_ratings: the order of the rows changes nothing") {
  kindred::random_stream random(5, 0);
  std::vector<std::string> rows;
  for (int user = 0; user != 40; ++user)
    for (int item = 0; item != 30; ++item)
      if (kindred::below(random, 3) == 0)
        rows.push_back("u" + std::to_string(user) + "," + std::to_string(item * 7) + "," +
                       std::to_string(1 + kindred::below(random, 5)) + "," +
                       std::to_string(kindred::below(random, 1000)) + "\n");
  auto const seen = [&] {
    std::string text;
    for (std::string const& row : rows) text += row;
    auto data = read_ratings_text<float>(text, {.time = 4});
    std::string names;
    for (kindred::index_t u = 0; u != data.users.size(); ++u) names += std::string(data.users.key(user_id{u})) + " ";
    for (kindred::index_t i = 0; i != data.items.size(); ++i) names += std::string(data.items.key(item_id{i})) + " ";
    return std::pair(kindred::ratings<float>::from(data.table), names);
  };
  auto const before = seen();
  for (int round = 0; round != 5; ++round) {
    kindred::shuffle(random, std::span(rows));
    CHECK(seen() == before);
  }
}

TEST_CASE("read_ratings: a file is read as its text, when it is larger than a block as well") {
  std::string text;
  for (int k = 0; k != 20'000; ++k)
    text += std::to_string(k * 7919 % 1000) + "\t" + std::to_string(k * 104'729 % 2000) + "\t" + std::to_string(k % 9) +
            "\t" + std::to_string(874'000'000 + k) + "\n";
  REQUIRE(text.size() > 5 * 65536);
  temporary_file const file(text);
  auto const from_file = read_ratings<float>(file.path(), kindred::movielens_100k);
  auto const from_text = read_ratings_text<float>(text, kindred::movielens_100k);
  CHECK(from_file.report.lines == 20'000);
  CHECK(from_file.report.rows == 20'000);
  CHECK(shown(from_file) == shown(from_text));
  CHECK(from_file.table.value[8] == 8);
  CHECK(from_file.table.time[19'999] == 874'019'999);
}

TEST_CASE("read_ratings: what is wrong with a field names file, line, column and value") {
  kindred::error const e = failure("ann,book,4\nbob,pen,abc\n", {});
  CHECK(e.what() == "ratings.csv:2: column 3 (value): 'abc' is not a number"sv);
  CHECK(e.kind() == error_kind::format);
  CHECK(e.row() == 2);
  CHECK(e.column() == 3);

  CHECK(sentence("customer,sku,stars,when\n\nann,book,4,soon\n", named) ==
        "ratings.csv:3: column 4 (when): 'soon' is not a time (whole seconds, 2026-01-31 or 2026-01-31T12:00:00Z)");
  CHECK(sentence("ann,book,nan\n") == "ratings.csv:1: column 3 (value): 'nan' is not a finite number");
  CHECK(sentence("ann,book,-inf\n") == "ratings.csv:1: column 3 (value): '-inf' is not a finite number");
  CHECK(sentence("ann,book,1e99\n") ==
        "ratings.csv:1: column 3 (value): '1e99' is too large or too small for the number type");
  CHECK(sentence("ann,book,\n") == "ratings.csv:1: column 3 (value): the field is empty");
  CHECK(sentence(",book,4\n") == "ratings.csv:1: column 1 (user): the field is empty");
  CHECK(sentence("ann,\"\",4\n") == "ratings.csv:1: column 2 (item): the field is empty");
  for (char const* weight : {"0", "-0.0", "-1"})
    CHECK(sentence("ann,book,4," + std::string(weight) + "\n", {.weight = 4}) ==
          "ratings.csv:1: column 4 (weight): '" + std::string(weight) + "' is not a positive number");
  CHECK(sentence("ann,book,\x1b[31m" + std::string(100, 'x') + "\n") ==
        "ratings.csv:1: column 3 (value): '?[31m" + std::string(55, 'x') + "...' is not a number");
}

TEST_CASE("read_ratings: what is wrong with a row") {
  CHECK(sentence("ann,book,4\nann\n") == "ratings.csv:2: the row has 1 column; at least 3 are needed");
  CHECK(sentence("ann,book,4\n", {.time = 7}) == "ratings.csv:1: the row has 3 columns; at least 7 are needed");
  CHECK(sentence("customer,sku,stars,when\nann,book,4\n", named) ==
        "ratings.csv:2: the row has 3 columns, the header has 4");
  CHECK(sentence("customer,sku,stars,when\nann,pen, red,4,7\n", named) ==
        "ratings.csv:2: the row has 5 columns, the header has 4");
  CHECK(sentence("ann,\"book,4\n") ==
        "ratings.csv:1: column 2: the field opens a quote that is not closed on the same line");
  CHECK(sentence("ann,\"book\" ,4\n") ==
        "ratings.csv:1: column 2: the field has text between its closing quote and the separator");
  CHECK(sentence("ann,bo\0k,4\n"sv) == "ratings.csv:1: the line holds a NUL byte; text in UTF-8 or Latin-1 has none");
  CHECK(sentence("a\0,\0b\0,\0"
                 "1\0\r\0\n\0"sv) ==  // UTF-16
        "ratings.csv:1: the line holds a NUL byte; text in UTF-8 or Latin-1 has none");
  CHECK(sentence("1,2,3\n" + std::string(kindred::longest_line + 1, 'a')) ==
        "ratings.csv:2: the line is longer than 1048576 bytes; this is not a text table");
}

TEST_CASE("read_ratings: what is wrong with a header") {
  CHECK(sentence("customer,sku,rating,when\nann,book,4,7\n", named) ==
        "ratings.csv:1: the header has no column 'stars'; it has 'customer', 'sku', 'rating', 'when'");
  CHECK(sentence("customer,sku,stars,stars,when\nann,book,4,5,7\n", named) ==
        "ratings.csv:1: the header has the column 'stars' twice");
  CHECK(sentence("\ncustomer,sku\nann,book\n", {.header = true}) ==
        "ratings.csv:2: the value should be column 3, but the header ends at column 2");
  CHECK(sentence("customer,\"sku\nann,book\n", {.header = true}) ==
        "ratings.csv:1: column 2: the field opens a quote that is not closed on the same line");
  CHECK(failure("customer,sku\n", named).row() == 1);
}

TEST_CASE("read_ratings: nothing to read") {
  CHECK(sentence("") == "ratings.csv: the file is empty");
  CHECK(sentence("", named) == "ratings.csv: the file is empty");
  CHECK(sentence("\n\n", named) == "ratings.csv: there are only empty lines");
  CHECK(sentence("\r\n\n") == "ratings.csv: there are only empty lines");
  CHECK(sentence("customer,sku,stars,when\n", named) == "ratings.csv: there are no rows behind the header");
  CHECK(failure("", {}).row() == 1);
  CHECK(failure("\n\n\n", {}).row() == 3);
  temporary_file const empty("");
  CHECK(error_of([&] { (void)read_ratings<float>(empty.path(), {}); }).kind() == error_kind::format);
}

TEST_CASE("read_ratings: files that cannot be read") {
  std::string const absent = (std::filesystem::temp_directory_path() / "kindred_no_such_file").string();
  CHECK(error_of([&] { (void)read_ratings<float>(absent, {}); }).kind() == error_kind::io);
  std::string const directory = std::filesystem::temp_directory_path().string();
  CHECK(error_of([&] { (void)read_ratings<float>(directory, {}); }).kind() == error_kind::io);
}

TEST_CASE("read_ratings: formats that no file can have") {
  auto const problem = [](rating_format const& format) {
    kindred::error const e = failure("ann,book,4\n", format);
    CHECK(e.kind() == error_kind::setting);
    return std::string(e.what());
  };
  std::string const separator = "a separator is one or more bytes, none of them a line break, a NUL or a quote";
  for (std::string_view const s : {""sv, "\n"sv, ",\r"sv, "\0"sv, "\""sv})
    CHECK(problem({.separator = s}) == separator);
  CHECK(read("ann\"book\"4\n", {.separator = "\"", .quotes = false}) == "ann:book:4.0 ");
  CHECK(problem({.user = 0}) == "the user cannot be column 0; columns are counted from 1");
  CHECK(problem({.value = -2}) == "the value cannot be column -2; columns are counted from 1");
  CHECK(problem({.user = {}}) == "the format has no column for the user");
  CHECK(problem({.item = {}}) == "the format has no column for the item");
  CHECK(problem({.item = "sku"}) == "the item should be column 'sku', but the format has no header to name it");
}

TEST_CASE("read_ratings: bad rows may be passed over and are counted") {
  rating_format format{.time = 4, .on_bad_row = bad_row::skip};
  std::string_view const text =
      "ann,book,4,1\n"
      "bob,book,abc,2\n"
      "\n"
      "cid,pen\n"
      "dan,\"pen,4,3\n"
      "eve,p\0n,4,3\n"
      "fay,pen,5,4\n"sv;
  auto const data = read_ratings_text<float>(text, format, "ratings.csv");
  CHECK(shown(data) == "ann:book:4.0@1 fay:pen:5.0@4 ");
  CHECK(data.users.size() == 2);  // nobody of a bad row is known
  CHECK(data.report.lines == 7);
  CHECK(data.report.rows == 2);
  CHECK(data.report.skipped == 4);
  REQUIRE(data.report.first_skipped.has_value());
  CHECK(data.report.first_skipped->what() == "ratings.csv:2: column 3 (value): 'abc' is not a number"sv);
  CHECK(data.report.first_skipped->row() == 2);
  CHECK(data.report.first_skipped->column() == 3);

  auto const clean = read_ratings_text<float>("ann,book,4,1\n", format);
  CHECK(clean.report.skipped == 0);
  CHECK_FALSE(clean.report.first_skipped.has_value());
}

TEST_CASE("read_ratings: bad rows only are an error") {
  kindred::error const e = failure("a,b,c\nd,e,f\n", {.on_bad_row = bad_row::skip});
  CHECK(e.what() ==
        "ratings.csv: none of the 2 rows can be read; the first: "
        "ratings.csv:1: column 3 (value): 'c' is not a number"sv);
  CHECK(e.kind() == error_kind::format);
  CHECK(e.row() == 2);
}

TEST_CASE_TEMPLATE("read_ratings: values are rounded to the number type once", T, float, double) {
  auto const data = read_ratings_text<T>("a,b,0.1\na,c,16777217\na,d,1e-3\n", {});
  CHECK(data.table.value == std::vector<T>{T(0.1), T(16777217), T(1e-3)});
}
