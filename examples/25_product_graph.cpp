// SPDX-License-Identifier: BSL-1.0

// A graph says which brand makes what, and who is whose friend. Products are recommended along its paths, each with its reasons.

#include <kindred/compose/candidates.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/graph/graph_paths.hpp>
#include <kindred/io/read_triples.hpp>
#include <kindred/io/reason_text.hpp>

#include <array>
#include <iostream>
#include <span>
#include <string_view>
#include <vector>

using kindred::item_id;
using kindred::user_id;

int main() {
  // [read]
  kindred::graph_names names;
  auto const facts = kindred::read_triples_text(
      "ann,knows,bob\n"
      "kettle,brand,Acme\n"
      "toaster,brand,Acme\n"
      "teapot,brand,Fern\n"
      "ann,likes,Acme\n"
      "teapot,goes with,kettle\n",
      names, {.separator = ","});

  // Users and items are numbered as in the ratings; most are nodes of the graph already.
  std::array<std::string_view, 4> const products{"kettle", "toaster", "teapot", "mug"};
  std::array<std::string_view, 2> const people{"ann", "bob"};
  auto const node_of = [&](std::string_view name) {
    auto const node = names.nodes.find(name);
    return node ? to_index(*node) : kindred::index_limit;  // the mug: nothing is known of it
  };
  std::vector<kindred::index_t> items, users;
  for (auto const name : products) items.push_back(node_of(name));
  for (auto const name : people) users.push_back(node_of(name));
  kindred::relation_id const bought = names.relations.add("bought");
  // [/read]

  // [fit]
  kindred::rating_table<float> sales;
  sales.add(user_id{0}, item_id{0}, 1);  // ann, kettle
  sales.add(user_id{1}, item_id{1}, 1);  // bob, toaster and mug
  sales.add(user_id{1}, item_id{3}, 1);
  auto const data = kindred::ratings<float>::from(sales);
  kindred::graph_paths<> const how{.about = kindred::knowledge_graph::from(facts),
                                   .links = kindred::entity_links(names.nodes.size(), users, items),
                                   .interacts = bought,
                                   .paths = {{kindred::parse_path("likes / ^brand", names.relations), 1},
                                             {kindred::parse_path("knows / bought", names.relations), 1},
                                             {kindred::parse_path("bought / ^goes with", names.relations), 1}}};
  auto const shop = kindred::fit(how, data).model;
  // [/fit]

  // [recommend]
  std::array<std::string_view, 3> const sentence{"{0} likes {1}, which makes the {2}",
                                                 "{1}, a friend of {0}, bought the {2}",
                                                 "the {2} goes with the {1} that {0} bought"};
  auto const name_of = [&](kindred::index_t node) {
    auto const item = shop.links().item_at(node);
    return item < products.size() ? products[item] : names.nodes.key(kindred::node_id{node});
  };
  std::array<kindred::scored_item<float>, 3> best;
  std::size_t const count = kindred::top_n(shop, user_id{0}, kindred::unseen(data, user_id{0}), best);
  for (auto const& [item, score] : std::span(best).first(count)) {
    std::cout << products[to_index(item)] << ", " << score << "\n";
    for (auto const& r : shop.reasons(user_id{0}, item, 3).strongest)
      std::cout << "  " << r.share << ": " << kindred::reason_text(r, sentence[r.kind], name_of) << "\n";
  }
  // [/recommend]
}
