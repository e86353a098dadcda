// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <concepts>
#include <cstdint>
#include <string_view>

KINDRED_BEGIN

// Which column of a text file: its name in the header, or its number counted from one, as errors, spreadsheets, cut and awk
// count them. `{}` is no column at all. A name is not copied: it must live as long as the format.
class column {
public:
  constexpr column() noexcept = default;
  constexpr column(int number) noexcept : stated_(true), number_(number) {}
  template <std::convertible_to<std::string_view> Name>
  constexpr column(Name const& name) noexcept : stated_(true), name_(name) {}

  [[nodiscard]] constexpr bool stated() const noexcept { return stated_; }
  [[nodiscard]] constexpr bool named() const noexcept { return !name_.empty(); }
  [[nodiscard]] constexpr std::string_view name() const noexcept { return name_; }
  [[nodiscard]] constexpr int number() const noexcept { return number_; }

private:
  bool stated_ = false;
  int number_ = 0;
  std::string_view name_;
};

// What becomes of a row that cannot be read.
enum class bad_row : std::uint8_t {
  stop,  // an error that names file, line, column and value
  skip   // left out and counted; the report keeps the error of the first
};

// How a text file is laid out: one row a line, fields between separators.
//
// The separator is one or more bytes and is taken literally: two in a row enclose an empty field. With `quotes`, a field
// that starts with " is read as in RFC 4180: it ends at the next ", may hold separators, and "" in it stands for one ";
// it may not hold a line break, so that one stray quote costs one row and not the rest of the file. Lines end in LF or
// CRLF; empty ones are passed over, as is a UTF-8 byte order mark. Bytes are handed on as they are, whatever the encoding.
struct text_format {
  std::string_view separator = ",";
  bool header = false;  // the first line names the columns, and every row must have as many
  bool quotes = true;
  bad_row on_bad_row = bad_row::stop;
};

// How a text file holds ratings: a text_format, and which columns mean what.
//
//   kindred::rating_format const sales{.separator = ";", .header = true, .user = "customer", .item = "sku", .value = {}};
//
// Without a value column every value is 1: the row says that it happened. Values and weights are finite decimal numbers,
// weights positive; times are whole numbers, or dates in UTC as 2026-01-31 or 2026-01-31T12:00:00Z, read as seconds since
// 1970. User and item are never empty.
struct rating_format {
  std::string_view separator = ",";
  bool header = false;
  bool quotes = true;
  column user = 1;
  column item = 2;
  column value = 3;
  column time = {};
  column weight = {};
  bad_row on_bad_row = bad_row::stop;

  [[nodiscard]] constexpr text_format text() const noexcept { return {separator, header, quotes, on_bad_row}; }
};

// The files of the MovieLens data sets, as GroupLens ships them: u.data, u1.base, ... of 100K; ratings.dat of 1M and 10M;
// ratings.csv of 20M, 25M, 32M and the small ones.
inline constexpr rating_format movielens_100k{.separator = "\t", .quotes = false, .time = 4};
inline constexpr rating_format movielens_1m{.separator = "::", .quotes = false, .time = 4};
inline constexpr rating_format movielens_csv{
    .header = true, .user = "userId", .item = "movieId", .value = "rating", .time = "timestamp"};

KINDRED_END
