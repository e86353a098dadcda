// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/io/line_reader.hpp>
#include <kindred/io/parse_number.hpp>
#include <kindred/io/parse_time.hpp>
#include <kindred/io/split_fields.hpp>
#include <kindred/io/text_format.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

KINDRED_BEGIN

namespace detail {

[[nodiscard]] inline bool is_number(std::string_view text) noexcept {
  double value = 0;
  return parse_number(text, value) == nullptr;
}

// A date, or so many seconds since 1970 that it cannot be a rating: 1973 or later.
[[nodiscard]] inline bool is_moment(std::string_view text) noexcept {
  std::int64_t seconds = 0;
  return parse_time(text, seconds) == nullptr && (seconds >= 100'000'000 || !is_number(text));
}

// "User_ID", "userId" and "user id" are one name.
[[nodiscard]] inline std::string plain_name(std::string_view name) {
  std::string plain;
  for (char const c : name) {
    if (c >= 'A' && c <= 'Z') plain += static_cast<char>(c - 'A' + 'a');
    else if ((c >= 'a' && c <= 'z') || is_digit(c)) plain += c;
  }
  return plain;
}

// The first rows of a table, and what its columns seem to mean. The number of columns is that of most rows, and a column
// is what most of its fields are: complaining about the others is for the reader.
class table_sample {
public:
  table_sample(std::span<std::string const> lines, std::string_view separator, bool quotes) {
    field_splitter splitter(separator, quotes);
    for (std::string const& line : lines) {
      if (splitter.split(line) != nullptr) continue;
      auto const fields = splitter.fields();
      rows_.emplace_back(fields.begin(), fields.end());
    }
    for (std::size_t k = 0; k != rows_.size() && free_.empty(); ++k) {
      auto const alike = [width = rows_[k].size()](auto const& row) { return row.size() == width; };
      if (2 * std::count_if(rows_.begin(), rows_.end(), alike) > std::ssize(lines)) free_.assign(rows_[k].size(), true);
    }
    std::erase_if(rows_, [&](auto const& row) { return row.size() != free_.size(); });
  }

  // How many fields most lines have; zero when the separator does not cut most lines alike.
  [[nodiscard]] std::size_t columns() const noexcept { return free_.size(); }

  // Finds the columns by the names in a header, as far as they are known, then by order and content. False when there is
  // no user or item, or no value although there are columns left: one of them may be it, in a form that is not understood.
  [[nodiscard]] bool describe(rating_format& format) {
    format.user = named({"user", "userid", "username", "uid", "customer", "customerid", "visitor", "visitorid"});
    format.item = named({"item", "itemid", "movie", "movieid", "product", "productid", "sku", "book", "bookid", "isbn",
                         "artist", "artistid", "song", "songid", "track", "trackid"});
    format.value = named({"rating", "ratings", "bookrating", "value", "score", "stars", "weight", "count", "plays"});
    format.time = named({"timestamp", "time", "unixtime", "date", "datetime", "when"});
    format.header = (format.user.stated() && format.item.stated()) || words_above_numbers();
    if (!format.header) {
      format.user = format.item = format.value = format.time = {};
      free_.assign(free_.size(), true);
    }
    first_ = format.header ? 1 : 0;
    if (!format.user.stated()) format.user = next_free([](std::string_view) { return true; });
    if (!format.item.stated()) format.item = next_free([](std::string_view) { return true; });
    if (!format.value.stated())
      format.value = next_free([](std::string_view text) { return is_number(text) && !is_moment(text); });
    if (!format.time.stated()) format.time = next_free(is_moment);
    bool const rest = std::find(free_.begin(), free_.end(), true) != free_.end();
    return format.user.stated() && format.item.stated() && (format.value.stated() || !rest);
  }

private:
  [[nodiscard]] column take(std::size_t k) {
    free_[k] = false;
    return static_cast<int>(k + 1);
  }
  [[nodiscard]] column named(std::initializer_list<std::string_view> names) {
    for (std::size_t k = 0; k != free_.size(); ++k)
      for (std::string_view const name : names)
        if (free_[k] && plain_name(rows_[0][k]) == name) return take(k);
    return {};
  }
  template <class Test>
  [[nodiscard]] column next_free(Test const& test) {
    for (std::size_t k = 0; k != free_.size(); ++k)
      if (free_[k] && most(k, test)) return take(k);
    return {};
  }

  // Whether the test holds for most fields of a column, from row first_ on.
  template <class Test>
  [[nodiscard]] bool most(std::size_t k, Test const& test) const {
    std::size_t hits = 0;
    for (std::size_t r = first_; r < rows_.size(); ++r) hits += test(rows_[r][k]) ? 1u : 0u;
    return 2 * hits > rows_.size() - first_;
  }

  // Whether the first row has no number where the rows below have numbers, and there are such columns.
  [[nodiscard]] bool words_above_numbers() {
    auto const numeric = [](std::string_view text) { return is_number(text) || is_moment(text); };
    bool words = false;
    first_ = 1;
    for (std::size_t k = 0; k != free_.size(); ++k) {
      if (!most(k, numeric)) continue;
      if (numeric(rows_[0][k])) return false;
      words = true;
    }
    return words;
  }

  std::vector<std::vector<std::string>> rows_;
  std::vector<bool> free_;  // columns without a meaning yet
  std::size_t first_ = 0;   // row behind the header
};

[[nodiscard]] inline rating_format sniff_format(line_reader& reader) {
  constexpr std::size_t enough = 100;
  std::vector<std::string> lines;
  for (std::string_view line; lines.size() != enough && reader.next(line);)
    if (!line.empty()) lines.emplace_back(line);
  if (lines.empty()) raise(error_in(error_kind::format, reader.name()).at(1) << "the file is empty");
  auto const quoted = [](std::string_view separator) { return separator == "," || separator == ";"; };
  std::string_view best;
  std::size_t most = 1;
  for (std::string_view const separator : {"::", "\t", ";", ",", "|", " "}) {
    std::size_t const columns = table_sample(lines, separator, quoted(separator)).columns();
    if (columns > most) {
      most = columns;
      best = separator;
    }
  }
  error e = error_in(error_kind::format, reader.name()).at(1);
  if (best.empty())
    raise(
        e << "no separator of tab, comma, semicolon, |, :: and blank cuts most lines into the same number of columns");
  rating_format format{.separator = best, .quotes = quoted(best)};
  if (!table_sample(lines, best, format.quotes).describe(format))
    raise(e << "it cannot be told which columns are user, item and value; state the format");
  return format;
}

}  // namespace detail

// Guesses how a file holds ratings, from its first hundred lines: the separator, whether there is a header, and which
// columns are user, item, value and time.
//
//   auto const format = kindred::sniff_format("ratings.csv");
//   auto const data = kindred::read_ratings<float>("ratings.csv", format);
//
// For files that somebody hands to a program; a program that knows its file should say so. Names of a header that are
// known decide; otherwise the first two columns are user and item, the first other one of numbers is the value, and one of
// dates or of seconds since 1973 is the time. There may be no value only where no column is left that could be one. Throws
// error: io when the file cannot be read, format when it does not look like ratings.
[[nodiscard]] inline rating_format sniff_format(std::string const& path) {
  auto lines = detail::line_reader::of_file(path);
  return detail::sniff_format(lines);
}

// The same from memory; `name` is what errors call the text.
[[nodiscard]] inline rating_format sniff_format_text(std::string_view text, std::string_view name = "text") {
  auto lines = detail::line_reader::of_text(text, name);
  return detail::sniff_format(lines);
}

KINDRED_END
