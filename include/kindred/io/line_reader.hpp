// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/buffer.hpp>
#include <kindred/core/error.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <system_error>

KINDRED_BEGIN

// A line of more bytes is refused: what has no line break for a mebibyte is not a table.
inline constexpr std::size_t longest_line = std::size_t{1} << 20;

namespace detail {

// An error about a file, or about a line of it, that begins as errors of compilers do: "ratings.csv:17: ". Of a long path
// the end is kept, so that the sentence has room.
[[nodiscard]] inline error error_in(error_kind kind, std::string_view file, std::uint64_t line = 0) noexcept {
  constexpr std::size_t longest_name = 60;
  error e(kind);
  if (file.size() > longest_name) {
    e << "...";
    file.remove_prefix(file.size() - longest_name);
  }
  e.quote(file.data(), file.size());
  if (line != 0) e.at(line) << ":" << line;
  return e << ": ";
}

// The lines of a file or of a text, one at a time and without a copy: the window onto a file is a buffer of one line's
// greatest length, refilled behind the last unfinished line; the window onto a text is the text.
//
// A line comes without its LF or CRLF, the first without a UTF-8 byte order mark; the last may lack its line end.
class line_reader {
public:
  // Opens a file. Throws error{io} when that fails. (A directory can be opened; it fails at the first line.)
  [[nodiscard]] static line_reader of_file(std::string const& path) {
    std::FILE* const file = std::fopen(path.c_str(), "rb");
    if (file == nullptr) raise(error_in(error_kind::io, path) << "cannot be opened: " << last_reason().c_str());
    return line_reader(file, path);
  }
  // Reads a text, which must outlive the reader; `name` is what errors call it.
  [[nodiscard]] static line_reader of_text(std::string_view text, std::string_view name) { return {text, name}; }

  line_reader(line_reader const&) = delete;
  line_reader& operator=(line_reader const&) = delete;
  ~line_reader() {
    if (file_ != nullptr) std::fclose(file_);
  }

  // The next line, valid until the next call; false after the last. Throws error{format} for a line that is too long and
  // error{io} when the file cannot be read on.
  [[nodiscard]] bool next(std::string_view& line) {
    char const* end = find_newline(first_);
    while (end == nullptr) {
      auto const pending = static_cast<std::size_t>(last_ - first_);
      if (pending >= capacity) break;
      if (!refill(pending)) {
        if (pending == 0) return false;
        break;
      }
      end = find_newline(first_ + pending);
    }
    ++number_;
    line = {first_, static_cast<std::size_t>((end == nullptr ? last_ : end) - first_)};
    first_ = end == nullptr ? last_ : end + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (number_ == 1 && line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);
    if (line.size() > longest_line)
      raise(error_in(error_kind::format, name_, number_)
            << "the line is longer than " << longest_line << " bytes; this is not a text table");
    return true;
  }

  [[nodiscard]] std::string const& name() const noexcept { return name_; }
  [[nodiscard]] std::uint64_t number() const noexcept { return number_; }  // of the line given last, counted from one

  // False when no line given so far holds a NUL byte: asked of a block at a time, so that lines need not be searched.
  [[nodiscard]] bool nul_seen() const noexcept { return nul_seen_; }

  // How many lines there will be if they go on as so far; zero when the size of the file is not known.
  [[nodiscard]] std::uint64_t expected_lines() const noexcept {
    std::uint64_t const given = taken_ - static_cast<std::uint64_t>(last_ - first_);
    return given == 0 ? 0
                      : static_cast<std::uint64_t>(static_cast<double>(number_) * static_cast<double>(size_) /
                                                   static_cast<double>(given));
  }

private:
  static constexpr std::size_t capacity = longest_line + 2;  // with its line end
  static constexpr std::size_t chunk = std::size_t{1} << 16;

  line_reader(std::FILE* file, std::string const& path)
      : file_(file), name_(path), block_(capacity), first_(block_.data()), last_(first_) {
    std::setvbuf(file, nullptr, _IONBF, 0);
    if (std::fseek(file, 0, SEEK_END) == 0) {
      long const size = std::ftell(file);
      if (size > 0) size_ = static_cast<std::uint64_t>(size);
      std::rewind(file);
    }
  }
  line_reader(std::string_view text, std::string_view name)
      : name_(name),
        first_(text.data()),
        last_(text.data() + text.size()),
        size_(text.size()),
        taken_(text.size()),
        nul_seen_(has_nul(text)) {}

  [[nodiscard]] static std::string last_reason() { return std::generic_category().message(errno); }
  [[nodiscard]] static bool has_nul(std::string_view text) noexcept { return text.find('\0') != text.npos; }

  [[nodiscard]] char const* find_newline(char const* from) const noexcept {
    return from == last_ ? nullptr
                         : static_cast<char const*>(std::memchr(from, '\n', static_cast<std::size_t>(last_ - from)));
  }

  // Moves the unfinished line to the front and reads more of the file behind it; false at the end.
  [[nodiscard]] bool refill(std::size_t pending) {
    if (file_ == nullptr) return false;
    if (pending != 0) std::memmove(block_.data(), first_, pending);
    std::size_t const fresh =
        std::fread(block_.data() + pending, 1, capacity - pending < chunk ? capacity - pending : chunk, file_);
    if (fresh == 0 && std::ferror(file_) != 0)
      raise(error_in(error_kind::io, name_) << "cannot be read: " << last_reason().c_str());
    first_ = block_.data();
    last_ = first_ + pending + fresh;
    taken_ += fresh;
    nul_seen_ = nul_seen_ || has_nul({first_ + pending, fresh});
    return fresh != 0;
  }

  std::FILE* file_ = nullptr;
  std::string name_;
  buffer<char> block_;
  char const* first_;
  char const* last_;
  std::uint64_t number_ = 0;
  std::uint64_t size_ = 0;   // of the file or text, as far as known
  std::uint64_t taken_ = 0;  // into the window so far
  bool nul_seen_ = false;
};

}  // namespace detail

KINDRED_END
