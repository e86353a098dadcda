// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/core/scalar.hpp>
#include <kindred/data/dictionary.hpp>
#include <kindred/data/rating_table.hpp>
#include <kindred/io/line_reader.hpp>
#include <kindred/io/parse_number.hpp>
#include <kindred/io/parse_time.hpp>
#include <kindred/io/row_reader.hpp>
#include <kindred/io/text_format.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

KINDRED_BEGIN

// Ratings as a file holds them, the names of their users and items, and what reading came to.
template <real T, class UserKey = std::string_view, class ItemKey = UserKey>
struct rating_file {
  using value_type = T;

  rating_table<T> table;
  dictionary<user_id, UserKey> users;
  dictionary<item_id, ItemKey> items;
  read_report report;
};

namespace detail {

[[nodiscard]] inline char const* parse_key(std::string_view text, std::string_view& key) noexcept {
  key = text;
  return text.empty() ? "is empty" : nullptr;
}
[[nodiscard]] inline char const* parse_key(std::string_view text, std::int64_t& key) noexcept {
  return parse_integer(text, key);
}

template <real T>
[[nodiscard]] char const* parse_weight(std::string_view text, T& weight) noexcept {
  char const* const problem = parse_number(text, weight);
  return problem == nullptr && weight <= 0 ? "is not a positive number" : problem;
}

// Renumbers a dictionary by key, and the ids that came from it.
template <class Key, entity_id Id>
void sort_ids(dictionary<Id, Key>& names, std::vector<Id>& ids) {
  std::vector<Id> const moved = names.sort();
  for (Id& i : ids) i = moved[to_index(i)];
}

// Makes room once it can be told for how many rows, and a little more: growing by doubling touches twice the memory.
template <real T>
void reserve(rating_table<T>& table, std::size_t rows) {
  rows += rows / 16;
  table.user.reserve(rows);
  table.item.reserve(rows);
  table.value.reserve(rows);
  if (table.timed()) table.time.reserve(rows);
  if (table.weighted()) table.weight.reserve(rows);
}

template <real T, class UserKey, class ItemKey>
[[nodiscard]] rating_file<T, UserKey, ItemKey> read_ratings(line_reader& lines, rating_format const& format) {
  row_reader rows(lines, format.text());
  bool const valued = format.value.stated();
  bool const timed = format.time.stated();
  bool const weighted = format.weight.stated();
  std::size_t const user_at = rows.position_of(format.user, "user");
  std::size_t const item_at = rows.position_of(format.item, "item");
  std::size_t const value_at = valued ? rows.position_of(format.value, "value") : 0;
  std::size_t const time_at = timed ? rows.position_of(format.time, "time") : 0;
  std::size_t const weight_at = weighted ? rows.position_of(format.weight, "weight") : 0;

  rating_file<T, UserKey, ItemKey> data;
  while (rows.next()) {
    auto const fields = rows.fields();
    auto const good = [&](std::size_t at, char const* role, char const* problem) {
      if (problem != nullptr) rows.refuse(at, role, problem);
      return problem == nullptr;
    };
    UserKey user{};
    ItemKey item{};
    T value = 1;
    T weight = 1;
    std::int64_t time = 0;
    if (!good(user_at, "user", parse_key(fields[user_at], user))) continue;
    if (!good(item_at, "item", parse_key(fields[item_at], item))) continue;
    if (valued && !good(value_at, "value", parse_number(fields[value_at], value))) continue;
    if (timed && !good(time_at, "time", parse_time(fields[time_at], time))) continue;
    if (weighted && !good(weight_at, "weight", parse_weight(fields[weight_at], weight))) continue;
    data.table.add(data.users.add(user), data.items.add(item), value);
    if (timed) data.table.time.push_back(time);
    if (weighted) data.table.weight.push_back(weight);
    rows.accept();
    if (data.table.size() == 4096) reserve(data.table, static_cast<std::size_t>(rows.expected_lines()));
  }
  data.report = rows.finish();
  sort_ids(data.users, data.table.user);
  sort_ids(data.items, data.table.item);
  return data;
}

}  // namespace detail

// Reads a file of ratings.
//
//   auto const data = kindred::read_ratings<float>("ml-100k/u.data", kindred::movielens_100k);
//   auto const seen = kindred::ratings<float>::from(data.table, kindred::on_duplicate::last);
//
// Keys are text, or 64-bit integers: read_ratings<float, std::int64_t>. Ids go by key (see dictionary::sort), so that the
// order of the rows changes nothing but the order within the table. The file passes through a small buffer: memory is what
// the result needs. Throws error: io when the file cannot be read; format, with line and column, for what is in it; setting
// when the format asks for a column that no file can have. Nothing is half read. O(size of the file).
template <real T, class UserKey = std::string_view, class ItemKey = UserKey>
[[nodiscard]] rating_file<T, UserKey, ItemKey> read_ratings(std::string const& path, rating_format const& format) {
  auto lines = detail::line_reader::of_file(path);
  return detail::read_ratings<T, UserKey, ItemKey>(lines, format);
}

// The same from memory; `name` is what errors call the text.
template <real T, class UserKey = std::string_view, class ItemKey = UserKey>
[[nodiscard]] rating_file<T, UserKey, ItemKey> read_ratings_text(std::string_view text, rating_format const& format,
                                                                 std::string_view name = "text") {
  auto lines = detail::line_reader::of_text(text, name);
  return detail::read_ratings<T, UserKey, ItemKey>(lines, format);
}

KINDRED_END
