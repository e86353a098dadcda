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
#include <utility>
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

TEST_CASE("fingerprint: bytes from the lowest up and the length on top, the same on every machine") {
  using print = detail::fingerprint;
  CHECK(detail::fingerprint_of(std::int64_t{-1}) == print{~std::uint64_t{0}, 0});
  CHECK(detail::fingerprint_of(""sv) == print{0, 0});
  CHECK(detail::fingerprint_of("abc"sv) == print{0x0063'6261u, 0x0300'0000u});
  CHECK(detail::fingerprint_of("abcde"sv) == print{0x0000'0065'6463'6261u, 0x0500'0000u});
  CHECK(detail::fingerprint_of("abcdefgh"sv) == print{0x6867'6665'6463'6261u, 0x0800'0000u});
  CHECK(detail::fingerprint_of("abcdefghi"sv) == print{0x6867'6665'6463'6261u, 0x0900'0069u});
  CHECK(detail::fingerprint_of("abcdefghijk"sv) == print{0x6867'6665'6463'6261u, 0x0b6b'6a69u});
  CHECK(detail::fingerprint_of("abcdefghijkl"sv).high == 0x0c00'0000u);
}

TEST_CASE("fingerprint: exact means that no other key has it") {
  // All texts over three bytes, of up to 11: (3^12 - 1) / 2. The NUL is where padding with zeros would make "a" and "a\0"
  // alike.
  std::set<std::pair<std::uint64_t, std::uint32_t>> seen;
  std::vector<std::string> texts{""};
  for (std::size_t k = 0; k != texts.size(); ++k) {
    std::string const text = texts[k];
    auto const [low, high] = detail::fingerprint_of(std::string_view(text));
    REQUIRE(detail::is_exact(std::string_view(text)));
    REQUIRE(seen.emplace(low, high).second);
    if (text.size() != 11)
      for (char const c : {'\0', 'a', '\xff'}) texts.push_back(text + c);
  }
  CHECK(seen.size() == 265720);
  CHECK_FALSE(detail::is_exact("abcdefghijkl"sv));
}

TEST_CASE("fingerprint: every byte counts") {
  for (std::size_t size = 1; size != 50; ++size) {
    std::string text(size, 'a');
    auto const before = detail::fingerprint_of(std::string_view(text));
    for (char& c : text) {
      c = 'b';
      CHECK(detail::fingerprint_of(std::string_view(text)) != before);
      c = 'a';
    }
    CHECK(detail::fingerprint_of(std::string_view(text + 'a')) != before);
  }
}

TEST_CASE("value_of: numbers of up to six digits, written as people write them") {
  CHECK(detail::value_of("0"sv) == 0);
  CHECK(detail::value_of("42"sv) == 42);
  CHECK(detail::value_of("262143"sv) == 262143);
  CHECK(detail::value_of("999999"sv) == 999999);
  CHECK(detail::value_of(std::int64_t{42}) == 42);
  for (std::string_view const text : {""sv, "007"sv, "00"sv, "+1"sv, "-1"sv, "1.0"sv, " 1"sv, "1000000"sv, "ann"sv})
    CHECK(detail::value_of(text) > 999999);
  CHECK(detail::value_of(std::int64_t{-1}) > 999999);
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
