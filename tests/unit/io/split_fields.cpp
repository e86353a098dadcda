// SPDX-License-Identifier: BSL-1.0
#include <kindred/io/split_fields.hpp>

#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using kindred::detail::field_splitter;
using kindred::detail::find_byte;

namespace {

using fields = std::vector<std::string>;

// The fields of a line; one field that begins with '!' when there is a problem.
fields split(std::string_view line, std::string_view separator, bool quotes) {
  // A copy without a byte to spare, so that the address sanitizer sees reads beyond the end.
  std::vector<char> const exact(line.begin(), line.end());
  field_splitter splitter(separator, quotes);
  (void)splitter.split("the,line;before|\"it\"");
  if (char const* const problem = splitter.split({exact.data(), exact.size()})) return {"!" + std::string(problem)};
  return {splitter.fields().begin(), splitter.fields().end()};
}

// The twin: byte by byte.
fields obvious_split(std::string_view line, std::string_view separator, bool quotes) {
  fields cut;
  std::string field;
  std::size_t at = 0;
  for (;;) {
    field.clear();
    if (quotes && at < line.size() && line[at] == '"') {
      ++at;
      for (;;) {
        if (at == line.size()) return {"!opens a quote that is not closed on the same line"};
        if (line[at] != '"') field += line[at++];
        else if (at + 1 < line.size() && line[at + 1] == '"') field += '"', at += 2;
        else break;
      }
      ++at;
      if (at != line.size() && line.substr(at, separator.size()) != separator)
        return {"!has text between its closing quote and the separator"};
    } else {
      while (at < line.size() && line.substr(at, separator.size()) != separator) field += line[at++];
    }
    cut.push_back(field);
    if (at == line.size()) return cut;
    at += separator.size();
  }
}

}  // namespace

TEST_CASE("find_byte: the first one, at every distance and within any neighbors") {
  for (std::size_t size = 0; size != 40; ++size) {
    for (std::size_t at = 0; at <= size; ++at) {
      for (int const sought : {0, 1, 9, 44, 127, 128, 255}) {
        // Neighbors one above and one below, and with the top bit flipped, are what a trick with carries mistakes.
        for (int const other : {sought ^ 1, sought ^ 128, (sought + 1) & 255, (sought - 1) & 255}) {
          std::vector<char> text(size, static_cast<char>(other));
          for (std::size_t k = at; k < size; k += 3) text[k] = static_cast<char>(sought);
          char const* const found = find_byte(text.data(), text.data() + size, static_cast<char>(sought));
          CHECK(found == text.data() + at);
        }
      }
    }
  }
}

TEST_CASE("field_splitter: separators are literal, and enclose empty fields") {
  CHECK(split("196\t242\t3\t881250949", "\t", true) == fields{"196", "242", "3", "881250949"});
  CHECK(split("1::1193::5::978300760", "::", false) == fields{"1", "1193", "5", "978300760"});
  CHECK(split(",a,,b,", ",", true) == fields{"", "a", "", "b", ""});
  CHECK(split("", ",", true) == fields{""});
  CHECK(split("a:b:::c", "::", false) == fields{"a:b", ":c"});
  CHECK(split("a:", "::", false) == fields{"a:"});
  CHECK(split("a, b", ", ", true) == fields{"a", "b"});
  CHECK(split("a  b", " ", true) == fields{"a", "", "b"});
  CHECK(split("a\xffrest", "\xff", true) == fields{"a", "rest"});
}

TEST_CASE("field_splitter: quotes as in RFC 4180") {
  CHECK(split(R"("a,b",c)", ",", true) == fields{"a,b", "c"});
  CHECK(split(R"("say ""hi""","",x)", ",", true) == fields{R"(say "hi")", "", "x"});
  CHECK(split(R"("","")", ",", true) == fields{"", ""});
  CHECK(split(R"("""")", ",", true) == fields{"\""});
  CHECK(split(R"(a"b,c""d)", ",", true) == fields{R"(a"b)", R"(c""d)"});  // only a field's first byte opens a quote
  CHECK(split(R"("a::b"::c)", "::", true) == fields{"a::b", "c"});
  CHECK(split(R"("Great Performances" Cats (1998)::x)", "::", false) ==
        fields{R"("Great Performances" Cats (1998))", "x"});
}

TEST_CASE("field_splitter: quotes that go wrong") {
  std::string const open = "!opens a quote that is not closed on the same line";
  std::string const text = "!has text between its closing quote and the separator";
  CHECK(split(R"(a,"b)", ",", true) == fields{open});
  CHECK(split(R"(")", ",", true) == fields{open});
  CHECK(split(R"("a"",b)", ",", true) == fields{open});
  CHECK(split(R"("a"b,c)", ",", true) == fields{text});
  CHECK(split(R"("a" ,c)", ",", true) == fields{text});
  CHECK(split(R"("a":b)", "::", true) == fields{text});
  field_splitter splitter(",", true);
  CHECK(splitter.split(R"(a,b,"c)") != nullptr);
  CHECK(splitter.fields().size() == 2);  // the third is the one
}

TEST_CASE("field_splitter: agrees with its twin on random lines") {
  kindred::random_stream random(3, 0);
  constexpr std::string_view letters = "\"\"::,, aaab";
  std::string first_difference;
  for (int k = 0; k != 100'000 && first_difference.empty(); ++k) {
    std::string line(kindred::below(random, 30), ' ');
    for (char& c : line) c = letters[kindred::below(random, static_cast<std::uint32_t>(letters.size()))];
    for (std::string_view const separator : {",", "::", " ", ",,"})
      for (bool const quotes : {true, false})
        if (split(line, separator, quotes) != obvious_split(line, separator, quotes)) first_difference = line;
  }
  CHECK(first_difference == "");
}
