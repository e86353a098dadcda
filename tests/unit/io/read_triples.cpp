// SPDX-License-Identifier: BSL-1.0
#include <kindred/io/read_triples.hpp>

#include "error_of.hpp"

#include <kindred/core/error.hpp>

#include <doctest/doctest.h>

#include <string_view>

using kindred::item_id;
using kindred::node_id;
using kindred::relation_id;

TEST_CASE("read_triples: three columns, names shared between files") {
  kindred::graph_names names;
  auto const train = kindred::read_triples_text("ann\tlikes\ttea\r\nbob\tlikes\ttea\n\nann\tknows\tbob\n", names);
  REQUIRE(train.size() == 3);
  CHECK(names.nodes.size() == 3);
  CHECK(names.relations.size() == 2);
  CHECK(train[1] ==
        kindred::triple{*names.nodes.find("bob"), *names.relations.find("likes"), *names.nodes.find("tea")});
  auto const test = kindred::read_triples_text("bob\tknows\tann\n", names);
  CHECK(test[0] == kindred::triple{train[2].tail, train[2].relation, train[2].head});
  CHECK(names.nodes.size() == 3);
}

TEST_CASE("read_triples: RecBole's files; weights and times") {
  kindred::graph_names names;
  auto const facts = kindred::read_triples_text(
      "head_id:token\trelation_id:token\ttail_id:token\nm.1\tfilm.actor\tm.2\n", names, kindred::recbole_kg);
  CHECK(facts.size() == 1);
  CHECK(names.nodes.key(facts[0].tail) == "m.2");

  auto const timed =
      kindred::read_triples_text("a,b,c,0.5,1970-01-02", names, {.separator = ",", .weight = 4, .time = 5});
  CHECK(timed[0].weight == 0.5f);
  CHECK(timed[0].time == 86400);

  kindred::dictionary<item_id> items;
  static_cast<void>(items.add("7"));
  static_cast<void>(items.add("8"));
  auto const links =
      kindred::read_links_text("item_id:token\tentity_id:token\n8\tm.1\n9\tm.2\n7\tm.404\n", items, names.nodes);
  CHECK(links == std::vector<kindred::index_t>{kindred::index_limit, to_index(*names.nodes.find("m.1"))});
}

TEST_CASE("read_triples: says what is wrong, by line and column") {
  auto const says = [](std::string_view text, kindred::triple_format const& format, std::string_view part) {
    kindred::graph_names names;
    auto const e = error_of([&] { static_cast<void>(kindred::read_triples_text(text, names, format)); });
    CAPTURE(e.what());
    CHECK(e.kind() == kindred::error_kind::format);
    CHECK(std::string_view(e.what()).find(part) != std::string_view::npos);
  };
  says("a\tb\tc\na\tb\n", {}, "text:2: the row has 2 columns; at least 3 are needed");
  says("a\t\tc\n", {}, "text:1: column 2 (relation): the field is empty");
  says("a\tb\tc\t-1\n", {.weight = 4}, "text:1: column 4 (weight): '-1' is not a positive number");
  says("a\tb\tc\tx\n", {.time = 4}, "text:1: column 4 (time): 'x'");
  says("", {}, "the file is empty");
  says("head\tx\n", kindred::recbole_kg, "the header has no column 'head_id:token'");
}
