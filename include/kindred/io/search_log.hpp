// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/evaluate/search.hpp>
#include <kindred/io/byte_source.hpp>
#include <kindred/io/parse_number.hpp>
#include <kindred/io/replace_file.hpp>
#include <kindred/run/observer.hpp>

#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

KINDRED_BEGIN

// The log of a search as text, a line a trial, columns apart by tabs: rung, number, effort, figure ("failed" where there is none),
// and the value of every setting. Opens in any spreadsheet; numbers are read back to the bit.
[[nodiscard]] inline std::string search_log_text(search_log const& log) {
  std::string out = "rung\tnumber\teffort\tfigure";
  for (std::string const& name : log.settings) out += '\t' + name;
  auto const put = [&](auto value) {
    char digits[32];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
  };
  for (search_trial const& t : log.trials) {
    out += '\n';
    put(t.rung);
    out += '\t';
    put(t.number);
    out += '\t';
    put(t.effort);
    out += '\t';
    if (t.failed) out += "failed";
    else put(t.figure);
    for (double const x : t.values) {
      out += '\t';
      put(x);
    }
  }
  return out += '\n';
}

// Reads it again. Throws error{format}, with line and column, for what search_log_text does not write.
[[nodiscard]] inline search_log parse_search_log(std::string_view text) {
  search_log log;
  std::size_t line = 0;
  auto const refuse = [&](std::size_t column, char const* problem) {
    raise(error(error_kind::format).at(line, column)
          << "search log, line " << line << ", column " << column << ": " << problem);
  };
  while (!text.empty()) {
    std::size_t const end = text.find('\n');
    ++line;
    if (end == std::string_view::npos) refuse(1, "the line does not end");
    std::vector<std::string_view> field;
    for (std::string_view rest = text.substr(0, end);;) {
      std::size_t const tab = rest.find('\t');
      field.push_back(rest.substr(0, tab));
      if (tab == std::string_view::npos) break;
      rest.remove_prefix(tab + 1);
    }
    text.remove_prefix(end + 1);
    if (line == 1) {
      constexpr std::string_view first[] = {"rung", "number", "effort", "figure"};
      for (std::size_t c = 0; c != 4; ++c)
        if (c >= field.size() || field[c] != first[c]) refuse(c + 1, "this is no search log");
      log.settings.assign(field.begin() + 4, field.end());
      continue;
    }
    if (field.size() != log.settings.size() + 4) refuse(field.size(), "the columns are not those of the first line");
    search_trial t;
    auto const number = [&](std::size_t c, double& value) {
      if (char const* const problem = detail::parse_number(field[c], value)) refuse(c + 1, problem);
    };
    auto const count = [&](std::size_t c, std::uint32_t& value) {
      std::int64_t read = 0;
      if (char const* const problem = detail::parse_integer(field[c], read)) refuse(c + 1, problem);
      if (read < 0 || read > 0xFFFF'FFFF) refuse(c + 1, "does not fit 32 bits");
      value = static_cast<std::uint32_t>(read);
    };
    count(0, t.rung);
    count(1, t.number);
    number(2, t.effort);
    t.failed = field[3] == "failed";
    if (!t.failed) number(3, t.figure);
    for (std::size_t c = 4; c != field.size(); ++c) number(c, t.values.emplace_back());
    log.trials.push_back(std::move(t));
  }
  return log;
}

// Writes the log whole or not at all (see replace_file): whenever the program is killed, the file holds the old log or the new one.
inline void save_search_log(std::filesystem::path const& path, search_log const& log) {
  replace_file(path, search_log_text(log));
}

// The log of a file, or an empty one when there is none: a search begins and goes on by the same line. Throws error{io} when
// there is a file that cannot be read, error{format} for what is in it.
[[nodiscard]] inline search_log load_search_log(std::filesystem::path const& path) {
  std::error_code fault;
  if (!std::filesystem::exists(path, fault) && !fault) return {};
  file_source source(path);
  std::string text(static_cast<std::size_t>(source.size()), '\0');
  source.read(0, std::as_writable_bytes(std::span(text)));
  return parse_search_log(text);
}

// An observer that keeps the log of a search in a file, and passes on what another observer says.
//
//   search(space, how, attempt, {.log = load_search_log("tuning.log")}, pool, keeps_search_log("tuning.log"));
template <search_observer O = silent>
class keeps_search_log {
public:
  explicit keeps_search_log(std::filesystem::path path, O then = {}) : path_(std::move(path)), then_(std::move(then)) {}

  flow operator()(search_progress const& now) {
    save_search_log(path_, now.log);
    return then_(now);
  }

private:
  std::filesystem::path path_;
  [[no_unique_address]] O then_;
};

KINDRED_END
