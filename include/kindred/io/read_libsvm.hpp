// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/example_table.hpp>
#include <kindred/io/line_reader.hpp>
#include <kindred/io/parse_number.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

KINDRED_BEGIN

// What the labels of a file in LIBSVM's format mean.
enum class libsvm_labels : bool {
  numbers,   // themselves
  yes_or_no  // above zero 1, else 0: for files that say +1 and -1
};

struct libsvm_format {
  libsvm_labels labels = libsvm_labels::numbers;
  index_t first_index = 1;  // of a feature: it becomes column 0
  index_t columns = 0;      // that there are at least: as many as another file of the same features has
};

namespace detail {

// One line: `label index:value index:value ...`, with `qid:group` behind the label where there are groups, and a comment
// behind '#'. Texts are read once, left to right; what is wrong is raised with the byte at which it stands.
template <real T>
class libsvm_line {
public:
  libsvm_line(line_reader const& lines, libsvm_format const& format) noexcept : lines_(lines), format_(format) {}

  // Reads the line; false when it is empty or a comment.
  [[nodiscard]] bool read(std::string_view line) {
    at_ = begin_ = line.data();
    end_ = begin_ + line.size();
    count_ = 0;
    if (index_.size() < line.size() / 3 + 1) {  // a feature takes four bytes, the last one three
      index_.resize(line.size() / 2 + 64);
      value_.resize(line.size() / 2 + 64);
    }
    grouped_ = false;
    skip_blanks();
    if (at_ == end_ || *at_ == '#') return false;
    label_ = number("the label");
    if (format_.labels == libsvm_labels::yes_or_no) label_ = label_ > 0 ? T{1} : T{0};
    skip_blanks();
    if (end_ - at_ > 4 && std::string_view(at_, 4) == "qid:") read_group();
    std::uint64_t least = format_.first_index;
    for (skip_blanks(); at_ != end_ && *at_ != '#'; skip_blanks()) least = read_feature(least);
    return true;
  }

  [[nodiscard]] T label() const noexcept { return label_; }
  [[nodiscard]] sparse_row<T> row() const noexcept { return {{index_.data(), count_}, {value_.data(), count_}}; }
  [[nodiscard]] bool grouped() const noexcept { return grouped_; }
  [[nodiscard]] index_t group() const noexcept { return group_; }

private:
  [[nodiscard]] static constexpr bool is_blank(char c) noexcept { return c == ' ' || c == '\t'; }

  void skip_blanks() noexcept {
    while (at_ != end_ && is_blank(*at_)) ++at_;
  }

  [[noreturn]] void refuse(char const* from, char const* role, char const* problem) const {
    char const* stop = from;
    while (stop != end_ && !is_blank(*stop)) ++stop;
    auto const byte = static_cast<std::uint64_t>(from - begin_) + 1;
    error e = error_in(error_kind::format, lines_.name(), lines_.number());
    e.at(lines_.number(), byte) << "byte " << byte << ": " << role;
    if (stop == from) raise(e << " is missing");
    raise((e << " '").quote(from, static_cast<std::size_t>(stop - from)) << "' " << problem);
  }

  // The number up to the next blank. One digit is the most frequent one by far.
  [[nodiscard]] T number(char const* role) {
    if (at_ != end_ && is_digit(*at_) && (at_ + 1 == end_ || is_blank(at_[1]))) return static_cast<T>(*at_++ - '0');
    char const* const from = at_;
    while (at_ != end_ && !is_blank(*at_)) ++at_;
    std::string_view text(from, static_cast<std::size_t>(at_ - from));
    if (text.starts_with('+')) text.remove_prefix(1);
    T value = 0;
    if (char const* const problem = parse_number(text, value)) refuse(from, role, problem);
    return value;
  }

  // Digits up to ':'.
  [[nodiscard]] index_t whole_number(char const* from, char const* role) {
    std::uint64_t number = 0;
    char const* const first = at_;
    for (; at_ != end_ && is_digit(*at_); ++at_) number = number * 10 + static_cast<std::uint64_t>(*at_ - '0');
    if (at_ == first) refuse(from, role, "is not index:value");
    if (number >= index_limit || at_ - first > 15) refuse(from, role, "is beyond 32 bits");
    return static_cast<index_t>(number);
  }

  // Reads a feature with an index of at least `least`, and returns the least of the next one.
  [[nodiscard]] std::uint64_t read_feature(std::uint64_t least) {
    char const* const from = at_;
    index_t const index = whole_number(from, "the feature");
    if (at_ == end_ || *at_ != ':') refuse(from, "the feature", "is not index:value");
    ++at_;
    if (index < least)
      refuse(from, "the feature", count_ == 0 ? "has an index below the first" : "has an index that does not ascend");
    value_[count_] = number("the value");
    index_[count_++] = index - format_.first_index;
    return std::uint64_t{index} + 1;
  }

  void read_group() {
    char const* const from = at_;
    at_ += 4;
    group_ = whole_number(from, "the group");
    if (at_ != end_ && !is_blank(*at_)) refuse(from, "the group", "is not a whole number");
    grouped_ = true;
  }

  line_reader const& lines_;
  libsvm_format format_;
  char const* begin_ = nullptr;
  char const* at_ = nullptr;
  char const* end_ = nullptr;
  T label_ = 0;
  index_t group_ = 0;
  bool grouped_ = false;
  std::size_t count_ = 0;
  std::vector<index_t> index_;
  std::vector<T> value_;
};

template <real T>
[[nodiscard]] example_table<T> read_libsvm(line_reader& lines, libsvm_format const& format) {
  example_table<T> table(format.columns);
  libsvm_line<T> one(lines, format);
  std::string_view line;
  while (lines.next(line)) {
    if (!one.read(line)) continue;
    if (table.size() == index_limit)
      raise(error_in(error_kind::shape, lines.name(), lines.number())
            << "there are more than " << index_limit << " examples");
    table.add(unchecked, one.label(), one.row());
    if (one.grouped()) table.set_group(one.group());
    if (table.size() == 4096) {  // growing by doubling touches twice the memory
      auto const expected = static_cast<std::size_t>(lines.expected_lines());
      table.reserve(expected + expected / 16, table.rows().size() / 4096 * (expected + expected / 16));
    }
  }
  if (table.size() == 0)
    raise(error_in(error_kind::format, lines.name()).at(lines.number()) << "there are no examples");
  return table;
}

}  // namespace detail

// Reads examples in the text format of LIBSVM, LIBLINEAR and SVMlight: `label index:value index:value ...`.
//
//   auto const train = kindred::read_libsvm<float>("a9a", {.labels = kindred::libsvm_labels::yes_or_no});
//
// Indices ascend within a line and begin at format.first_index; `qid:7` behind a label is the group of the example; what
// follows '#' is a comment, and empty lines are passed over. Throws error: io when the file cannot be read; format for what is
// in it, with the line in row() and the byte of the line in column(), both from one.
template <real T>
[[nodiscard]] example_table<T> read_libsvm(std::string const& path, libsvm_format const& format = {}) {
  auto lines = detail::line_reader::of_file(path);
  return detail::read_libsvm<T>(lines, format);
}

// The same from memory; `name` is what errors call the text.
template <real T>
[[nodiscard]] example_table<T> read_libsvm_text(std::string_view text, libsvm_format const& format = {},
                                                std::string_view name = "text") {
  auto lines = detail::line_reader::of_text(text, name);
  return detail::read_libsvm<T>(lines, format);
}

KINDRED_END
