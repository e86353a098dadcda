// SPDX-License-Identifier: BSL-1.0
#include <kindred/io/parse_time.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>

using kindred::detail::days_from_civil;
using kindred::detail::days_in_month;
using kindred::detail::parse_time;

namespace {

std::int64_t seconds_of(std::string_view text) {
  std::int64_t seconds = -999;
  char const* const problem = parse_time(text, seconds);
  CHECK_MESSAGE(problem == nullptr, std::string(text));
  return seconds;
}

std::string_view problem_of(std::string_view text) {
  std::int64_t seconds = -999;
  char const* const problem = parse_time(text, seconds);
  CHECK(seconds == -999);
  return problem == nullptr ? "" : problem;
}

}  // namespace

TEST_CASE("parse_time: whole seconds") {
  CHECK(seconds_of("881250949") == 881250949);
  CHECK(seconds_of("0") == 0);
  CHECK(seconds_of("-5") == -5);
  CHECK(seconds_of("20260131") == 20260131);  // eight digits are a number, not a date
}

TEST_CASE("parse_time: dates in UTC") {
  CHECK(seconds_of("1970-01-01") == 0);
  CHECK(seconds_of("1970-01-02T00:00:01Z") == 86401);
  CHECK(seconds_of("1969-12-31T23:59:59") == -1);
  CHECK(seconds_of("2000-02-29 12:34:56") == 951827696);  // date -u -d '2000-02-29 12:34:56' +%s
  CHECK(seconds_of("2026-01-31T12:00:00Z") == 1769860800);
  CHECK(seconds_of("9999-12-31") == 253402214400);
  CHECK(seconds_of("0000-03-01") == -62162035200);
}

TEST_CASE("parse_time: what is no time") {
  std::string_view const words = "is not a time (whole seconds, 2026-01-31 or 2026-01-31T12:00:00Z)";
  for (char const* text : {"2026-00-01",
                           "2026-13-01",
                           "2026-01-00",
                           "2026-01-32",
                           "2026-02-29",
                           "1900-02-29",
                           "2026-04-31",
                           "2026-1-31",
                           "2026-01-31T",
                           "2026-01-31T12",
                           "2026-01-31T12:00",
                           "2026-01-31T24:00:00",
                           "2026-01-31T12:60:00",
                           "2026-01-31T12:00:60",
                           "2026-01-31T12:00:00.5",
                           "2026-01-31T12:00:00+01:00",
                           "2026-01-31T12:00:00ZZ",
                           "2026-01-31Z",
                           "2026-",
                           "2026-01",
                           "2026-01-3a",
                           "abcd-01-31",
                           "",
                           "yesterday",
                           "31.01.2026",
                           "12:00",
                           "1.5",
                           "26-01-31",
                           "99999999999999999999"}) {
    INFO(std::string(text));
    CHECK(problem_of(text) == words);
  }
}

TEST_CASE("days_from_civil: counts every day of 2400 years") {
  // The twin: one day after the other, from 0000-01-01, which is 719528 days before 1970.
  std::int64_t days = -719528;
  bool same = true;
  for (int year = 0; year != 2400; ++year)
    for (int month = 1; month <= 12; ++month)
      for (int day = 1; day <= days_in_month(year, month); ++day)
        same = same && days_from_civil(year, month, day) == days++;
  CHECK(same);
  CHECK(days == -719528 + 6 * 146097);
}
