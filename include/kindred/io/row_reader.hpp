// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/io/line_reader.hpp>
#include <kindred/io/split_fields.hpp>
#include <kindred/io/text_format.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

KINDRED_BEGIN

// What reading a table came to.
struct read_report {
  std::uint64_t lines = 0;    // of the file, with its header and empty lines
  std::uint64_t rows = 0;     // read
  std::uint64_t skipped = 0;  // not read, under bad_row::skip
  std::optional<error> first_skipped;
};

namespace detail {

// The rows of a table, one at a time. What is wrong with a row is raised, or counted and passed over, as the format says;
// what is wrong with the whole table is raised.
class row_reader {
public:
  // Reads the header, if the format has one. Throws error{setting} for a separator that cannot be one, error{format} when
  // there is no header to read.
  row_reader(line_reader& lines, text_format const& format)
      : lines_(lines), format_(format), splitter_(format.separator, format.quotes) {
    if (format.separator.empty() || format.separator.find_first_of({"\n\r\0", 3}) != std::string_view::npos ||
        (format.quotes && format.separator.find('"') != std::string_view::npos))
      raise(error(error_kind::setting)
            << "a separator is one or more bytes, none of them a line break, a NUL or a quote");
    if (!format.header) return;
    if (!next_line()) raise(nothing());
    if (auto const defect = cut()) raise(*defect);
    for (std::string_view const name : fields()) header_.emplace_back(name);
  }

  // The position of a column among the fields; from now on every row must reach that far. `role` is what errors call the
  // column. Throws error{setting} when it cannot be meant, error{format} when the header does not have it just once.
  [[nodiscard]] std::size_t position_of(column const& which, char const* role) {
    if (which.named()) return position_in_header(which.name(), role);
    if (!which.stated()) raise(error(error_kind::setting) << "the format has no column for the " << role);
    if (which.number() < 1)
      raise(error(error_kind::setting) << "the " << role << " cannot be column " << which.number()
                                       << "; columns are counted from 1");
    auto const number = static_cast<std::size_t>(which.number());
    if (format_.header && number > header_.size())
      raise(here() << "the " << role << " should be column " << number << ", but the header ends at column "
                   << header_.size());
    if (number > width_) width_ = number;
    return number - 1;
  }

  // Goes to the next row that can be cut into fields, as many as the header has or else as many as the columns asked for
  // need; false after the last.
  [[nodiscard]] bool next() {
    while (next_line()) {
      if (auto const defect = cut()) refuse(*defect);
      else if (format_.header ? fields().size() != header_.size() : fields().size() < width_) refuse(wrong_width());
      else return true;
    }
    return false;
  }
  [[nodiscard]] std::span<std::string_view const> fields() const noexcept { return splitter_.fields(); }

  [[nodiscard]] std::uint64_t expected_lines() const noexcept { return lines_.expected_lines(); }

  // Says that the row was used, or that it cannot be because of what is wrong with a field.
  void accept() noexcept { ++report_.rows; }
  void refuse(std::size_t position, char const* role, char const* problem) {
    error e = at_field(position, role);
    std::string_view const text = fields()[position];
    if (text.empty()) refuse(e << "the field is empty");
    else refuse((e << "'").quote(text.data(), text.size()) << "' " << problem);
  }

  // What it came to, after the last row. Throws error{format} when no row was good.
  [[nodiscard]] read_report const& finish() {
    report_.lines = lines_.number();
    if (report_.rows != 0) return report_;
    if (report_.skipped == 0 && header_.empty()) raise(nothing());
    error e = error_in(error_kind::format, lines_.name()).at(report_.lines);
    if (report_.skipped == 0) raise(e << "there are no rows behind the header");
    raise(e << "none of the " << report_.skipped << " rows can be read; the first: " << report_.first_skipped->what());
  }

private:
  [[nodiscard]] bool next_line() {
    do {
      if (!lines_.next(line_)) return false;
    } while (line_.empty());
    return true;
  }

  // Cuts the line into fields, and tells what is in the way.
  [[nodiscard]] std::optional<error> cut() {
    if (lines_.nul_seen() && line_.find('\0') != std::string_view::npos)
      return here() << "the line holds a NUL byte; text in UTF-8 or Latin-1 has none";
    if (char const* const problem = splitter_.split(line_))
      return at_field(fields().size(), "") << "the field " << problem;
    return std::nullopt;
  }

  void refuse(error const& e) {
    if (format_.on_bad_row == bad_row::stop) raise(e);
    if (report_.skipped++ == 0) report_.first_skipped = e;
  }

  [[nodiscard]] std::size_t position_in_header(std::string_view name, char const* role) const {
    if (!format_.header)
      raise((error(error_kind::setting) << "the " << role << " should be column '").quote(name.data(), name.size())
            << "', but the format has no header to name it");
    std::size_t found = header_.size();
    for (std::size_t k = 0; k != header_.size(); ++k) {
      if (header_[k] != name) continue;
      if (found != header_.size())
        raise((here() << "the header has the column '").quote(name.data(), name.size()) << "' twice");
      found = k;
    }
    if (found == header_.size()) {
      error e = here();
      (e << "the header has no column '").quote(name.data(), name.size()) << "'; it has ";
      for (std::size_t k = 0; k != header_.size(); ++k)
        (e << (k == 0 ? "'" : ", '")).quote(header_[k].data(), header_[k].size()) << "'";
      raise(e);
    }
    return found;
  }

  [[nodiscard]] error here() const noexcept { return error_in(error_kind::format, lines_.name(), lines_.number()); }
  [[nodiscard]] error nothing() const noexcept {
    error e = error_in(error_kind::format, lines_.name());
    if (lines_.number() == 0) return e.at(1) << "the file is empty";
    return e.at(lines_.number()) << "there are only empty lines";
  }
  [[nodiscard]] error at_field(std::size_t position, char const* role) const noexcept {
    error e = here().at(lines_.number(), position + 1);
    e << "column " << position + 1;
    if (position < header_.size()) (e << " (").quote(header_[position].data(), header_[position].size()) << ")";
    else if (*role != '\0') e << " (" << role << ")";
    return e << ": ";
  }
  [[nodiscard]] error wrong_width() const noexcept {
    error e = here();
    e << "the row has " << fields().size() << (fields().size() == 1 ? " column" : " columns");
    if (format_.header) return e << ", the header has " << header_.size();
    return e << "; at least " << width_ << " are needed";
  }

  line_reader& lines_;
  text_format format_;
  field_splitter splitter_;
  std::string_view line_;
  std::vector<std::string> header_;
  std::size_t width_ = 0;
  read_report report_;
};

}  // namespace detail

KINDRED_END
