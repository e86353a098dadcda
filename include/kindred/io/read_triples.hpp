// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/id.hpp>
#include <kindred/data/dictionary.hpp>
#include <kindred/graph/triple.hpp>
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

// The names behind the numbers of a graph. Several files may share them: training, validation and test facts of one graph.
struct graph_names {
  dictionary<node_id> nodes;
  dictionary<relation_id> relations;
};

// How a text file holds facts; columns as in rating_format. Without columns of weight and time all weights are 1, and no time is
// known.
struct triple_format {
  std::string_view separator = "\t";
  bool header = false;
  bool quotes = false;
  column head = 1;
  column relation = 2;
  column tail = 3;
  column weight = {};
  column time = {};
  bad_row on_bad_row = bad_row::stop;

  [[nodiscard]] constexpr text_format text() const noexcept { return {separator, header, quotes, on_bad_row}; }
};

// RecBole's atomic files of facts, *.kg: a header that names and types the columns.
inline constexpr triple_format recbole_kg{
    .header = true, .head = "head_id:token", .relation = "relation_id:token", .tail = "tail_id:token"};

namespace detail {

[[nodiscard]] inline std::vector<triple> read_triples(line_reader& lines, triple_format const& format,
                                                      graph_names& names, read_report* report) {
  row_reader rows(lines, format.text());
  std::size_t const head_at = rows.position_of(format.head, "head");
  std::size_t const relation_at = rows.position_of(format.relation, "relation");
  std::size_t const tail_at = rows.position_of(format.tail, "tail");
  std::size_t const weight_at = format.weight.stated() ? rows.position_of(format.weight, "weight") : 0;
  std::size_t const time_at = format.time.stated() ? rows.position_of(format.time, "time") : 0;
  std::vector<triple> facts;
  while (rows.next()) {
    auto const fields = rows.fields();
    auto const good = [&](std::size_t at, char const* role, char const* problem) {
      if (problem != nullptr) rows.refuse(at, role, problem);
      return problem == nullptr;
    };
    auto const named = [&](std::size_t at, char const* role) {
      return good(at, role, fields[at].empty() ? "is empty" : nullptr);
    };
    if (!named(head_at, "head") || !named(relation_at, "relation") || !named(tail_at, "tail")) continue;
    triple fact{};
    if (format.weight.stated()) {
      char const* problem = parse_number(fields[weight_at], fact.weight);
      if (problem == nullptr && fact.weight <= 0) problem = "is not a positive number";
      if (!good(weight_at, "weight", problem)) continue;
    }
    if (format.time.stated() && !good(time_at, "time", parse_time(fields[time_at], fact.time))) continue;
    fact.head = names.nodes.add(fields[head_at]);
    fact.relation = names.relations.add(fields[relation_at]);
    fact.tail = names.nodes.add(fields[tail_at]);
    facts.push_back(fact);
    rows.accept();
  }
  read_report const& done = rows.finish();
  if (report != nullptr) *report = done;
  return facts;
}

// Keys in two columns: what an item is called in ratings, and which node it is.
[[nodiscard]] inline std::vector<index_t> read_links(line_reader& lines, dictionary<item_id> const& items,
                                                     dictionary<node_id> const& nodes, triple_format const& format) {
  row_reader rows(lines, format.text());
  std::size_t const item_at = rows.position_of(format.head, "item");
  std::size_t const node_at = rows.position_of(format.tail, "node");
  std::vector<index_t> node_of(items.size(), index_limit);
  while (rows.next()) {
    auto const item = items.find(rows.fields()[item_at]);
    auto const node = nodes.find(rows.fields()[node_at]);
    if (item && node) node_of[to_index(*item)] = to_index(*node);
    rows.accept();
  }
  static_cast<void>(rows.finish());
  return node_of;
}

}  // namespace detail

// Reads facts, and adds their names to `names`; ids go by first appearance.
//
//   kindred::graph_names names;
//   auto const train = kindred::read_triples("train.txt", names);
//   auto const movies = kindred::read_triples("movie.kg", names, kindred::recbole_kg);
//
// Throws error: io when the file cannot be read; format, with line and column, for what is in it; setting when the format asks
// for a column that no file can have. O(size of the file).
[[nodiscard]] inline std::vector<triple> read_triples(std::string const& path, graph_names& names,
                                                      triple_format const& format = {}, read_report* report = nullptr) {
  auto lines = detail::line_reader::of_file(path);
  return detail::read_triples(lines, format, names, report);
}

// The same from memory; `name` is what errors call the text.
[[nodiscard]] inline std::vector<triple> read_triples_text(std::string_view text, graph_names& names,
                                                           triple_format const& format = {},
                                                           std::string_view name = "text") {
  auto lines = detail::line_reader::of_text(text, name);
  return detail::read_triples(lines, format, names, nullptr);
}

// Reads which node every item is, from RecBole's *.link files: for entity_links, by item, index_limit where the file has none.
// Items and nodes that the dictionaries do not have are passed over.
[[nodiscard]] inline std::vector<index_t> read_links(std::string const& path, dictionary<item_id> const& items,
                                                     dictionary<node_id> const& nodes) {
  auto lines = detail::line_reader::of_file(path);
  return detail::read_links(lines, items, nodes, {.header = true, .head = "item_id:token", .tail = "entity_id:token"});
}
[[nodiscard]] inline std::vector<index_t> read_links_text(std::string_view text, dictionary<item_id> const& items,
                                                          dictionary<node_id> const& nodes,
                                                          std::string_view name = "text") {
  auto lines = detail::line_reader::of_text(text, name);
  return detail::read_links(lines, items, nodes, {.header = true, .head = "item_id:token", .tail = "entity_id:token"});
}

KINDRED_END
