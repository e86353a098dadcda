// SPDX-License-Identifier: BSL-1.0

// What a step along a graph is worth is our own here: what is recent counts more. A new fact counts as soon as it is known.

#include <kindred/compose/candidates.hpp>
#include <kindred/compose/top_n.hpp>
#include <kindred/graph/graph_paths.hpp>
#include <kindred/io/read_triples.hpp>

#include <array>
#include <cmath>
#include <cstdint>
#include <iostream>
#include <span>
#include <string_view>
#include <vector>

using kindred::item_id;
using kindred::user_id;

// [own_step]
// A step of our own: a random walker's, but half as likely for every ten days that a fact is old.
struct recent_steps {
  std::int64_t today;

  double operator()(kindred::walked_fact const& f, std::size_t depth) const noexcept {
    double const chance = kindred::random_steps{}(f, depth);
    return f.time == kindred::no_time ? chance : chance * std::exp2(static_cast<double>(f.time - today) / 10);
  }
};
// [/own_step]

int main() {
  kindred::graph_names names;
  auto const facts = kindred::read_triples_text("ann,knows,bob\nteapot,brand,Fern\n", names, {.separator = ","});
  std::array<std::string_view, 3> const products{"toaster", "mug", "teapot"};
  auto const node_of = [&](std::string_view name) {
    auto const node = names.nodes.find(name);
    return node ? to_index(*node) : kindred::index_limit;  // toaster and mug: nothing is known of them
  };
  std::vector<kindred::index_t> const users{node_of("ann"), node_of("bob")};
  std::vector<kindred::index_t> items;
  for (auto const name : products) items.push_back(node_of(name));
  kindred::relation_id const bought = names.relations.add("bought"), likes = names.relations.add("likes");

  kindred::rating_table<float> sales;
  sales.add(user_id{1}, item_id{0}, 1);  // bob: the toaster yesterday, the mug forty days ago
  sales.add(user_id{1}, item_id{1}, 1);
  sales.time = {99, 60};
  auto const data = kindred::ratings<float>::from(sales, kindred::on_duplicate::error, {.users = 2, .items = 3});
  kindred::graph_paths<recent_steps> const how{
      .about = kindred::knowledge_graph::from(facts, {.relations = to_index(likes) + 1}),
      .links = kindred::entity_links(names.nodes.size(), users, items),
      .interacts = bought,
      .paths = {{kindred::parse_path("knows / bought", names.relations), 1},
                {kindred::parse_path("likes / ^brand", names.relations), 1}},
      .steps = {.today = 100}};
  auto shop = kindred::fit(how, data).model;

  auto const recommend = [&] {
    std::array<kindred::scored_item<float>, 3> best;
    std::size_t const count = kindred::top_n(shop, user_id{0}, kindred::unseen(data, user_id{0}), best);
    for (auto const& [item, score] : std::span(best).first(count))
      std::cout << products[to_index(item)] << ", " << score << '\n';
  };
  recommend();

  // [update]
  shop.add({*names.nodes.find("ann"), likes, *names.nodes.find("Fern")});
  std::cout << "now that ann likes Fern:\n";
  recommend();
  // [/update]
}
