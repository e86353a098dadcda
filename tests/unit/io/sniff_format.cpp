// SPDX-License-Identifier: BSL-1.0
#include <kindred/io/sniff_format.hpp>

#include <kindred/core/error.hpp>
#include <kindred/io/read_ratings.hpp>
#include <kindred/io/text_format.hpp>

#include "error_of.hpp"
#include "temporary_file.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using kindred::rating_format;
using kindred::sniff_format_text;

namespace {

// "<separator> <header?> user item value time", columns by number, 0 for none.
std::string guess(std::string_view text) {
  rating_format const format = sniff_format_text(text);
  std::string shown = format.separator == "\t" ? "tab" : std::string(format.separator);
  shown += format.header ? " header" : " plain";
  for (kindred::column const& c : {format.user, format.item, format.value, format.time})
    shown += " " + std::to_string(c.number());
  CHECK_FALSE(format.weight.stated());
  CHECK(kindred::read_ratings_text<float>(text, format).report.rows != 0);  // and it can be read so
  return shown;
}

std::string refusal(std::string_view text) {
  return error_of([&] { (void)sniff_format_text(text, "file"); }).what();
}

}  // namespace

TEST_CASE("sniff_format: the files of MovieLens") {
  CHECK(guess("196\t242\t3\t881250949\n186\t302\t3\t891717742\n") == "tab plain 1 2 3 4");
  CHECK(guess("1::1193::5::978300760\n1::661::3::978302109\n") == ":: plain 1 2 3 4");
  CHECK(guess("userId,movieId,rating,timestamp\r\n1,1,4.0,964982703\r\n1,3,4.0,964981247\r\n") == ", header 1 2 3 4");
}

TEST_CASE("sniff_format: other data sets that people have") {
  CHECK(guess("1 1 2\n1 2 4\n1 3 3.5\n") == "  plain 1 2 3 0");                                    // FilmTrust
  CHECK(guess("userID\tartistID\tweight\n2\t51\t13883\n2\t52\t11690\n") == "tab header 1 2 3 0");  // Last.fm
  CHECK(guess("userID\tfriendID\n2\t275\n2\t428\n") == "tab header 1 2 0 0");
  CHECK(guess("\"User-ID\";\"ISBN\";\"Book-Rating\"\n\"276725\";\"034545104X\";\"0\"\n") == "; header 1 2 3 0");
  CHECK(guess("A1,B000,5.0,1356998400\nA2,B000,1.0,1356998400\n") == ", plain 1 2 3 4");  // Amazon
}

TEST_CASE("sniff_format: a header is known by its names, or by words above numbers") {
  CHECK(guess("when,stars,customer_id,SKU\n2026-01-31,4,ann,book\n") == ", header 3 4 2 1");
  CHECK(guess("who|what|how much\nann|book|4\nbob|pen|5\n") == "| header 1 2 3 0");
  CHECK(guess("user,item\nann,book\n") == ", header 1 2 0 0");
  CHECK(guess("ann,book,4\nbob,pen,5\n") == ", plain 1 2 3 0");
  CHECK(guess("who,what\nann,book\n") == ", plain 1 2 0 0");  // cannot be told from a row
  CHECK(guess("ann,book,4\n") == ", plain 1 2 3 0");
}

TEST_CASE("sniff_format: times are dates, or seconds that no rating is") {
  CHECK(guess("ann,book,2026-01-31,4\nbob,pen,2026-02-01T10:00:00Z,5\n") == ", plain 1 2 4 3");
  CHECK(guess("1,2,881250949\n3,4,891717742\n") == ", plain 1 2 0 3");
  CHECK(guess("1,2,3,4\n5,6,7,8\n") == ", plain 1 2 3 0");
}

TEST_CASE("sniff_format: texts may hold what separates elsewhere") {
  CHECK(guess("ann|The Good, the Bad|4\nbob|Heat|5\n") == "| plain 1 2 3 0");
  CHECK(guess("ann,\"The Good, the Bad\",4\nbob,Heat,5\n") == ", plain 1 2 3 0");
}

TEST_CASE("sniff_format: bad rows are left for the reader to name") {
  std::string good;
  for (int k = 0; k != 10; ++k) good += "1\t" + std::to_string(k) + "\t4\t881250949\n";
  auto const complaint = [&](std::string const& line) {
    rating_format const format = sniff_format_text(line + good);
    CHECK_FALSE(format.header);
    CHECK(format.value.number() == 3);
    return std::string(
        error_of([&] { (void)kindred::read_ratings_text<float>(line + good, format, "u.data"); }).what());
  };
  CHECK(complaint("1\t2\tabc\t881250949\n") == "u.data:1: column 3 (value): 'abc' is not a number");
  CHECK(complaint("1\t2\n") == "u.data:1: the row has 2 columns; at least 4 are needed");
}

TEST_CASE("sniff_format: what does not look like ratings") {
  CHECK(refusal("") == "file: the file is empty");
  CHECK(refusal("\n\n") == "file: the file is empty");
  std::string const no_table =
      "file: no separator of tab, comma, semicolon, |, :: and blank cuts most lines into the same number of columns";
  CHECK(refusal("word\nword\n") == no_table);
  CHECK(refusal("SUMMARY & USAGE LICENSE\n=======\nMovieLens data sets were collected by the project.\n") == no_table);
  std::string const unclear = "file: it cannot be told which columns are user, item and value; state the format";
  CHECK(refusal("ann;book;3,5\nbob;pen;4,0\n") == unclear);  // not silently read without the ratings
  CHECK(refusal("film.a\tfilm.actor\tb\nc\tfilm.music\td\n") == unclear);
  CHECK(refusal("rating,user\n4,ann\n") == unclear);
  CHECK(error_of([] { (void)sniff_format_text(""); }).kind() == kindred::error_kind::format);
  CHECK(error_of([] { (void)sniff_format_text(""); }).row() == 1);
}

TEST_CASE("sniff_format: reads files") {
  temporary_file const file("1::1193::5::978300760\n");
  CHECK(kindred::sniff_format(file.path()).separator == "::");
  CHECK(error_of([] { (void)kindred::sniff_format(""); }).kind() == kindred::error_kind::io);
}
