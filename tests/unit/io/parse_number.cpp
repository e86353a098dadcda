// SPDX-License-Identifier: BSL-1.0
#include <kindred/io/parse_number.hpp>

#include <kindred/core/scalar.hpp>
#include <kindred/run/random.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>

using kindred::detail::parse_integer;
using kindred::detail::parse_number;

namespace {

template <class T>
T library_number(std::string const& text) {
  if constexpr (std::is_same_v<T, float>) return std::strtof(text.c_str(), nullptr);
  else return std::strtod(text.c_str(), nullptr);
}

template <class T>
bool same_bits(T a, T b) {
  return std::memcmp(&a, &b, sizeof a) == 0;
}

// Whether the text is read, and as the number that the C library makes of it; "" or what is wrong.
template <class T>
std::string difference(std::string const& text) {
  T value = -77;
  if (char const* const problem = parse_number(text, value)) return "'" + text + "' " + problem;
  T const twin = library_number<T>(text);
  if (same_bits(value, twin)) return "";
  char words[200];
  std::snprintf(words, sizeof words, "'%s' is read as %a and not as %a", text.c_str(), static_cast<double>(value),
                static_cast<double>(twin));
  return words;
}

std::string digits(kindred::random_stream& random, std::uint32_t count) {
  std::string text;
  for (std::uint32_t k = 0; k != count; ++k) text += static_cast<char>('0' + kindred::below(random, 10));
  return text;
}

}  // namespace

TEST_CASE_TEMPLATE("parse_number: decimals as people write them", T, float, double) {
  for (char const* text : {"0",
                           "1",
                           "5",
                           "3.5",
                           "4.25",
                           "0.1",
                           "0.3",
                           "10",
                           "007",
                           "-1",
                           "-0",
                           "0.0",
                           "-0.5",
                           ".5",
                           "5.",
                           "+2",
                           "+.5",
                           "1e3",
                           "1E-3",
                           "2.5e+2",
                           "9007199254740992",
                           "9007199254740993",
                           "9007199254740995",
                           "18446744073709551616",
                           "123456789012345678901234567890",
                           "0.0000000000000000001",
                           "0.00000000000000000001",
                           "16777217",
                           "16777219",
                           "3.4028235e38",
                           "1.1754944e-38",
                           "1e-40",
                           "0.000000000000000000000000000000000000000000000000000000"}) {
    CHECK(difference<T>(text) == "");
  }
}

TEST_CASE_TEMPLATE("parse_number: what is no number, no finite one, or none of this type", T, float, double) {
  auto const problem = [](std::string_view text) {
    T value = 42;
    char const* const words = parse_number(text, value);
    CHECK(value == 42);
    return std::string_view(words == nullptr ? "" : words);
  };
  for (char const* text :
       {"",    "-",   "+",   ".",  "-.",  "abc", "1a",   "a1",    "1 ",       " 1", "1,5",  "1.2.3",
        "--1", "+-1", "-+1", "1e", "1e+", "e5",  "0x10", "1_000", "\xd9\xa1", "1-", "nanx", "infinite"}) {
    INFO(std::string(text));
    CHECK(problem(text) == "is not a number");
  }
  CHECK(problem(std::string_view("1\0", 2)) == "is not a number");
  for (char const* text : {"nan", "NaN", "-nan", "inf", "-inf", "Infinity", "+inf", "nan(1)"}) {
    INFO(std::string(text));
    CHECK(problem(text) == "is not a finite number");
  }
  for (char const* text : {"1e999", "-1e999", "1e-999"}) {
    INFO(std::string(text));
    CHECK(problem(text) == "is too large or too small for the number type");
  }
  if (std::is_same_v<T, float>) CHECK(problem("3.5e38") == "is too large or too small for the number type");
}

TEST_CASE_TEMPLATE("parse_number: the bits of strtof and strtod on 100 000 random decimals", T, float, double) {
  kindred::random_stream random(1, 0);
  std::string first;
  for (int k = 0; k != 100'000 && first.empty(); ++k) {
    std::string text = kindred::below(random, 4) == 0 ? "-" : "";
    text += digits(random, kindred::below(random, 12));
    bool const point = kindred::below(random, 3) != 0;
    if (point) text += "." + digits(random, kindred::below(random, 14));
    if (text.find_first_of("0123456789") == std::string::npos) text += "7";
    if (kindred::below(random, 8) == 0) text += "e" + std::to_string(static_cast<int>(kindred::below(random, 50)) - 25);
    first = difference<T>(text);
  }
  CHECK(first == "");
}

TEST_CASE("parse_number: a float is rounded once") {
  // Numbers next to the middle of two floats, with as many digits as the fast path takes. Rounding to double first may end
  // on the very middle, from where the second rounding goes to the even float although the number is on the odd one's side.
  kindred::random_stream random(2, 0);
  int traps = 0;
  std::string first;
  for (int k = 0; k != 100'000 && first.empty(); ++k) {
    auto const low = static_cast<float>(0.09 + 0.8 * kindred::unit(random));
    auto const high = std::nextafter(low, 1.0f);
    double const middle = (static_cast<double>(low) + static_cast<double>(high)) / 2;
    char text[40];
    std::snprintf(text, sizeof text, "%.16f", middle);
    first = difference<float>(text);
    if (!same_bits(static_cast<float>(std::strtod(text, nullptr)), std::strtof(text, nullptr))) ++traps;
  }
  CHECK(first == "");
  CHECK(traps > 1000);  // or this test would show nothing
}

TEST_CASE("parse_integer: all of 64 bits and nothing else") {
  auto const problem = [](std::string_view text, std::int64_t expected) {
    std::int64_t value = 42;
    char const* const words = parse_integer(text, value);
    CHECK(value == (words == nullptr ? expected : 42));
    return std::string_view(words == nullptr ? "" : words);
  };
  CHECK(problem("0", 0) == "");
  CHECK(problem("-7", -7) == "");
  CHECK(problem("0012", 12) == "");
  CHECK(problem("881250949", 881250949) == "");
  CHECK(problem("9223372036854775807", (std::numeric_limits<std::int64_t>::max)()) == "");
  CHECK(problem("-9223372036854775808", (std::numeric_limits<std::int64_t>::min)()) == "");
  CHECK(problem("9223372036854775808", 0) == "does not fit 64 bits");
  CHECK(problem("-9223372036854775809", 0) == "does not fit 64 bits");
  for (char const* text : {"", "-", "+1", " 1", "1 ", "1.0", "1e3", "ann", "99999999999999999999x"}) {
    INFO(std::string(text));
    CHECK(problem(text, 0) == "is not a whole number");
  }
}
