// SPDX-License-Identifier: BSL-1.0
#include <kindred/io/markup.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "well_formed.hpp"

using namespace std::string_view_literals;

namespace {

std::string escaped(std::string_view text) {
  std::string out;
  kindred::append_escaped(out, text);
  return out;
}

#define FFFD "\xEF\xBF\xBD"

}  // namespace

TEST_CASE("append_escaped: the five characters that mean something") {
  CHECK(escaped("a < b > c & \"d\" 'e'") == "a &lt; b &gt; c &amp; &quot;d&quot; &#39;e&#39;");
  CHECK(escaped("<script>alert(1)</script>") == "&lt;script&gt;alert(1)&lt;/script&gt;");
  CHECK(escaped("]]>--> <!--") == "]]&gt;--&gt; &lt;!--");
  CHECK(escaped("&lt;") == "&amp;lt;");  // text is text, not HTML that somebody escaped before
  CHECK(escaped("") == "");
}

TEST_CASE("append_escaped: UTF-8 of every length goes through") {
  std::string_view const text = "caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80 \xED\x9F\xBF \xEE\x80\x80 \xF4\x8F\xBF\xBD";
  CHECK(escaped(text) == text);
}

TEST_CASE("append_escaped: what is no UTF-8 becomes U+FFFD, one for each longest start of a code point") {
  CHECK(escaped("a\xFFz") == "a" FFFD "z");
  CHECK(escaped("\xC3") == FFFD);                             // ends too early
  CHECK(escaped("\xE2\x82") == FFFD);                         // one for both: they could have been a euro sign
  CHECK(escaped("\xF0\x9F\x98z") == FFFD "z");                // three bytes of a smile
  CHECK(escaped("\xC0\xAF") == FFFD FFFD);                    // a slash, spelled longer than it is
  CHECK(escaped("\xE0\x80\xAF") == FFFD FFFD FFFD);           // likewise
  CHECK(escaped("\xF0\x80\x80\xAF") == FFFD FFFD FFFD FFFD);  // likewise
  CHECK(escaped("\xED\xA0\x80") == FFFD FFFD FFFD);           // half of a surrogate pair
  CHECK(escaped("\xF4\x90\x80\x80") == FFFD FFFD FFFD FFFD);  // beyond U+10FFFF
  CHECK(escaped("\xC3<b>") == FFFD "&lt;b&gt;");              // a broken start must not swallow what follows
}

TEST_CASE("append_escaped: control characters and marks that reorder text become U+FFFD") {
  CHECK(escaped("a\0b"sv) == "a" FFFD "b");
  CHECK(escaped("\x1B[31m\x7F") == FFFD "[31m" FFFD);
  CHECK(escaped("\xC2\x85") == FFFD);                                                 // U+0085
  CHECK(escaped(std::string{'\xE2', '\x80', '\xAE'} + "gpj.exe") == FFFD "gpj.exe");  // U+202E, right-to-left override
  CHECK(escaped(std::string{'\xE2', '\x81', '\xA6'}) == FFFD);                        // U+2066
  CHECK(escaped("\xEF\xBF\xBE") == FFFD);                                             // U+FFFE
  CHECK(escaped("tab\tline\nreturn\r") == "tab\tline\nreturn\r");
}

TEST_CASE("append_escaped: no three bytes can break out of a text or an attribute") {
  // All first and second bytes, with a third that ends whatever could be open.
  std::size_t faults = 0;
  for (int first = 0; first != 256; ++first)
    for (int second = 0; second != 256; ++second) {
      std::string const text = {static_cast<char>(first), static_cast<char>(second), '\''};
      std::string const out = escaped(text);
      if (!out.ends_with("&#39;") || out.find_first_of("<>\"'") != std::string::npos) ++faults;
      for (std::size_t at = 0; at != out.size();) {  // what comes out is UTF-8, and escaping it as such changes nothing
        auto const [value, bytes] = kindred::detail::decode_utf8(out, at);
        if (value == 0xFFFD && bytes != 3) ++faults;
        at += bytes;
      }
    }
  CHECK(faults == 0);
}

TEST_CASE("markup: literals are markup, everything else is text") {
  std::string const hostile = "<b>";
  char const* const pointer = "<i>";
  kindred::markup inner;
  inner.add("<em>", hostile, "</em>");
  kindred::markup out;
  out.add("<p title='", pointer, "'>", std::string_view("&"), inner, 3, "</p>");
  CHECK(out.str() == "<p title='&lt;i&gt;'>&amp;<em>&lt;b&gt;</em>3</p>");
  CHECK(fault_of(out.str()) == "");
  CHECK(kindred::markup().empty());
}

TEST_CASE("markup: coordinates are written to a tenth, and whole ones without a point") {
  auto const written = [](double value) { return kindred::markup().add(value).str(); };
  CHECK(written(12.0) == "12");
  CHECK(written(12.34) == "12.3");
  CHECK(written(-0.04) == "0");
  CHECK(written(-0.06) == "-0.1");
  CHECK(written(99.96) == "100");
  CHECK(kindred::markup().add(18446744073709551615u, " ", -5).str() == "18446744073709551615 -5");
}

TEST_CASE("fault_of: the checker of these tests can fail") {
  CHECK(fault_of("<p>a</p>") == "");
  CHECK(fault_of("<p>a") != "");
  CHECK(fault_of("<p><b></p></b>") != "");
  CHECK(fault_of("</p>") != "");
  CHECK(fault_of("<p>a & b</p>") != "");
  CHECK(fault_of("<p>a > b</p>") != "");
  CHECK(fault_of("<p a=b></p>") != "");
  CHECK(fault_of("<p a='<'></p>") != "");
  CHECK(fault_of("<p a='b></p>") != "");
  CHECK(fault_of("<p>\x01</p>") != "");
}
