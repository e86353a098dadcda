// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>
#include <kindred/io/parse_number.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

KINDRED_BEGIN

namespace detail {

// Days since 1970-01-01 in the Gregorian calendar, for years from 0 (Hinnant, "chrono-compatible low-level date
// algorithms", 2013). Written out because <chrono> costs more lines than all readers together.
[[nodiscard]] constexpr std::int64_t days_from_civil(int year, int month, int day) noexcept {
  int const y = month <= 2 ? year + 399 : year + 400;  // the year starts in March, so that February 29 ends it
  int const era = y / 400;
  int const year_of_era = y % 400;
  int const day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  int const day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return std::int64_t{era - 1} * 146097 + day_of_era - 719468;
}

[[nodiscard]] constexpr int days_in_month(int year, int month) noexcept {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

// Reads `count` digits of a time and what follows them.
class time_scanner {
public:
  explicit constexpr time_scanner(std::string_view text) noexcept : rest_(text) {}

  [[nodiscard]] constexpr bool number(std::size_t count, int low, int high, int& value) noexcept {
    if (rest_.size() < count) return false;
    value = 0;
    for (std::size_t k = 0; k != count; ++k) {
      if (!is_digit(rest_[k])) return false;
      value = value * 10 + (rest_[k] - '0');
    }
    rest_.remove_prefix(count);
    return value >= low && value <= high;
  }
  [[nodiscard]] constexpr bool mark(std::string_view any_of) noexcept {
    if (rest_.empty() || any_of.find(rest_[0]) == any_of.npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  [[nodiscard]] constexpr bool done() const noexcept { return rest_.empty(); }

private:
  std::string_view rest_;
};

// A point in time as seconds since 1970: a whole number, or an ISO 8601 date in UTC with or without a time of day.
//
// 2026-01-31, 2026-01-31T12:00:00Z, 2026-01-31 12:00:00. Other zones and fractions of a second are refused rather than
// rounded.
[[nodiscard]] inline char const* parse_time(std::string_view text, std::int64_t& seconds) noexcept {
  constexpr char const* problem = "is not a time (whole seconds, 2026-01-31 or 2026-01-31T12:00:00Z)";
  if (text.size() < 5 || text[4] != '-') return parse_integer(text, seconds) == nullptr ? nullptr : problem;
  time_scanner scan(text);
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  if (!scan.number(4, 0, 9999, year) || !scan.mark("-") || !scan.number(2, 1, 12, month) || !scan.mark("-") ||
      !scan.number(2, 1, days_in_month(year, month), day))
    return problem;
  if (!scan.done()) {
    if (!scan.mark("T ") || !scan.number(2, 0, 23, hour) || !scan.mark(":") || !scan.number(2, 0, 59, minute) ||
        !scan.mark(":") || !scan.number(2, 0, 59, second))
      return problem;
    if (!scan.done() && !(scan.mark("Z") && scan.done())) return problem;
  }
  seconds = ((days_from_civil(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
  return nullptr;
}

}  // namespace detail

KINDRED_END
