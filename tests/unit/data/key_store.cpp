// SPDX-License-Identifier: BSL-1.0
#include <kindred/data/key_store.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace std::string_view_literals;

namespace detail = kindred::detail;

TEST_CASE("key_store: gives back what was added, the empty text and NUL bytes included") {
  std::vector<std::string_view> const texts{
      "", "ann", "", "a\0b"sv, "\xc3\xa9t\xc3\xa9", "a text of more than sixteen bytes"};
  detail::key_store<std::string_view> store;
  for (std::string_view const text : texts) store.add(text);
  REQUIRE(store.size() == texts.size());
  for (std::size_t k = 0; k != texts.size(); ++k) CHECK(store[k] == texts[k]);

  detail::key_store<std::int64_t> numbers;
  numbers.add(-3);
  numbers.add((std::numeric_limits<std::int64_t>::max)());
  CHECK(numbers.size() == 2);
  CHECK(numbers[0] == -3);
  CHECK(numbers[1] == (std::numeric_limits<std::int64_t>::max)());
}

TEST_CASE("fingerprint: values of numbers, bytes of short texts, the same on every machine") {
  CHECK(detail::fingerprint(std::int64_t{7}) == 7);
  CHECK(detail::fingerprint(std::int64_t{-1}) == ~std::uint64_t{0});
  CHECK(detail::fingerprint("0"sv) == 0);
  CHECK(detail::fingerprint("262144"sv) == 262144);
  CHECK(detail::fingerprint("9999999999999999"sv) == 9'999'999'999'999'999u);  // 16 digits; below 2^56
  // From the lowest byte up, and the length plus one on top.
  CHECK(detail::fingerprint(""sv) == 0x0100'0000'0000'0000u);
  CHECK(detail::fingerprint("a"sv) == 0x0200'0000'0000'0061u);
  CHECK(detail::fingerprint("007"sv) == 0x0400'0000'0037'3030u);  // not the number that it looks like
  CHECK(detail::fingerprint("abcdefg"sv) == 0x0867'6665'6463'6261u);
  CHECK(detail::fingerprint("\xff"sv) == 0x0200'0000'0000'00ffu);
}

TEST_CASE("fingerprint: exact means that no other key has it") {
  // All texts over four bytes, of up to seven: 1 + 4 + ... + 4^7 = 21845. The NUL is where padding with zeros would make
  // "a" and "a\0" alike, the digits where a number could be taken for a text.
  std::set<std::uint64_t> seen;
  std::vector<std::string> texts{""};
  for (std::size_t k = 0; k != texts.size(); ++k) {
    std::string const text = texts[k];
    std::uint64_t const print = detail::fingerprint(std::string_view(text));
    REQUIRE(detail::is_exact(std::string_view(text), print));
    REQUIRE(seen.insert(print).second);
    if (text.size() == 7) continue;
    for (char const c : {'\0', '0', '7', '\xff'}) texts.push_back(text + c);
  }
  CHECK(seen.size() == 21845);
  for (std::string_view const text : {"12345678"sv, "9999999999999999"sv})
    CHECK(detail::is_exact(text, detail::fingerprint(text)));
  for (std::string_view const text : {"abcdefgh"sv, "\0\0\0\0\0\0\0\0"sv, "00000000"sv, "10000000000000000"sv})
    CHECK_FALSE(detail::is_exact(text, detail::fingerprint(text)));
}

TEST_CASE("fingerprint: every byte of a long text counts") {
  for (std::size_t size = 8; size != 40; ++size) {
    std::string text(size, 'a');
    std::uint64_t const before = detail::fingerprint(std::string_view(text));
    for (char& c : text) {
      c = 'b';
      CHECK(detail::fingerprint(std::string_view(text)) != before);
      c = 'a';
    }
    CHECK(detail::fingerprint(std::string_view(text + 'a')) != before);
  }
}

TEST_CASE("key_less and rank_of: one strict order, numbers by value before texts by bytes") {
  // In ascending order; those with a zero in front, a sign or nothing but a zero-length are texts.
  std::vector<std::string_view> const ascending{"0",
                                                "1",
                                                "9",
                                                "10",
                                                "999999999999999999",   // 18 digits: the longest rank that is a value
                                                "1000000000000000000",  // 19
                                                "9000000000000000000",
                                                "9000000000000000001",
                                                "123456789012345678901234",
                                                "123456789012345678901235",
                                                "",
                                                "\0"sv,
                                                "\0\0"sv,
                                                "+1",
                                                "-1",
                                                "00",
                                                "01",
                                                "1 ",
                                                "1.5",
                                                "1a",
                                                "ann",
                                                "customer1",
                                                "customer10",
                                                "customer2",
                                                "\xc3\xa9t\xc3\xa9",
                                                "\xff"};
  for (std::size_t a = 0; a != ascending.size(); ++a) {
    for (std::size_t b = 0; b != ascending.size(); ++b) {
      INFO("'" << ascending[a] << "' and '" << ascending[b] << "'");
      CHECK(detail::key_less(ascending[a], ascending[b]) == (a < b));
      if (a < b) CHECK(detail::rank_of(ascending[a]) <= detail::rank_of(ascending[b]));
    }
  }
}

TEST_CASE("key_less and rank_of: integers by value") {
  std::int64_t const ascending[] = {(std::numeric_limits<std::int64_t>::min)(), -2, -1, 0, 1, 2,
                                    (std::numeric_limits<std::int64_t>::max)()};
  for (std::size_t k = 1; k != std::size(ascending); ++k) {
    CHECK(detail::key_less(ascending[k - 1], ascending[k]));
    CHECK(detail::rank_of(ascending[k - 1]) < detail::rank_of(ascending[k]));
  }
}
