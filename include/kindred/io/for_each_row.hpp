// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/io/line_reader.hpp>
#include <kindred/io/row_reader.hpp>
#include <kindred/io/text_format.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

KINDRED_BEGIN

namespace detail {

template <class Visit, std::size_t... K>
[[nodiscard]] consteval bool takes_texts(std::index_sequence<K...>) {
  return std::invocable<Visit&, decltype((K, std::string_view{}))...>;
}

template <class Visit, std::size_t Count, std::size_t... K>
[[nodiscard]] read_report for_columns(line_reader& lines, text_format const& format, column const (&columns)[Count],
                                      Visit& visit, std::index_sequence<K...>) {
  row_reader rows(lines, format);
  std::size_t const at[] = {rows.position_of(columns[K], "wanted field")...};
  while (rows.next()) {
    auto const fields = rows.fields();
    visit(fields[at[K]]...);
    rows.accept();
  }
  return rows.finish();
}

template <class Visit>
[[nodiscard]] read_report for_all_columns(line_reader& lines, text_format const& format, Visit& visit) {
  row_reader rows(lines, format);
  while (rows.next()) {
    visit(rows.fields());
    rows.accept();
  }
  return rows.finish();
}

}  // namespace detail

// What takes the fields of some columns, or of all: called once a row with texts that are valid during the call.
template <class Visit, std::size_t Count>
concept column_visitor = detail::takes_texts<Visit>(std::make_index_sequence<Count>{});
template <class Visit>
concept row_visitor = std::invocable<Visit&, std::span<std::string_view const>>;

// Shows the rows of a text file to `visit`, some columns of each: the titles of a catalog, the edges of a graph.
//
//   kindred::for_each_row("u.item", {.separator = "|", .quotes = false}, {1, 2},
//                         [&](std::string_view id, std::string_view title) { ... });
//   kindred::for_each_row("movies.csv", {.header = true}, {"movieId", "title"}, ...);
//
// Bytes are handed on as they are; converting Latin-1 is for who knows that it is Latin-1. Throws error: io when the file
// cannot be read; format, with the line, for what is in it; setting for a column that no file can have.
template <std::size_t Count, column_visitor<Count> Visit>
read_report for_each_row(std::string const& path, text_format const& format, column const (&columns)[Count],
                         Visit&& visit) {
  auto lines = detail::line_reader::of_file(path);
  return detail::for_columns(lines, format, columns, visit, std::make_index_sequence<Count>{});
}

// Shows whole rows, as std::span<std::string_view const>. Without a header they may differ in length: lists of baskets.
template <row_visitor Visit>
read_report for_each_row(std::string const& path, text_format const& format, Visit&& visit) {
  auto lines = detail::line_reader::of_file(path);
  return detail::for_all_columns(lines, format, visit);
}

// The same from memory; `name` is what errors call the text.
template <std::size_t Count, column_visitor<Count> Visit>
read_report for_each_row_text(std::string_view text, text_format const& format, column const (&columns)[Count],
                              Visit&& visit, std::string_view name = "text") {
  auto lines = detail::line_reader::of_text(text, name);
  return detail::for_columns(lines, format, columns, visit, std::make_index_sequence<Count>{});
}
template <row_visitor Visit>
read_report for_each_row_text(std::string_view text, text_format const& format, Visit&& visit,
                              std::string_view name = "text") {
  auto lines = detail::line_reader::of_text(text, name);
  return detail::for_all_columns(lines, format, visit);
}

KINDRED_END
