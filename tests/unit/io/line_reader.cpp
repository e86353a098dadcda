// SPDX-License-Identifier: BSL-1.0
#include <kindred/io/line_reader.hpp>

#include <kindred/core/error.hpp>
#include <kindred/run/random.hpp>

#include "error_of.hpp"
#include "temporary_file.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

using namespace std::string_view_literals;

using kindred::error_kind;
using kindred::longest_line;
using kindred::detail::line_reader;

namespace {

std::vector<std::string> lines_of(line_reader&& reader) {
  std::vector<std::string> lines;
  for (std::string_view line; reader.next(line);) {
    lines.emplace_back(line);
    REQUIRE(reader.number() == lines.size());
  }
  std::string_view line;
  CHECK_FALSE(reader.next(line));  // and again: the end stays the end
  return lines;
}

std::vector<std::string> lines_of_text(std::string_view text) { return lines_of(line_reader::of_text(text, "text")); }
std::vector<std::string> lines_of_file(std::string_view text) {
  temporary_file const file(text);
  return lines_of(line_reader::of_file(file.path()));
}

// The twin: byte by byte.
std::vector<std::string> obvious_lines(std::string text) {
  if (text.rfind("\xef\xbb\xbf", 0) == 0) text.erase(0, 3);
  std::vector<std::string> lines;
  std::string line;
  auto const end_line = [&] {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    lines.push_back(line);
    line.clear();
  };
  bool open = false;
  for (char const c : text) {
    open = c != '\n';
    if (open) line += c;
    else end_line();
  }
  if (open) end_line();
  return lines;
}

}  // namespace

TEST_CASE("line_reader: line ends, and their absence") {
  using lines = std::vector<std::string>;
  CHECK(lines_of_text("").empty());
  CHECK(lines_of_file("").empty());
  CHECK(lines_of_text("a") == lines{"a"});
  CHECK(lines_of_text("a\n") == lines{"a"});
  CHECK(lines_of_text("a\r\nb\r\n") == lines{"a", "b"});
  CHECK(lines_of_text("\n\na\r\n\r\nb") == lines{"", "", "a", "", "b"});
  CHECK(lines_of_text("a\rb\n\r\r\n") == lines{"a\rb", "\r"});
  CHECK(lines_of_text("\r") == lines{""});
  CHECK(lines_of_file("a\r\nb") == lines{"a", "b"});
}

TEST_CASE("line_reader: a byte order mark is no text") {
  using lines = std::vector<std::string>;
  CHECK(lines_of_text("\xef\xbb\xbfuser,item\n\xef\xbb\xbf") == lines{"user,item", "\xef\xbb\xbf"});
  CHECK(lines_of_file("\xef\xbb\xbfuser,item\n") == lines{"user,item"});
  CHECK(lines_of_text("\xef\xbb\xbf\r\n") == lines{""});
  CHECK(lines_of_text("\xef\xbb") == lines{"\xef\xbb"});
}

TEST_CASE("line_reader: a file gives the lines of its text, wherever its blocks end") {
  kindred::random_stream random(1, 0);
  for (int round = 0; round != 20; ++round) {
    std::string text;
    while (text.size() < 300'000) {
      // Mostly short lines, some longer than a block of 64 KiB.
      std::uint32_t const longest[] = {10, 10, 10, 100, 1000, 100'000};
      text.append(kindred::below(random, longest[kindred::below(random, 6)]),
                  static_cast<char>('a' + kindred::below(random, 26)));
      if (kindred::below(random, 3) == 0) text += '\r';
      if (kindred::below(random, 9) != 0) text += '\n';
    }
    auto const expected = obvious_lines(text);
    CHECK(lines_of_file(text) == expected);
    CHECK(lines_of_text(text) == expected);
  }
}

TEST_CASE("line_reader: the longest line, and one byte more") {
  for (char const* end : {"", "\n", "\r\n", "\r\nb\n"}) {
    std::string const text = std::string(longest_line, 'a') + end;
    auto const expected = obvious_lines(text);
    CHECK(lines_of_text(text) == expected);
    CHECK(lines_of_file(text) == expected);
  }
  for (char const* end : {"", "\n", "\r\n", "aaaaaaaaa"}) {
    std::string const text = "1\n" + std::string(longest_line + 1, 'a') + end;
    temporary_file const file(text);
    kindred::error const of_text = error_of([&] { lines_of_text(text); });
    kindred::error const of_file = error_of([&] { lines_of(line_reader::of_file(file.path())); });
    CHECK(of_text.what() == "text:2: the line is longer than 1048576 bytes; this is not a text table"sv);
    CHECK(of_text.kind() == error_kind::format);
    CHECK(of_text.row() == 2);
    CHECK(of_file.kind() == error_kind::format);
    CHECK(of_file.row() == 2);
  }
}

TEST_CASE("line_reader: tells when a NUL byte may be in the lines") {
  std::string_view line;
  auto clean = line_reader::of_text("a\nb\n", "text");
  CHECK(clean.next(line));
  CHECK_FALSE(clean.nul_seen());
  temporary_file const file("a\nb\0c\n"sv);
  auto dirty = line_reader::of_file(file.path());
  CHECK(dirty.next(line));
  CHECK(dirty.nul_seen());
}

TEST_CASE("line_reader: expects as many lines as there will be if they go on like this") {
  std::string_view line;
  auto reader = line_reader::of_text("123\n123\n1\n1\n1\n1\n", "text");  // 16 bytes
  CHECK(reader.expected_lines() == 0);
  CHECK(reader.next(line));
  CHECK(reader.expected_lines() == 4);
  while (reader.next(line)) continue;
  CHECK(reader.expected_lines() == 6);

  temporary_file const file("12\n12\n12\n");
  auto of_file = line_reader::of_file(file.path());
  CHECK(of_file.next(line));
  CHECK(of_file.expected_lines() == 3);
}

TEST_CASE("line_reader: files that cannot be read") {
  std::string const absent = (std::filesystem::temp_directory_path() / "kindred_no_such_file").string();
  kindred::error const missing = error_of([&] { (void)line_reader::of_file(absent); });
  CHECK(missing.kind() == error_kind::io);
  CHECK(std::string_view(missing.what()).find("no_such_file: cannot be opened: ") != std::string_view::npos);

  std::string const directory = std::filesystem::temp_directory_path().string();
  kindred::error const no_file = error_of([&] { lines_of(line_reader::of_file(directory)); });
  CHECK(no_file.kind() == error_kind::io);
}

TEST_CASE("error_in: the end of a long path, and no control characters") {
  CHECK(kindred::detail::error_in(error_kind::format, "a.csv").what() == "a.csv: "sv);
  CHECK(kindred::detail::error_in(error_kind::format, "a.csv", 7).what() == "a.csv:7: "sv);
  CHECK(kindred::detail::error_in(error_kind::format, "a.csv", 7).row() == 7);
  CHECK(kindred::detail::error_in(error_kind::format, "a\x1b[31m\n.csv").what() == "a?[31m?.csv: "sv);
  std::string const path = "/" + std::string(100, 'd') + "/ratings.csv";
  CHECK(kindred::detail::error_in(error_kind::io, path).what() == "..." + std::string(48, 'd') + "/ratings.csv: ");
}
