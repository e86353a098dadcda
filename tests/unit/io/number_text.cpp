// SPDX-License-Identifier: BSL-1.0
#include <kindred/io/number_text.hpp>

#include <kindred/core/error.hpp>

#include <doctest/doctest.h>

#include <clocale>
#include <limits>
#include <string>

using kindred::number_text;

namespace {

#define GAP "\xE2\x80\xAF"                 // U+202F, narrow no-break space
#define MINUS "\xE2\x88\x92"               // U+2212
#define TIMES_TEN GAP "\xC3\x97" GAP "10"  // " x 10"

}  // namespace

TEST_CASE("number_text: whole numbers in full, in groups from five digits on") {
  CHECK(number_text(0) == "0");
  CHECK(number_text(-0.0) == "0");
  CHECK(number_text(1998) == "1998");
  CHECK(number_text(12345) == "12" GAP "345");
  CHECK(number_text(100000) == "100" GAP "000");
  CHECK(number_text(-1234567) == MINUS "1" GAP "234" GAP "567");
  CHECK(number_text(999999999999999) == "999" GAP "999" GAP "999" GAP "999" GAP "999");
}

TEST_CASE("number_text: four digits of a fraction, and no zeros at its end") {
  CHECK(number_text(0.94231) == "0.9423");
  CHECK(number_text(12.5) == "12.5");
  CHECK(number_text(2.0 / 3) == "0.6667");
  CHECK(number_text(0.00012344) == "0.0001234");
  CHECK(number_text(-99.994) == MINUS "99.99");
  CHECK(number_text(99.996) == "100");  // rounding carries into a new digit
  CHECK(number_text(12345.6) == "12" GAP "346");
}

TEST_CASE("number_text: powers of ten where zeros would have to be counted") {
  CHECK(number_text(1.5e-7) == "1.5" TIMES_TEN "\xE2\x81\xBB\xE2\x81\xB7");
  CHECK(number_text(-1e-5) == MINUS "10\xE2\x81\xBB\xE2\x81\xB5");
  CHECK(number_text(1e15) == "10\xC2\xB9\xE2\x81\xB5");
  CHECK(number_text(1.7976931348623157e308) == "1.798" TIMES_TEN "\xC2\xB3\xE2\x81\xB0\xE2\x81\xB8");
  CHECK(number_text(1.25e-300) == "1.25" TIMES_TEN "\xE2\x81\xBB\xC2\xB3\xE2\x81\xB0\xE2\x81\xB0");
}

TEST_CASE("number_text: a fixed count of decimals") {
  CHECK(number_text(2, 2) == "2.00");
  CHECK(number_text(-0.001, 2) == "0.00");  // no minus before nothing
  CHECK(number_text(12345.678, 1) == "12" GAP "345.7");
  CHECK(number_text(0.5, 0) == "0");  // ties to even, as the standard says of printf
  CHECK(number_text(0.5, 1000) == "0.50000000000000000");
  CHECK(number_text(0.5, -3) == "0");
  CHECK(number_text(1e300, 2) == "10\xC2\xB3\xE2\x81\xB0\xE2\x81\xB0");
}

TEST_CASE("number_text: no locale has a say") {
  char const* const before = std::setlocale(LC_ALL, nullptr);
  std::string const old = before != nullptr ? before : "C";
  for (char const* name : {"de_DE.UTF-8", "fr_FR.UTF-8", "C"}) {
    std::setlocale(LC_ALL, name);  // where it is not installed, nothing changes
    CHECK(number_text(1234.5) == "1234");
    CHECK(number_text(0.25) == "0.25");
  }
  std::setlocale(LC_ALL, old.c_str());
}

TEST_CASE("number_text: what is not finite is refused") {
  for (double const x : {std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
                         std::numeric_limits<double>::quiet_NaN()}) {
    CHECK_THROWS_AS(static_cast<void>(number_text(x)), kindred::error);
    CHECK_THROWS_AS(static_cast<void>(number_text(x, 3)), kindred::error);
  }
}
